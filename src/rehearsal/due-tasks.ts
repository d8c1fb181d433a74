import { instantAt } from '../core/calendar/zoned-instant.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import type { StakeholderRole } from '../core/terms/role.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { REMINDER_TIME } from '../engine/tasks/open-task.js';
import { readTasks } from '../engine/tasks/read-tasks.js';
import type { Named } from './rehearsal-event.js';

/** An open task whose day is known. */
export interface DueTask {
  readonly region: string;
  readonly task: Named;
  readonly labels: Labels;
  readonly owner: StakeholderRole;
  readonly dueOn: string;
  /** When its reminder goes out. */
  readonly dueAt: Instant;
}

/** More than a scheme of this size ever has open. */
const OPEN_TASKS_MAX = 5_000;

/** The open tasks of a scheme that have a day, in the order of their reminders, then of regions and tasks. */
export async function dueTasks(deps: EngineDeps, scheme: SchemeDefinition): Promise<readonly DueTask[]> {
  const position = new Map(scheme.regions.map(({ nuts }, index) => [nuts, index]));
  const zones = new Map(scheme.regions.map(({ nuts, zone }) => [nuts, zone]));
  const tasks = await readTasks(deps, {
    actor: SYSTEM_ACTOR,
    filter: { scheme: scheme.id, status: 'open', limit: OPEN_TASKS_MAX },
  });
  const due = tasks.flatMap(({ region, reference, labels, owner, dueOn }): DueTask[] => {
    const zone = zones.get(region);
    if (dueOn === null || dueOn === undefined || zone === undefined) return [];
    const dueAt = instantAt(dueOn, REMINDER_TIME, zone);
    const task = { id: reference, label: labels.en };
    return [{ region, task, labels, owner, dueOn, dueAt }];
  });
  return due.toSorted(
    (a, b) =>
      a.dueAt.localeCompare(b.dueAt) ||
      a.task.id.localeCompare(b.task.id) ||
      (position.get(a.region) ?? 0) - (position.get(b.region) ?? 0),
  );
}
