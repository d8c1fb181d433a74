import { z } from 'zod';
import { labelsSchema } from '../terms/language.js';
import { ACCOUNT_ROLES } from '../terms/role.js';

/** How many regions may be members of one sync point. */
const MEMBERS_MAX = 500;

/** NUTS code of a member region: country and one to three further characters (Regulation (EC) 1059/2003). */
export const nutsSchema = z.string().regex(/^[A-Z]{2}[A-Z0-9]{1,3}$/);

/** When enough have arrived. Open to further kinds (quorum per group, critical mass), hence the `kind`. */
export const barrierRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('k-of-n'), k: z.int().positive() }),
]);

/** What the release of a sync point causes. Without an audience the roles of the whole scheme and its regions. */
const releaseSchema = z.strictObject({
  effect: z.literal('notify'),
  template: z.string().min(1),
  audience: z.array(z.enum(ACCOUNT_ROLES)).min(1).default(['coordinator', 'authority']),
});

/**
 * A place where regions wait for each other, as a scheme writes it down. Nobody stands still in a stage because
 * of it: what waits is what its release causes.
 */
export const syncPointSchema = z
  .strictObject({
    id: z.string().regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/),
    labels: labelsSchema,
    /** The milestone of the workflow with which a member arrives. */
    milestone: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    members: z.array(nutsSchema).min(1).max(MEMBERS_MAX),
    rule: barrierRuleSchema,
    deadline: z.strictObject({
      /** The last day, in the zone of the scheme; null: none, and the policy waits for a day to be set. */
      on: z.iso.date().nullable(),
      /** After it: `hold` goes on waiting, `release` goes on without the missing, `escalate` tells the coordinator. */
      policy: z.enum(['hold', 'release', 'escalate']),
    }),
    /** Whether a region that joins the scheme before the release becomes a member. */
    lateJoiner: z.enum(['add', 'refuse']),
    /** Whether a member that leaves the scheme leaves the count (`shrink`) or is waited for (`hold`). */
    leaver: z.enum(['shrink', 'hold']),
    releases: z.array(releaseSchema),
    source: z.string().min(1),
  })
  .superRefine(({ members, rule }, context) => {
    members.forEach((member, index) => {
      if (members.indexOf(member) === index) return;
      context.addIssue({
        code: 'custom',
        path: ['members', index],
        params: { code: 'sync-point.member-twice' },
        message: `${member} is a member twice`,
      });
    });
    if (rule.kind === 'k-of-n' && members.length > 0 && rule.k > new Set(members).size) {
      context.addIssue({
        code: 'custom',
        path: ['rule', 'k'],
        params: { code: 'sync-point.quorum-too-high' },
        message: `${rule.k} of ${new Set(members).size} members can never arrive`,
      });
    }
  });

export type BarrierRule = Readonly<z.infer<typeof barrierRuleSchema>>;
export type SyncPointDefinition = Readonly<z.infer<typeof syncPointSchema>>;
export type LeaverPolicy = SyncPointDefinition['leaver'];
