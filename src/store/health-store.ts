import type { CycleStatus } from '../core/machines/cycle-snapshot.js';
import type { Instant } from '../core/terms/instant.js';
import type { AccountRole, StakeholderRole } from '../core/terms/role.js';
import { cycleTable, type CycleRow } from './cycle-store.js';
import type { TaskStatus } from './task-store.js';
import type { Tx } from './tx.js';

/** What the doctor asks about cycles, tasks, timers and people. Read only, each question bounded by the caller. */

/** Cycles that are active or rest, after an id (null: from the beginning), in the order of ids. */
export async function listLiveCycles(
  tx: Tx,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly CycleRow[]> {
  return tx.find(
    cycleTable,
    {
      status: { $in: ['active', 'suspended'] satisfies CycleStatus[] },
      ...(page.after === null ? {} : { id: { $gt: page.after } }),
    },
    { orderBy: { id: 'asc' }, limit: page.limit },
  );
}

/** Every account that is not disabled. */
export async function listLivingPeople(
  tx: Tx,
): Promise<readonly { readonly id: string; readonly role: AccountRole; readonly region: string | null }[]> {
  return tx.execute('select id, role, region from accounts where disabled_at is null order by id');
}

/** Waiting tasks of one cycle that are alike in who may do them. */
export interface TaskGroup {
  readonly cycleId: string;
  readonly actingRegion: string;
  readonly candidateRoles: readonly StakeholderRole[];
  readonly candidatePeople: readonly string[];
  readonly assignee: string | null;
  readonly status: TaskStatus;
  readonly tasks: number;
  /** The first of them, by id. */
  readonly first: string;
}

export async function listTaskGroups(tx: Tx, cycleIds: readonly string[]): Promise<readonly TaskGroup[]> {
  if (cycleIds.length === 0) return [];
  return tx.execute(
    `select cycle_id as "cycleId", acting_region as "actingRegion", candidate_roles as "candidateRoles",
       candidate_people as "candidatePeople", assignee, status, count(*)::int as tasks, min(id::text) as first
     from tasks where status in ('open', 'claimed', 'parked') and cycle_id in (?)
     group by 1, 2, 3, 4, 5, 6 order by 1, 8`,
    [[...cycleIds]],
  );
}

/** Timers of one cycle that neither fired nor were cancelled, by what they are for. */
export interface TimerGroup {
  readonly cycleId: string;
  readonly type: string;
  readonly isHeld: boolean;
  readonly timers: number;
}

export async function listTimerGroups(tx: Tx, cycleIds: readonly string[]): Promise<readonly TimerGroup[]> {
  if (cycleIds.length === 0) return [];
  return tx.execute(
    `select cycle_id as "cycleId", effect->>'type' as type, held_at is not null as "isHeld", count(*)::int as timers
     from timers where fired_at is null and cancelled_at is null and cycle_id in (?)
     group by 1, 2, 3 order by 1, 2, 3`,
    [[...cycleIds]],
  );
}

/** The timers of its stage that a cycle has had since it entered it: those that wait and those that have fired. */
export async function listStageTimersSet(
  tx: Tx,
  cycleIds: readonly string[],
): Promise<readonly { readonly cycleId: string; readonly name: string }[]> {
  if (cycleIds.length === 0) return [];
  return tx.execute(
    `select distinct t.cycle_id as "cycleId", t.name from timers t join cycles c on c.id = t.cycle_id
     where t.name is not null and t.stage = c.stage and t.cancelled_at is null
       and (t.fired_at is null or t.due_at > c.stage_entered_at) and t.cycle_id in (?)`,
    [[...cycleIds]],
  );
}

/** Those of these cycles whose daily check is on its way: recorded, and not yet applied. */
export async function listStandingChecksUnderWay(
  tx: Tx,
  cycleIds: readonly string[],
): Promise<readonly string[]> {
  if (cycleIds.length === 0) return [];
  const rows = await tx.execute<{ id: string }[]>(
    `select distinct o.cycle_id as id from outbox o
     where o.type = 'standing-check' and o.cycle_id in (?)
       and not exists (select 1 from receipts r where r.effect_id = o.id)`,
    [[...cycleIds]],
  );
  return rows.map(({ id }) => id);
}

/** Since when these cycles rest, as their logs say; one that never rested is absent. */
export async function listSuspendedSince(
  tx: Tx,
  cycleIds: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  if (cycleIds.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; at: Date | string }[]>(
    `select c.id, l.at from cycles c cross join lateral (
       select at from log_entries where cycle_id = c.id and kind = 'transition' and details->>'type' = 'suspend'
       order by sequence desc limit 1) l
     where c.id in (?)`,
    [[...cycleIds]],
  );
  return new Map(rows.map(({ id, at }) => [id, new Date(at).toISOString() as Instant]));
}

export interface OverdueTimers {
  readonly timers: number;
  /** When the longest overdue was due. */
  readonly oldest: Instant;
  /** Ids of the longest overdue, at most 20. */
  readonly first: readonly string[];
}

/** Timers that were due before an instant and neither fired nor rest; null: none. */
export async function findOverdueTimers(tx: Tx, dueBefore: Instant): Promise<OverdueTimers | null> {
  const [row] = await tx.execute<{ timers: number; oldest: Date | string | null; first: string[] | null }[]>(
    `select count(*)::int as timers, min(due_at) as oldest, (array_agg(id::text order by due_at, id))[1:20] as first
     from timers where due_at < ? and fired_at is null and cancelled_at is null and held_at is null`,
    [dueBefore],
  );
  if (row === undefined || row.oldest === null) return null;
  return {
    timers: row.timers,
    oldest: new Date(row.oldest).toISOString() as Instant,
    first: row.first ?? [],
  };
}

/** How many timers wait, those of resting cycles included. */
export async function countWaitingTimers(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ timers: number }[]>(
    'select count(*)::int as timers from timers where fired_at is null and cancelled_at is null',
  );
  return row?.timers ?? 0;
}

/** Every cycle, the ended ones included, in the order of ids. */
export async function listCycleIds(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }[]>('select id from cycles order by id');
  return rows.map(({ id }) => id);
}
