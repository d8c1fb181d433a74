import { z } from 'zod';
import { barrierRuleSchema } from '../../core/sync/barrier-rule.js';
import { deadlineSchema } from '../../core/sync/sync-point.js';
import { syncScopeSchema } from '../../core/sync/sync-scope.js';
import { ACCOUNT_ROLES, STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { schemeIdSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dayAnswerSchema, instantAnswerSchema } from './texts.js';

export const syncPointQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  scope: z.enum(['scheme', 'activity', 'call']).optional(),
  key: z.string().max(40).optional().meta({ description: 'Of the activity or the call' }),
});

export const syncPointOfSchemeQuerySchema = z.strictObject({ scheme: schemeIdSchema.optional() });

const awaitedFactSchema = z.strictObject({
  fact: z.string(),
  label: z.string(),
  owner: z.enum(STAKEHOLDER_ROLES).meta({ description: 'Who fills it' }),
  reason: z.enum(['missing', 'stale', 'imprecise']),
  task: z
    .strictObject({
      id: z.string(),
      owner: z.enum(STAKEHOLDER_ROLES),
      assignee: z.string().nullable(),
      openedAt: instantAnswerSchema,
      dueOn: dayAnswerSchema.nullable(),
    })
    .nullable()
    .meta({ description: 'The open task that provides it; null: nobody has been asked yet' }),
});

const whySchema = z
  .strictObject({
    kind: z.enum(['fact', 'gate', 'deed', 'predicate', 'resting', 'left', 'no-cycle']),
    gate: z
      .strictObject({
        id: z.string(),
        to: z.string(),
        verdict: z.enum(['pass', 'conditional', 'waived', 'fail', 'unknown']),
        failing: z.array(z.strictObject({ rule: z.string(), label: z.string() })),
      })
      .nullable(),
    facts: z.array(awaitedFactSchema),
    since: instantAnswerSchema,
  })
  .meta({ id: 'SyncMemberWhy' });

export const syncPointSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    scope: syncScopeSchema,
    template: z.string().nullable(),
    label: z.string(),
    milestone: z.string().meta({ description: 'With it a member arrives' }),
    rule: barrierRuleSchema,
    deadline: deadlineSchema.extend({
      on: dayAnswerSchema.nullable(),
      at: instantAnswerSchema.nullable().meta({ description: 'When the last day is over' }),
      passedAt: instantAnswerSchema.nullable().meta({ description: 'When the policy was applied' }),
    }),
    lateJoiner: z.enum(['add', 'refuse']),
    leaver: z.enum(['shrink', 'hold']),
    tells: z.array(z.enum(ACCOUNT_ROLES)),
    placedAt: instantAnswerSchema.nullable(),
    members: z.array(
      z.strictObject({
        region: z.string(),
        state: z.enum(['waiting', 'arrived', 'resting', 'left']),
        since: instantAnswerSchema,
        left: z.enum(['withdrawn', 'dropped', 'stepped-out']).nullable(),
        toldAt: instantAnswerSchema.nullable().meta({ description: 'When the release was carried to it' }),
      }),
    ),
    status: z.enum(['open', 'released', 'cancelled']),
    reachable: z.boolean().meta({ description: 'Whether it can hold with the members that are left' }),
    unreachableSince: instantAnswerSchema.nullable(),
    needed: z.int().meta({ description: 'How many arrivals the rule asks for now, at least' }),
    asks: z
      .array(
        z.strictObject({
          kind: z.string(),
          has: z.int(),
          needs: z.int(),
          holds: z.boolean(),
        }),
      )
      .meta({ description: 'Each rule that the rule is put together from' }),
    arrived: z.array(z.string()),
    missing: z.array(
      z.strictObject({
        region: z.string(),
        reason: z.enum(['milestone-not-reached', 'resting', 'left', 'predicate']),
        cycle: z.string().nullable(),
        stage: z.string().nullable(),
        status: z.string().nullable(),
        why: whySchema
          .nullable()
          .meta({ description: 'Null: not asked for (in a list), or of another region' }),
      }),
    ),
    released: z.boolean(),
    releasedAt: instantAnswerSchema.nullable(),
    releasedWith: z
      .strictObject({
        arrived: z.array(z.string()),
        missing: z.array(z.string()).meta({ description: 'The gaps' }),
        by: z.enum(['rule', 'deadline', 'hand']),
        actor: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'What was true at the release' }),
    told: z
      .strictObject({ told: z.int(), of: z.int() })
      .nullable()
      .meta({ description: 'How far the release has been carried to the members' }),
    cancelled: z
      .strictObject({ at: instantAnswerSchema, by: z.string(), reason: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'SyncPoint' });

export const syncPointPageSchema = pageSchema('SyncPointPage', syncPointSchema);
