import { z } from 'zod';

/** The key of an activity or a call within its scheme. */
export const scopeKeySchema = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/);

/** Whose sync point it is: that of the scheme as a whole, or of one activity or call, and then only its regions wait. */
export const syncScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scheme') }),
  z.strictObject({ kind: z.literal('activity'), key: scopeKeySchema }),
  z.strictObject({ kind: z.literal('call'), key: scopeKeySchema }),
]);

export type SyncScope = Readonly<z.infer<typeof syncScopeSchema>>;

/** One activity or one call. */
export type JointScope = Exclude<SyncScope, { readonly kind: 'scheme' }>;

/** With what a region arrives at the sync points of an activity or a call, besides the milestones of its own cycle. */
export const SCOPE_MILESTONES: Readonly<Record<JointScope['kind'], readonly string[]>> = {
  activity: ['activity-confirmed'],
  call: ['package-ready', 'call-opened', 'evaluation-finished', 'decision-made'],
};
