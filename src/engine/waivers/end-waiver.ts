import type { Verdict } from '../../core/gates/verdict.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { EffectPayload } from '../../core/terms/effect.js';
import { lockCycle } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import { findWaiver, type WaiverRow } from '../../store/waiver-store.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { findWay } from '../cycles/find-way.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkStandingRules } from '../standing/check-standing-rules.js';

/**
 * The last day of a waiver has passed: the next gate and the standing rules are judged without it, the end is logged
 * with what they say, and the coordinator is told. Nothing is done where the waiver has outlived its cycle.
 */
export async function endWaiver(
  deps: EngineDeps,
  effectId: string,
  effect: Extract<EffectPayload, { type: 'waiver-end' }>,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'waiver-end' }, async (tx, now) => {
    const waiver = await findWaiver(tx, effect.waiverId);
    const cycle = waiver === null ? null : await lockCycle(tx, waiver.cycleId);
    if (waiver === null || cycle === null || cycle.number !== waiver.cycleNumber) return;
    if (cycle.status !== 'active' && cycle.status !== 'suspended') return;

    const picture = await takePicture(deps, tx, cycle, now);
    const verdict = findWay(picture, 'advance', null)?.verdict ?? null;
    await appendLog(tx, cycle, {
      kind: 'waiver-ended',
      actor: SYSTEM_ACTOR,
      at: now,
      details: {
        waiver: waiver.id,
        rule: waiver.rule,
        endsOn: waiver.endsOn,
        gate: verdict?.gate ?? null,
        verdict: verdict?.verdict ?? null,
      },
    });
    await checkStandingRules(deps, tx, picture);
    await tell(deps, tx, picture, { waiver, verdict });
  });
}

async function tell(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { waiver, verdict }: { readonly waiver: WaiverRow; readonly verdict: Verdict | null },
): Promise<void> {
  const { cycle, rulebook } = picture;
  const labelOf = (rule: string) => rulebook.rules.get(rule)?.labels ?? rule;
  const unmet = (verdict?.rules ?? []).filter(
    ({ severity, result }) => severity !== 'warn' && (result === 'fail' || result === 'unknown'),
  );
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: cycle.scheme,
      region: cycle.region,
      cycleId: cycle.id,
      audience: ['coordinator'],
      template: 'waiver.ended',
      params: {
        region: picture.region.name,
        number: cycle.number,
        stage: picture.workflow.states.get(cycle.stage)?.labels ?? cycle.stage,
        rule: labelOf(waiver.rule),
        endsOn: { date: waiver.endsOn },
        failing: unmet.map(({ id }) => labelOf(id)),
      },
    },
    picture.now,
  );
}
