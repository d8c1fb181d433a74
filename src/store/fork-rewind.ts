import type { JournaledTable, RowImage } from '../core/history/row-change.js';
import type { Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** The rows of one cycle in one table, as its journal has them. */
export interface PastRows {
  readonly cycleId: string;
  readonly table: JournaledTable;
  readonly rows: readonly RowImage[];
}

/** Puts the rows of a cycle in a fork in the place of those that were copied; without any, it has none there. */
export async function putPastRows(tx: Tx, { cycleId, table, rows }: PastRows): Promise<void> {
  const key = table === 'cycles' ? 'id' : 'cycle_id';
  await tx.execute(`delete from ${table} where ${key} = ?`, [cycleId]);
  if (rows.length === 0) return;
  await tx.execute(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ?::jsonb)`, [
    JSON.stringify(rows.map(columnsOf)),
  ]);
}

/** Images have the names of properties, tables those of columns. */
function columnsOf(image: RowImage): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** Takes out of a fork what was only said, published or closed after `at`, and what people had not taken back by then. */
export async function forgetAfter(tx: Tx, at: Instant): Promise<void> {
  await tx.execute('delete from log_entries where at > ?', [at]);
  await tx.execute('delete from cycle_changes where at > ?', [at]);
  await tx.execute('delete from outbox where created_at > ?', [at]);
  // Those of files are there from the beginning, whenever their program was started first.
  await tx.execute("delete from rulebook_versions where origin <> 'file' and published_at > ?", [at]);
  await tx.execute(
    'update rulebook_versions set retired_at = null, retired_by = null, retired_reason = null where retired_at > ?',
    [at],
  );
  await tx.execute('delete from calendar_closures where added_at > ?', [at]);
  await tx.execute('update calendar_closures set removed_at = null, removed_by = null where removed_at > ?', [
    at,
  ]);
  // Mornings come again, ends of waivers too; timers of cycles come back with the cycles' own rows.
  await tx.execute('update timers set fired_at = null where due_at > ?', [at]);
}

/**
 * Puts the sync points of a fork back to `at`: gone if they were placed later, waiting again if they were released or
 * cancelled later, and each younger member as its cycle stands now that it is put back. Their counts are made anew.
 */
export async function rewindSyncPoints(tx: Tx, at: Instant): Promise<void> {
  await tx.execute(
    `delete from sync_members m using sync_points p
     where p.scheme = m.scheme and p.id = m.sync_point and p.placed_at > ?`,
    [at],
  );
  await tx.execute('delete from sync_points where placed_at > ?', [at]);
  await tx.execute(
    `update sync_members m set
       state = case when reached.at is not null then 'arrived' when living.status = 'suspended' then 'resting'
         else 'waiting' end,
       since = coalesce(reached.at, ?), why = null, told_at = null
     from sync_members s
       join sync_points p on p.scheme = s.scheme and p.id = s.sync_point
       left join lateral (
         select min(r.reached_at) as at from milestones r join cycles c on c.id = r.cycle_id
         where c.scheme = s.scheme and c.region = s.region and c.subject = 'region' and r.milestone = p.milestone
       ) reached on true
       left join lateral (
         select c.status from cycles c where c.scheme = s.scheme and c.region = s.region and c.subject = 'region'
         order by c.opened_at desc limit 1
       ) living on true
     where m.scheme = s.scheme and m.sync_point = s.sync_point and m.region = s.region and m.since > ?`,
    [at, at],
  );
  await tx.execute('update sync_members set told_at = null where told_at > ?', [at]);
  await tx.execute(
    `update sync_points set tally = null,
       released_at = case when released_at <= ? then released_at end,
       released_with = case when released_at <= ? then released_with end,
       cancelled_at = case when cancelled_at <= ? then cancelled_at end,
       cancelled_by = case when cancelled_at <= ? then cancelled_by end,
       cancel_reason = case when cancelled_at <= ? then cancel_reason end,
       deadline_passed_at = case when deadline_passed_at <= ? then deadline_passed_at end,
       unreachable_at = case when unreachable_at <= ? then unreachable_at end`,
    [at, at, at, at, at, at, at],
  );
}
