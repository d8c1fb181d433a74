import { z } from 'zod';
import { labelsSchema } from './language.js';
import { ACCOUNT_ROLES } from './role.js';

/**
 * A value that a notice may name: plain text or a number, a label in every language, a date, or a list of
 * these. Rendered in the reader's language when the notice is written, never when the effect is recorded.
 */
const noticeParamSchema = z.union([
  z.string(),
  z.number(),
  labelsSchema,
  z.strictObject({ date: z.iso.date() }),
  z.array(z.union([z.string(), z.number(), labelsSchema, z.strictObject({ date: z.iso.date() })])),
]);

export type NoticeParam = z.infer<typeof noticeParamSchema>;

/** Tell every account of these roles: those of the region where it is given, and those of the whole scheme. */
const notifySchema = z.strictObject({
  type: z.literal('notify'),
  scheme: z.string(),
  /** NUTS code; null when the notice is not about one region (authorities of every region are told). */
  region: z.string().nullable(),
  cycleId: z.uuid().nullable(),
  audience: z.array(z.enum(ACCOUNT_ROLES)).min(1),
  template: z.string(),
  params: z.record(z.string(), noticeParamSchema),
});

/** Send the mail of one notice that stands in the inbox. */
const deliverMailSchema = z.strictObject({ type: z.literal('deliver-mail'), noticeId: z.uuid() });

/** A region has reached a milestone: tell every sync point that waits for it. */
const syncMilestoneSchema = z.strictObject({
  type: z.literal('sync-milestone'),
  scheme: z.string(),
  region: z.string(),
  cycleId: z.uuid(),
  milestone: z.string(),
  reachedAt: z.iso.datetime(),
});

/** A region has left the scheme: every sync point that counts on it is judged again without it. */
const syncLeaveSchema = z.strictObject({
  type: z.literal('sync-leave'),
  scheme: z.string(),
  region: z.string(),
  /** Absent in what was recorded by the first version of the program. */
  cycleId: z.uuid().optional(),
});

/** A task has fallen due. */
const remindSchema = z.strictObject({ type: z.literal('remind'), taskId: z.uuid() });

/** A morning has come: the rules that must stand in the cycle's stage are judged again. */
const standingCheckSchema = z.strictObject({ type: z.literal('standing-check'), cycleId: z.uuid() });

/** The last day of a waiver has passed. */
const waiverEndSchema = z.strictObject({ type: z.literal('waiver-end'), waiverId: z.uuid() });
/** The last day of a rulebook that was published in an emergency has passed. */
const expireRulebookSchema = z.strictObject({
  type: z.literal('expire-rulebook'),
  rulebook: z.string(),
  version: z.int().positive(),
});

/** What must follow a decision: recorded in its transaction, carried by the outbox, applied once by a job. */
export const effectPayloadSchema = z.discriminatedUnion('type', [
  notifySchema,
  deliverMailSchema,
  syncMilestoneSchema,
  syncLeaveSchema,
  remindSchema,
  standingCheckSchema,
  waiverEndSchema,
  expireRulebookSchema,
]);

export type EffectPayload = z.infer<typeof effectPayloadSchema>;
export type EffectType = EffectPayload['type'];
export type NotifyEffect = z.infer<typeof notifySchema>;
export type SyncMilestoneEffect = z.infer<typeof syncMilestoneSchema>;
export type SyncLeaveEffect = z.infer<typeof syncLeaveSchema>;
export type ExpireRulebookEffect = z.infer<typeof expireRulebookSchema>;

/** An effect on its way: the id is the job id and the receipt's key, so that it is applied once. */
export interface Effect {
  readonly id: string;
  readonly payload: EffectPayload;
}
