import { z } from 'zod';
import { barrierRuleSchema } from '../../core/sync/barrier-rule.js';
import { deadlineSchema, memberFilterSchema, MEMBERS_MAX } from '../../core/sync/sync-point.js';
import { syncScopeSchema } from '../../core/sync/sync-scope.js';
import { labelsSchema } from '../../core/terms/language.js';
import { ACCOUNT_ROLES } from '../../core/terms/role.js';
import { nutsCodeSchema, schemeIdSchema, stageSchema } from './ids.js';
import { dateSchema, noteSchema } from './texts.js';

const REGIONS_CHANGED_MAX = 500;

const reasonSchema = noteSchema.min(1);

/** A sync point that is to be placed. */
export const syncPointOrderSchema = z
  .strictObject({
    scheme: schemeIdSchema,
    id: z
      .string()
      .max(60)
      .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/),
    labels: labelsSchema,
    scope: syncScopeSchema.optional().meta({ description: 'Absent: the scheme itself' }),
    milestone: z
      .string()
      .max(100)
      .regex(/^[a-z]+(-[a-z]+)*$/)
      .optional(),
    stage: stageSchema
      .optional()
      .meta({ description: 'Instead of a milestone: with its entry a member arrives' }),
    members: z
      .union([z.array(nutsCodeSchema).min(1).max(MEMBERS_MAX), memberFilterSchema])
      .optional()
      .meta({ description: 'Absent: every region of the scheme, of the activity or of the call' }),
    rule: barrierRuleSchema,
    deadline: deadlineSchema.extend({ on: dateSchema.nullable() }).default({ on: null, policy: 'hold' }),
    lateJoiner: z.enum(['add', 'refuse']).default('add'),
    leaver: z.enum(['shrink', 'hold']).default('shrink'),
    tells: z
      .array(z.enum(ACCOUNT_ROLES))
      .default(['coordinator', 'authority'])
      .meta({ description: 'Who is told of the release; empty: nobody' }),
  })
  .superRefine(({ milestone, stage, members, deadline, leaver }, context) => {
    const report = (path: string[], code: string, message: string) =>
      context.addIssue({ code: 'custom', path, params: { code }, message });
    if ((milestone === undefined) === (stage === undefined)) {
      report(['milestone'], 'sync-point.milestone-or-stage', 'either a milestone or a stage');
    }
    if (Array.isArray(members) && new Set(members).size !== members.length) {
      report(['members'], 'sync-point.member-twice', 'a region is a member twice');
    }
    if (deadline.policy === 'drop-late' && leaver === 'hold') {
      report(['leaver'], 'sync-point.policies-conflict', 'who is dropped for being late is not waited for');
    }
  })
  .meta({ id: 'SyncPointOrder' });

export const syncPointReasonSchema = z.strictObject({ reason: reasonSchema }).meta({ id: 'SyncPointReason' });

export const syncPointDeadlineSchema = z
  .strictObject({ on: dateSchema.nullable() })
  .meta({ id: 'SyncPointDeadline' });

export const syncPointMembersSchema = z
  .strictObject({
    add: z.array(nutsCodeSchema).max(REGIONS_CHANGED_MAX).default([]),
    remove: z.array(nutsCodeSchema).max(REGIONS_CHANGED_MAX).default([]),
    reason: reasonSchema,
  })
  .superRefine(({ add, remove }, context) => {
    const named = [...add, ...remove];
    if (named.length > 0 && new Set(named).size === named.length) return;
    context.addIssue({
      code: 'custom',
      path: ['add'],
      params: { code: 'sync-point.member-twice' },
      message: 'at least one region, and each once',
    });
  })
  .meta({ id: 'SyncPointMembers' });
