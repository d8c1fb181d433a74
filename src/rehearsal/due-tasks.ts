import type { CalendarDate } from '../core/calendar/calendar-date.js';
import { ladderInstant } from '../core/calendar/ladder-instant.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import type { LadderStep } from '../core/terms/ladder.js';
import type { Labels } from '../core/terms/language.js';
import type { StakeholderRole } from '../core/terms/role.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { readTasks } from '../engine/tasks/read-tasks.js';
import type { Named } from './rehearsal-event.js';

/** A step of the ladder of an open task whose day is known. */
export interface DueTask {
  readonly region: string;
  readonly task: Named;
  readonly labels: Labels;
  readonly owner: StakeholderRole;
  readonly dueOn: CalendarDate;
  readonly step: LadderStep;
  /** When people are told. */
  readonly dueAt: Instant;
}

/** More than a scheme of this size ever has open. */
const OPEN_TASKS_MAX = 5_000;

/**
 * Every step of the ladders of a scheme's open tasks that have a day, past ones too, in the order of their instants,
 * then of regions and tasks. A rehearsal closes no calendar, so the files say all.
 */
export async function dueTasks(deps: EngineDeps, scheme: SchemeDefinition): Promise<readonly DueTask[]> {
  const position = new Map(scheme.regions.map(({ nuts }, index) => [nuts, index]));
  const places = new Map(
    scheme.regions.map(({ nuts, zone, calendar }) => [
      nuts,
      { zone, calendar: deps.catalog.calendar(calendar) },
    ]),
  );
  const tasks = await readTasks(deps, {
    actor: SYSTEM_ACTOR,
    filter: { scheme: scheme.id, status: 'open', limit: OPEN_TASKS_MAX },
  });
  const due = tasks.flatMap(({ region, kind, reference, labels, owner, dueOn }): DueTask[] => {
    const place = places.get(region);
    if (dueOn === null || dueOn === undefined || place === undefined) return [];
    const task = { id: reference, label: labels.en };
    return deps.catalog.ladder(kind, reference).map((step) => {
      const dueAt = ladderInstant(place, dueOn, step.workingDays);
      return { region, task, labels, owner, dueOn, step, dueAt };
    });
  });
  return due.toSorted(
    (a, b) =>
      a.dueAt.localeCompare(b.dueAt) ||
      a.step.workingDays - b.step.workingDays ||
      a.task.id.localeCompare(b.task.id) ||
      (position.get(a.region) ?? 0) - (position.get(b.region) ?? 0),
  );
}
