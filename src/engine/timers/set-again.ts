import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { addTimer, changeTimer, findTimer, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Sets a timer of a stage once more that has fired at a moment when it could not do its work: without this nothing
 * would ever happen again. Its due instant stays; while the cycle rests it is held, and then due as soon as it goes on.
 */
export async function setAgain(
  deps: EngineDeps,
  tx: Tx,
  { cycle, timer, now }: { readonly cycle: CycleRow; readonly timer: TimerRow; readonly now: Instant },
): Promise<void> {
  const id = deps.newId();
  const { dueAt } = timer;
  const stage = timer.stage ?? null;
  const name = timer.name ?? null;
  addTimer(tx, {
    id,
    cycleId: cycle.id,
    taskId: null,
    stage,
    name,
    effect: { type: 'stage-timer', cycleId: cycle.id, timerId: id },
    dueAt,
    // Nothing is left of its time: neither a rest nor a new count may put off what is due.
    policy: dueAt > now ? timer.policy : 'keep',
    delay: timer.delay ?? null,
  });
  const again = await findTimer(tx, id);
  if (again !== null && cycle.status === 'suspended') await changeTimer(tx, again, { heldAt: now });
  await appendLog(tx, cycle, {
    kind: 'timer',
    actor: SYSTEM_ACTOR,
    at: now,
    details: { change: 'set-again', timer: id, stage, name, dueAt },
  });
}
