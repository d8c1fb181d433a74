import { fromDayNumber, toDayNumber } from '../../core/calendar/calendar-date.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { CallDateEffect } from '../../core/terms/effect.js';
import { findCallOfCycle, listCallRegions } from '../../store/call-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import { addTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { moveCycle } from '../cycles/move-cycle.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { MORNING } from '../standing/set-standing-timer.js';
import { tellOfRefusal } from '../timers/tell-of-refusal.js';
import { callInstants } from './call-dates.js';
import type { CallWork } from './call-for-change.js';
import { callRulesOf } from './call-rules-of.js';
import { dropLateRegions } from './drop-late-regions.js';

/** From where the opening and the closing of a call lead on. */
const STEPS = { open: 'packaged', close: 'open' } as const;

/**
 * An instant of a call has come. It opens and closes for all regions at once (S4), by the same path as a person's wish
 * and with the same right of the gate to refuse it, of which the coordinator is told; and after the last day for the
 * packages it goes on without the regions that are late (S3).
 *
 * Nothing happens where another instant has been set since, or somebody has taken the step. A call that rests looks
 * again every morning.
 */
export async function keepCallDate(
  deps: EngineDeps,
  effectId: string,
  effect: CallDateEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'call-date' }, async (tx, now) => {
    const cycle = await lockCycle(tx, effect.cycleId);
    const call = cycle === null ? null : await findCallOfCycle(tx, cycle.id);
    if (cycle === null || call === null) return;
    const picture = await takePicture(deps, tx, cycle, now);
    if (callInstants(call, callRulesOf(picture.rulebook))[effect.kind] !== effect.at) return;
    const work = { call, picture, actor: SYSTEM_ACTOR, parts: await listCallRegions(tx, call) };
    if (cycle.status === 'suspended') return lookAgain(deps, tx, work, effect);
    if (cycle.status !== 'active') return;
    if (effect.kind === 'drop-late') await dropLateRegions(deps, tx, work);
    else if (cycle.stage === STEPS[effect.kind]) await takeStep(deps, tx, work);
  });
}

async function takeStep(deps: EngineDeps, tx: Tx, { picture }: CallWork): Promise<void> {
  const move = await moveCycle(deps, tx, SYSTEM_ACTOR, {
    picture,
    wish: { type: 'advance', to: null, note: null, decidedOn: picture.today },
  });
  if (move.kind === 'refused' && move.code === 'gate.refused') await tellOfRefusal(deps, tx, picture, move);
}

async function lookAgain(
  deps: EngineDeps,
  tx: Tx,
  { call, picture }: CallWork,
  effect: CallDateEffect,
): Promise<void> {
  addTimer(tx, {
    id: deps.newId(),
    cycleId: call.cycleId,
    taskId: null,
    effect,
    dueAt: instantAt(fromDayNumber(toDayNumber(picture.today) + 1), MORNING, call.zone),
  });
}
