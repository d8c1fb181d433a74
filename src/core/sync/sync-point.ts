import { z } from 'zod';
import { DELAY_CALENDAR_DAYS_MAX, DELAY_WORKING_DAYS_MAX } from '../calendar/delay.js';
import { labelsSchema } from '../terms/language.js';
import { ACCOUNT_ROLES } from '../terms/role.js';
import { barrierRuleSchema, nutsSchema } from './barrier-rule.js';

/** How many regions may be members of one sync point. */
export const MEMBERS_MAX = 10_000;

/** What the release of a sync point causes. Without an audience the roles of the whole scheme and its regions. */
const releaseSchema = z.strictObject({
  effect: z.literal('notify'),
  template: z.string().min(1),
  audience: z.array(z.enum(ACCOUNT_ROLES)).min(1).default(['coordinator', 'authority']),
});

/**
 * After the last day: `hold` goes on waiting, `release` goes on without the missing, `escalate` tells the coordinator,
 * `drop-late` goes on waiting for nobody who is late: they leave, and those that are there are judged by themselves.
 */
export const DEADLINE_POLICIES = ['hold', 'release', 'escalate', 'drop-late'] as const;

export const deadlineSchema = z.strictObject({
  /** The last day; null: none is given. */
  on: z.iso.date().nullable(),
  /** Without a day: so many days after the sync point was placed. Absent too: none, the policy waits for a day to be set. */
  after: z
    .union([
      z.strictObject({ workingDays: z.int().positive().max(DELAY_WORKING_DAYS_MAX) }),
      z.strictObject({ calendarDays: z.int().positive().max(DELAY_CALENDAR_DAYS_MAX) }),
    ])
    .optional(),
  /** In whose calendar and zone: of a member region, or a calendar of this id. Absent: of the scheme's first region. */
  in: z
    .union([z.strictObject({ region: nutsSchema }), z.strictObject({ calendar: z.string().min(1) })])
    .optional(),
  policy: z.enum(DEADLINE_POLICIES),
});

/** What a sync point and the template of one have in common. */
const pointShape = {
  id: z
    .string()
    .max(60)
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/),
  labels: labelsSchema,
  /** The milestone with which a member arrives. */
  milestone: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  rule: barrierRuleSchema,
  deadline: deadlineSchema,
  /** Whether a region that joins before the release becomes a member. */
  lateJoiner: z.enum(['add', 'refuse']),
  /** Whether a member that leaves leaves the count (`shrink`) or is waited for (`hold`). */
  leaver: z.enum(['shrink', 'hold']),
  releases: z.array(releaseSchema),
  source: z.string().min(1),
};

/** The regions of the scheme that are of these countries and of these classes. */
export const memberFilterSchema = z
  .strictObject({
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .optional(),
    classes: z
      .array(z.enum(['advanced', 'convergence', 'less_advanced']))
      .min(1)
      .optional(),
  })
  .meta({ id: 'SyncMemberFilter' });

const membersSchema = z.array(nutsSchema).min(1).max(MEMBERS_MAX);

/**
 * A place where regions wait for each other, as a scheme writes it down. Nobody stands still in a stage because
 * of it: what waits is what its release causes.
 */
export const syncPointSchema = z
  .strictObject({ ...pointShape, members: z.union([membersSchema, memberFilterSchema]) })
  .superRefine((point, context) => {
    const report = (path: (string | number)[], code: string, message: string) =>
      context.addIssue({ code: 'custom', path, params: { code }, message });
    judgePolicies(point, report);
    if (!Array.isArray(point.members)) return;
    const distinct = new Set(point.members);
    const seen = new Set<string>();
    point.members.forEach((member, index) => {
      if (seen.has(member)) {
        report(['members', index], 'sync-point.member-twice', `${member} is a member twice`);
      }
      seen.add(member);
    });
    if (point.rule.kind === 'k-of-n' && distinct.size > 0 && point.rule.k > distinct.size) {
      const message = `${point.rule.k} of ${distinct.size} members can never arrive`;
      report(['rule', 'k'], 'sync-point.quorum-too-high', message);
    }
  });

/** A sync point that every activity or every call of a scheme gets, with its regions as members. */
export const syncPointTemplateSchema = z
  .strictObject({ ...pointShape, id: pointShape.id.max(19), scope: z.enum(['activity', 'call']) })
  .superRefine((template, context) =>
    judgePolicies(template, (path, code, message) =>
      context.addIssue({ code: 'custom', path, params: { code }, message }),
    ),
  );

/** Who is late and dropped can't be waited for. */
function judgePolicies(
  { deadline, leaver }: { readonly deadline: { readonly policy: string }; readonly leaver: string },
  report: (path: (string | number)[], code: string, message: string) => void,
): void {
  if (deadline.policy !== 'drop-late' || leaver !== 'hold') return;
  report(['leaver'], 'sync-point.policies-conflict', 'who is dropped for being late is not waited for');
}

export type SyncPointInFile = Readonly<z.infer<typeof syncPointSchema>>;
/** A sync point whose members are known by name. */
export type SyncPointDefinition = Omit<SyncPointInFile, 'members'> & { readonly members: readonly string[] };
export type SyncPointTemplate = Readonly<z.infer<typeof syncPointTemplateSchema>>;
export type SyncDeadline = SyncPointDefinition['deadline'];
export type DeadlinePolicy = SyncDeadline['policy'];
export type LeaverPolicy = SyncPointDefinition['leaver'];
export type MemberFilter = Readonly<z.infer<typeof memberFilterSchema>>;
