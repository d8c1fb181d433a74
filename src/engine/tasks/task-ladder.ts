import { ladderInstant } from '../../core/calendar/ladder-instant.js';
import type { LadderStep } from '../../core/terms/ladder.js';
import type { Instant } from '../../core/terms/instant.js';
import type { TaskRow } from '../../store/task-store.js';
import { addTimer, cancelTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace } from './acting-place.js';

/** What of a picture decides when people are told of a task. */
type LadderPicture = Pick<CyclePicture, 'regions' | 'calendars' | 'now'>;

/** A step of a ladder, and when it comes. */
export interface DatedStep {
  readonly step: LadderStep;
  readonly at: Instant;
}

/**
 * Sets one timer for each step of a task's ladder that is still to come: at the reminder's hour of a working day of
 * whoever acts. A task without a due day, or one that is parked, has none.
 *
 * @throws DomainError `calendar.out-of-range` where the calendar does not reach to the last step
 */
export function setLadder(deps: EngineDeps, tx: Tx, picture: LadderPicture, task: TaskRow): void {
  for (const { step, at } of stepsOf(deps, picture, task)) {
    if (at <= picture.now) continue;
    setStep(deps, tx, task, { step, at });
  }
}

/** Cancels the timers of a task and sets those of its due day as it is now; steps that are past are not repeated. */
export async function resetLadder(
  deps: EngineDeps,
  tx: Tx,
  picture: LadderPicture,
  task: TaskRow,
): Promise<void> {
  await cancelTimers(tx, [task.id], picture.now);
  setLadder(deps, tx, picture, task);
}

/** Sets one step for another instant than that of its day. */
export function setStep(deps: EngineDeps, tx: Tx, task: TaskRow, { step, at }: DatedStep): void {
  const dueOn = task.dueOn ?? null;
  addTimer(tx, {
    id: deps.newId(),
    taskId: task.id,
    cycleId: task.cycleId,
    effect: {
      type: 'remind',
      taskId: task.id,
      audience: [...step.audience],
      template: step.template,
      workingDays: step.workingDays,
      ...(dueOn === null ? {} : { dueOn }),
    },
    dueAt: at,
  });
}

/** Every step of a task's ladder, past ones too, with its instant. */
function stepsOf(deps: EngineDeps, picture: LadderPicture, task: TaskRow): readonly DatedStep[] {
  const dueOn = task.dueOn ?? null;
  if (dueOn === null || (task.status !== 'open' && task.status !== 'claimed')) return [];
  const place = actingPlace(picture, task.actingRegion);
  return deps.catalog
    .ladder(task.kind, task.reference)
    .map((step) => ({ step, at: ladderInstant(place, dueOn, step.workingDays) }));
}
