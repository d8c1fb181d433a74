import { z } from 'zod';
import { labelsSchema } from './language.js';
import { LADDER_AUDIENCES } from './ladder.js';
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

/**
 * Tell every account of these roles: those of the region where it is given, and those of the whole scheme. Tell
 * these people as well, by account id, whatever their role.
 */
const notifySchema = z.strictObject({
  type: z.literal('notify'),
  scheme: z.string(),
  /** NUTS code; null when the notice is not about one region (authorities of every region are told). */
  region: z.string().nullable(),
  cycleId: z.uuid().nullable(),
  audience: z.array(z.enum(ACCOUNT_ROLES)),
  /** Absent: nobody in person. */
  people: z.array(z.string()).optional(),
  template: z.string(),
  params: z.record(z.string(), noticeParamSchema),
});

/** Send the mail of one notice that stands in the inbox. */
const deliverMailSchema = z.strictObject({ type: z.literal('deliver-mail'), noticeId: z.uuid() });

/** One activity or one call, by its key within the scheme. */
const jointScopeSchema = z.strictObject({ kind: z.enum(['activity', 'call']), key: z.string() });

/** A region has reached a milestone: tell every sync point that waits for it. */
const syncMilestoneSchema = z.strictObject({
  type: z.literal('sync-milestone'),
  scheme: z.string(),
  region: z.string(),
  /** Absent where the region arrives by what it does in an activity or a call. */
  cycleId: z.uuid().optional(),
  milestone: z.string(),
  reachedAt: z.iso.datetime(),
  /** Absent: at every sync point of the region; else only at those of this activity or call. */
  scope: jointScopeSchema.optional(),
});

/** A region has left the scheme: every sync point that counts on it is judged again without it. */
const syncLeaveSchema = z.strictObject({
  type: z.literal('sync-leave'),
  scheme: z.string(),
  region: z.string(),
  /** Absent in what was recorded by the first version of the program. */
  cycleId: z.uuid().optional(),
});

/** A step of a task's ladder has come. What only names the task is the reminder of its due day to its owner. */
const remindSchema = z.strictObject({
  type: z.literal('remind'),
  taskId: z.uuid(),
  audience: z.array(z.enum(LADDER_AUDIENCES)).min(1).optional(),
  template: z.string().optional(),
  /** From the due day; absent: the due day itself. */
  workingDays: z.int().optional(),
  /** By which day it was set; absent: any. */
  dueOn: z.iso.date().optional(),
});

/** A region rests or goes on: every sync point that counts on it is judged again. */
const syncRestSchema = z.strictObject({
  type: z.literal('sync-rest'),
  scheme: z.string(),
  region: z.string(),
  cycleId: z.uuid(),
});

/** Facts of a region have changed about which sync points ask. */
const syncFactsSchema = z.strictObject({
  type: z.literal('sync-facts'),
  scheme: z.string(),
  region: z.string(),
  cycleId: z.uuid(),
});

/** The last day of a sync point has passed. */
const syncDeadlineSchema = z.strictObject({
  type: z.literal('sync-deadline'),
  scheme: z.string(),
  syncPoint: z.string(),
  /** The last day; where another has been set since, this one counts no more. */
  on: z.iso.date(),
});

/** A sync point has been released: tell these of its members. */
const syncFanOutSchema = z.strictObject({
  type: z.literal('sync-fan-out'),
  scheme: z.string(),
  syncPoint: z.string(),
  /** NUTS codes. */
  regions: z.array(z.string()).min(1),
});

/** A sync point of an activity or a call has been released; or regions were late for it and have been dropped. */
const scopeReleasedSchema = z.strictObject({
  type: z.literal('scope-released'),
  scheme: z.string(),
  scope: jointScopeSchema,
  syncPoint: z.string(),
  /** Id of the template that it was placed by; null: none. */
  template: z.string().nullable(),
  change: z.enum(['released', 'dropped', 'cancelled']),
  /** NUTS codes: of those that have arrived, or of those that were dropped. */
  regions: z.array(z.string()),
});

/** A morning has come: the rules that must stand in the cycle's stage are judged again. */
const standingCheckSchema = z.strictObject({ type: z.literal('standing-check'), cycleId: z.uuid() });

/** A timer of a stage is due. */
const stageTimerSchema = z.strictObject({
  type: z.literal('stage-timer'),
  cycleId: z.uuid(),
  /** The row of the timer, which says of which stage it is. */
  timerId: z.uuid(),
});

/** The last day of a waiver has passed. */
const waiverEndSchema = z.strictObject({ type: z.literal('waiver-end'), waiverId: z.uuid() });
/** The last day of a rulebook that was published in an emergency has passed. */
const expireRulebookSchema = z.strictObject({
  type: z.literal('expire-rulebook'),
  rulebook: z.string(),
  version: z.int().positive(),
});

/** An operation over many cycles or tasks goes on with its next items. */
const runOperationSchema = z.strictObject({
  type: z.literal('run-operation'),
  operationId: z.uuid(),
  /** From 1. */
  batch: z.int().positive(),
});

/** An instant of a call has come: it opens, it closes, or it waits for no late region any more. */
const callDateSchema = z.strictObject({
  type: z.literal('call-date'),
  cycleId: z.uuid(),
  kind: z.enum(['drop-late', 'open', 'close']),
  /** For which it was set; where another has been set since, this one counts no more. */
  at: z.iso.datetime(),
});

/** The doctor's next round is due. */
const doctorSchema = z.strictObject({ type: z.literal('doctor') });

/** What must follow a decision: recorded in its transaction, carried by the outbox, applied once by a job. */
export const effectPayloadSchema = z.discriminatedUnion('type', [
  notifySchema,
  deliverMailSchema,
  syncMilestoneSchema,
  syncLeaveSchema,
  syncRestSchema,
  syncFactsSchema,
  syncDeadlineSchema,
  syncFanOutSchema,
  scopeReleasedSchema,
  remindSchema,
  standingCheckSchema,
  stageTimerSchema,
  waiverEndSchema,
  expireRulebookSchema,
  runOperationSchema,
  callDateSchema,
  doctorSchema,
]);

export type EffectPayload = z.infer<typeof effectPayloadSchema>;
export type EffectType = EffectPayload['type'];
export type NotifyEffect = z.infer<typeof notifySchema>;
export type SyncMilestoneEffect = z.infer<typeof syncMilestoneSchema>;
export type SyncLeaveEffect = z.infer<typeof syncLeaveSchema>;
export type SyncRestEffect = z.infer<typeof syncRestSchema>;
export type SyncFactsEffect = z.infer<typeof syncFactsSchema>;
export type SyncDeadlineEffect = z.infer<typeof syncDeadlineSchema>;
export type SyncFanOutEffect = z.infer<typeof syncFanOutSchema>;
export type ScopeReleasedEffect = z.infer<typeof scopeReleasedSchema>;
export type RemindEffect = z.infer<typeof remindSchema>;
export type ExpireRulebookEffect = z.infer<typeof expireRulebookSchema>;
export type RunOperationEffect = z.infer<typeof runOperationSchema>;
export type CallDateEffect = z.infer<typeof callDateSchema>;

/** An effect on its way: the id is the job id and the receipt's key, so that it is applied once. */
export interface Effect {
  readonly id: string;
  readonly payload: EffectPayload;
}
