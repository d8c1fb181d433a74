import type { Verdict } from '../../core/gates/verdict.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Tells the coordinator that a gate has refused a step that nobody asked for, so that nobody has seen the answer. */
export async function tellOfRefusal(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { to, verdict }: { readonly to: string; readonly verdict: Verdict },
): Promise<void> {
  const { cycle, rulebook, workflow } = picture;
  const labelOf = (state: string) => workflow.states.get(state)?.labels ?? state;
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: cycle.scheme,
      region: cycle.region,
      cycleId: cycle.id,
      audience: ['coordinator'],
      template: 'gate.refused',
      params: {
        region: picture.region.name,
        number: cycle.number,
        from: labelOf(cycle.stage),
        to: labelOf(to),
        missing: verdict.missing.map(({ fact }) => rulebook.catalogue.get(fact)?.labels ?? fact),
        failing: verdict.failing.map((rule) => rulebook.rules.get(rule)?.labels ?? rule),
      },
    },
    picture.now,
  );
}
