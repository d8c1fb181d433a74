import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { FactValue } from '../../core/facts/fact-value.js';
import type { Instant } from '../../core/terms/instant.js';
import { listRegionCycles, type CycleRow } from '../../store/cycle-store.js';
import { listFactsOf } from '../../store/fact-store.js';
import type { RegionRow } from '../../store/scheme-store.js';
import { countOpenTasks, WAITING_STATUSES, type TaskCount } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { listWaivers, type WaiverRow } from '../../store/waiver-store.js';
import { pastCycleOrNull } from '../history/past-cycle.js';

/** What a line of the board is drawn from. */
export interface BoardRecords {
  readonly cycle: CycleRow;
  readonly facts: readonly FactValue[];
  readonly waivers: readonly WaiverRow[];
  readonly tasks: TaskCount;
}

const NO_TASKS: TaskCount = { open: 0, overdue: 0 };

/** The latest cycle of each region as it stands, by NUTS code. */
export async function presentRecords(
  tx: Tx,
  regions: readonly RegionRow[],
  now: Instant,
): Promise<ReadonlyMap<string, BoardRecords>> {
  const [first] = regions;
  if (first === undefined) return new Map();
  const latest = latestOf(await listRegionCycles(tx, first.scheme));
  const facts = await listFactsOf(
    tx,
    [...latest.values()].map(({ id }) => id),
  );
  const counts = await countOpenTasks(tx, first.scheme, dateInZone(now, first.zone));
  const records = new Map<string, BoardRecords>();
  for (const [nuts, cycle] of latest) {
    const waivers = await listWaivers(tx, cycle.id);
    const tasks = counts.get(cycle.id) ?? NO_TASKS;
    records.set(nuts, { cycle, facts: facts.get(cycle.id) ?? [], waivers, tasks });
  }
  return records;
}

/** The same as it stood at `at`, rebuilt from the journals; a region without a recorded state is absent. */
export async function pastRecords(
  tx: Tx,
  regions: readonly RegionRow[],
  at: Instant,
): Promise<ReadonlyMap<string, BoardRecords>> {
  const [first] = regions;
  if (first === undefined) return new Map();
  const today = dateInZone(at, first.zone);
  const opened = (await listRegionCycles(tx, first.scheme)).filter(({ openedAt }) => openedAt <= at);
  const records = new Map<string, BoardRecords>();
  for (const [nuts, stored] of latestOf(opened)) {
    const past = await pastCycleOrNull(tx, stored, at);
    if (past === null) continue;
    const open = past.tasks.filter(({ status }) => WAITING_STATUSES.includes(status));
    const overdue = open.filter(({ dueOn }) => (dueOn ?? today) < today);
    const { cycle, facts, waivers } = past;
    records.set(nuts, { cycle, facts, waivers, tasks: { open: open.length, overdue: overdue.length } });
  }
  return records;
}

/** The list comes by the time of opening: the latest cycle of a region is the one that stays. */
function latestOf(cycles: readonly CycleRow[]): ReadonlyMap<string, CycleRow> {
  return new Map(cycles.map((cycle) => [cycle.region, cycle]));
}
