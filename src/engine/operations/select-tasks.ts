import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Instant } from '../../core/terms/instant.js';
import { selectWaitingTasks } from '../../store/operation-subjects.js';
import { listRegions, listSchemes } from '../../store/scheme-store.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { TaskOrderFilter } from './operation-order.js';
import type { Subject } from './operation-work.js';

/** The tasks of an order that still wait for somebody, at most `limit`. */
export async function selectTasks(
  deps: EngineDeps,
  tx: Tx,
  { filter }: { readonly filter: TaskOrderFilter },
  limit: number,
): Promise<readonly Subject[]> {
  const { overdue, ...rest } = filter;
  if (overdue === undefined) return (await selectWaitingTasks(tx, rest, limit)).map(subjectOf);
  // Whether a day has passed depends on the zone of whoever acts, which the table of tasks does not have.
  const tasks = await selectWaitingTasks(tx, rest, TASKS_LOOKED_AT_MAX);
  const today = await daysByRegion(tx, await deps.clock.now(tx));
  return tasks
    .filter((task) => isOverdue(task, today) === overdue)
    .slice(0, limit)
    .map(subjectOf);
}

/** More waiting tasks than any installation has: 11 regions have some hundred. */
const TASKS_LOOKED_AT_MAX = 100_000;

function isOverdue(task: TaskRow, today: ReadonlyMap<string, CalendarDate>): boolean {
  const dueOn = task.dueOn ?? null;
  const day = today.get(`${task.scheme}/${task.actingRegion}`);
  return dueOn !== null && day !== undefined && dueOn < day;
}

/** The day by `scheme/region`. */
async function daysByRegion(tx: Tx, now: Instant): Promise<ReadonlyMap<string, CalendarDate>> {
  const days = new Map<string, CalendarDate>();
  for (const { id } of await listSchemes(tx)) {
    for (const { nuts, zone } of await listRegions(tx, id)) days.set(`${id}/${nuts}`, dateInZone(now, zone));
  }
  return days;
}

function subjectOf({ id, region }: TaskRow): Subject {
  return { kind: 'task', id, region };
}
