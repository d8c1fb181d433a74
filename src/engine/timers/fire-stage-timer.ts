import { effectFor } from '../../core/machines/cycle-effect.js';
import type { TimerDefinition } from '../../core/machines/workflow-schema.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { EffectPayload } from '../../core/terms/effect.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { findTimer, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { carryOutEffects } from '../cycles/carry-out-effects.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { moveCycle } from '../cycles/move-cycle.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { setAgain } from './set-again.js';
import { tellOfRefusal } from './tell-of-refusal.js';

/**
 * A timer of a stage is due: takes the step that it stands for, by the same path as a person's wish and with the same
 * right of the gate to refuse it, or only tells whom it is to tell. Once, whatever else is delivered twice.
 *
 * Nothing happens where the timer was cancelled, or the stage was left (or left and entered again) since it fell due.
 * Where the cycle rests by now, or the clock was set back before the due instant, the timer waits again.
 */
export async function fireStageTimer(
  deps: EngineDeps,
  effectId: string,
  effect: Extract<EffectPayload, { type: 'stage-timer' }>,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'stage-timer' }, async (tx, now) => {
    const cycle = await lockCycle(tx, effect.cycleId);
    const timer = await findTimer(tx, effect.timerId);
    if (cycle === null || timer === null || !isOfThisVisit(cycle, timer)) return;
    if (cycle.status === 'suspended' || timer.dueAt > now) return setAgain(deps, tx, { cycle, timer, now });
    if (cycle.status !== 'active') return;

    const picture = await takePicture(deps, tx, cycle, now);
    const definition = picture.workflow.timers.get(cycle.stage)?.find(({ id }) => id === timer.name);
    // A migration may have taken it out of the workflow after it fell due.
    if (definition === undefined) return;
    if (definition.then.to === undefined) await onlyTell(deps, tx, picture, { timer, definition });
    else await takeStep(deps, tx, picture, definition);
  });
}

/** Whatever was set on this visit is due after the stage was entered, and what was set on one before is due no later. */
function isOfThisVisit(cycle: CycleRow, timer: TimerRow): boolean {
  return (
    timer.cycleId === cycle.id &&
    timer.stage === cycle.stage &&
    (timer.cancelledAt ?? null) === null &&
    timer.dueAt > cycle.stageEnteredAt
  );
}

async function takeStep(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { id }: TimerDefinition,
): Promise<void> {
  const move = await moveCycle(deps, tx, SYSTEM_ACTOR, {
    picture,
    wish: { type: `timer:${id}`, to: null, note: null, decidedOn: null },
  });
  if (move.kind === 'refused' && move.code === 'gate.refused') await tellOfRefusal(deps, tx, picture, move);
}

async function onlyTell(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { timer, definition }: { readonly timer: TimerRow; readonly definition: TimerDefinition },
): Promise<void> {
  const { cycle, now } = picture;
  const { stage, number } = cycle;
  await appendLog(tx, cycle, {
    kind: 'timer',
    actor: SYSTEM_ACTOR,
    at: now,
    details: { change: 'fired', timer: timer.id, stage, name: definition.id, dueAt: timer.dueAt },
  });
  const effects = definition.then.effects.map((effect) => effectFor(effect, stage));
  await carryOutEffects(deps, tx, {
    picture,
    actor: SYSTEM_ACTOR,
    advanced: { from: stage, to: stage, number, effects },
    note: null,
  });
}
