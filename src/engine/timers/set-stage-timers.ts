import { instantAfter } from '../../core/calendar/delay.js';
import { addTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Sets the timers of a stage that the cycle has just entered: each is a row with the instant at which it is due, worked
 * out once, in the calendar and the zone of the region as they are now.
 *
 * @param only ids of the timers that are wanted; absent: all of the stage
 * @throws DomainError `calendar.out-of-range` when the region's calendar ends before a timer is due
 */
export function setStageTimers(
  deps: EngineDeps,
  tx: Tx,
  { cycle, workflow, context, region, now }: CyclePicture,
  { stage, only }: { readonly stage: string; readonly only?: ReadonlySet<string> },
): void {
  for (const { id: name, delay, whenSuspended } of workflow.timers.get(stage) ?? []) {
    if (only !== undefined && !only.has(name)) continue;
    const id = deps.newId();
    addTimer(tx, {
      id,
      cycleId: cycle.id,
      taskId: null,
      stage,
      name,
      effect: { type: 'stage-timer', cycleId: cycle.id, timerId: id },
      dueAt: instantAfter(context.calendar, region.zone, now, delay),
      policy: whenSuspended,
      delay,
    });
  }
}
