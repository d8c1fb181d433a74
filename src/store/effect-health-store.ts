import type { Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** Ids that are named of each group; the rest is counted. */
const NAMED_MAX = 20;

/** Effects that are alike in what is wrong with them. */
export interface EffectGroup {
  readonly type: string;
  readonly effects: number;
  /** When the oldest was recorded, by the scheme's clock. */
  readonly oldest: Instant;
  /** The first of them, at most 20. */
  readonly first: readonly string[];
  /** The cycle that all of them belong to; null: none, or several. */
  readonly cycleId: string | null;
}

/** Effects that were recorded before an instant and wait to be sent, by type. */
export async function listUnsentEffects(tx: Tx, recordedBefore: Instant): Promise<readonly EffectGroup[]> {
  return groups(
    await tx.execute<RawGroup[]>(
      `select o.type, ${GROUP_COLUMNS} from outbox o where o.sent_at is null and o.created_at < ?
       group by o.type order by o.type`,
      [recordedBefore],
    ),
  );
}

/**
 * When a sent effect counts as lost. Its sending is dated by the machine's clock, its recording by the scheme's. A
 * relay that lives sends it again every minute, so that only a dead relay leaves an old date of sending.
 */
export interface LostSince {
  /** Sent so long ago by the database's clock, in seconds; */
  readonly sentS: number;
  /** or sent so often, and recorded before these instants: */
  readonly sends: number;
  readonly recordedBefore: Instant;
  /** of a mail, which a mail server may put off for hours. */
  readonly mailRecordedBefore: Instant;
}

/** Effects that were sent and have neither a receipt nor a dead letter that waits, by type. */
export async function listLostEffects(tx: Tx, since: LostSince): Promise<readonly EffectGroup[]> {
  return groups(
    await tx.execute<RawGroup[]>(
      `select o.type, ${GROUP_COLUMNS} from outbox o
       where o.sent_at is not null and (
           o.sent_at < clock_timestamp() - make_interval(secs => ?)
           or (o.sends >= ? and o.created_at < case when o.type = 'deliver-mail' then ?::timestamptz else ?::timestamptz end))
         and not exists (select 1 from receipts r where r.effect_id = o.id)
         and not exists (select 1 from dead_letters d where d.effect_id = o.id and d.retried_at is null)
       group by o.type order by o.type`,
      [since.sentS, since.sends, since.mailRecordedBefore, since.recordedBefore],
    ),
  );
}

/** Sends these effects once more; those that have been applied meanwhile are left alone. Gives how many. */
export async function resendEffects(
  tx: Tx,
  about: { readonly type: string; readonly sent: boolean },
): Promise<number> {
  const rows = await tx.execute<unknown[]>(
    `update outbox o set sent_at = null, leased_until = null
     where o.type = ? and (o.sent_at is not null) = ?
       and not exists (select 1 from receipts r where r.effect_id = o.id)
       and not exists (select 1 from dead_letters d where d.effect_id = o.id and d.retried_at is null)
     returning o.id`,
    [about.type, about.sent],
  );
  return rows.length;
}

/** How many effects wait to be sent or to be applied. */
export async function countPendingEffects(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ effects: number }[]>(
    `select count(*)::int as effects from outbox o
     where not exists (select 1 from receipts r where r.effect_id = o.id)`,
  );
  return row?.effects ?? 0;
}

/** An operation that is under way, and when it last made progress. */
export interface StalledOperation {
  readonly id: string;
  readonly verb: string;
  readonly status: string;
  readonly movedAt: Instant;
  readonly waiting: number;
}

/** Operations under way that have made no progress since an instant, by id. */
export async function listStalledOperations(
  tx: Tx,
  movedBefore: Instant,
): Promise<readonly StalledOperation[]> {
  const rows = await tx.execute<(Omit<StalledOperation, 'movedAt'> & { movedAt: Date | string })[]>(
    `select * from (
       select o.id, o.verb, o.status,
         greatest(o.planned_at, o.started_at, (select max(i.at) from operation_items i where i.operation_id = o.id)) as "movedAt",
         (select count(*)::int from operation_items i where i.operation_id = o.id and i.status = 'waiting') as waiting
       from operations o where o.status = 'running') moved
     where "movedAt" < ? order by id`,
    [movedBefore],
  );
  return rows.map((row) => ({ ...row, movedAt: toInstant(row.movedAt) }));
}

/** How many operations are under way. */
export async function countRunningOperations(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ operations: number }[]>(
    "select count(*)::int as operations from operations where status = 'running'",
  );
  return row?.operations ?? 0;
}

const GROUP_COLUMNS = `count(*)::int as effects, min(o.created_at) as oldest,
  (array_agg(o.id order by o.sequence))[1:${NAMED_MAX}] as first,
  case when count(distinct o.cycle_id) = 1 and count(o.cycle_id) = count(*) then min(o.cycle_id::text) end as "cycleId"`;

interface RawGroup extends Omit<EffectGroup, 'oldest'> {
  readonly oldest: Date | string;
}

function groups(rows: readonly RawGroup[]): readonly EffectGroup[] {
  return rows.map((row) => ({ ...row, oldest: toInstant(row.oldest) }));
}

function toInstant(at: Date | string): Instant {
  return new Date(at).toISOString() as Instant;
}
