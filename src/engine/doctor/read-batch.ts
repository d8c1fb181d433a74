import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import {
  listStageTimersSet,
  listStandingChecksUnderWay,
  listSuspendedSince,
  listTaskGroups,
  listTimerGroups,
  type TaskGroup,
  type TimerGroup,
} from '../../store/health-store.js';
import type { Round } from './examination.js';
import { noteUnattended, type UnattendedTasks } from './examine-tasks.js';

/** What was read about a batch of cycles, by cycle id. */
export interface CycleBatch {
  readonly taskCount: number;
  tasksOf(cycleId: string): readonly TaskGroup[];
  timersOf(cycleId: string): readonly TimerGroup[];
  /** Names of the stage's timers that wait or have fired since the stage was entered. */
  stageTimersOf(cycleId: string): ReadonlySet<string>;
  isStandingCheckUnderWay(cycleId: string): boolean;
  /** Null: it does not rest, or its log does not say since when. */
  suspendedSince(cycleId: string): Instant | null;
}

/** Reads everything about a batch of cycles with one question each. */
export async function readBatch(
  { tx, people }: Round,
  cycles: readonly CycleRow[],
  unattended: UnattendedTasks,
): Promise<CycleBatch> {
  const ids = cycles.map(({ id }) => id);
  const groups = await listTaskGroups(tx, ids);
  for (const group of groups) noteUnattended(unattended, people, group);
  const tasks = Map.groupBy(groups, ({ cycleId }) => cycleId);
  const timers = Map.groupBy(await listTimerGroups(tx, ids), ({ cycleId }) => cycleId);
  const stageTimers = Map.groupBy(await listStageTimersSet(tx, ids), ({ cycleId }) => cycleId);
  const underWay = new Set(await listStandingChecksUnderWay(tx, ids));
  const suspended = await listSuspendedSince(
    tx,
    cycles.filter(({ status }) => status === 'suspended').map(({ id }) => id),
  );
  return {
    taskCount: groups.reduce((sum, group) => sum + group.tasks, 0),
    tasksOf: (id) => tasks.get(id) ?? [],
    timersOf: (id) => timers.get(id) ?? [],
    stageTimersOf: (id) => new Set(stageTimers.get(id)?.map(({ name }) => name)),
    isStandingCheckUnderWay: (id) => underWay.has(id),
    suspendedSince: (id) => suspended.get(id) ?? null,
  };
}
