import type { Rulebook } from '../core/gates/rulebook.js';
import type { Workflow } from '../core/machines/compile-workflow.js';
import { pointerTo, type Problem } from '../core/terms/problem.js';

/**
 * Whether a rulebook can serve a workflow: every gate that a transition stands behind has rules in it, and every
 * stage in which a rule must stand exists. To be asked wherever the two are put together, in a scheme or in a
 * migration; each alone may be in order.
 */
export function judgePairing(workflow: Workflow, rulebook: Rulebook): Problem[] {
  return [...judgeGates(workflow, rulebook), ...judgeStanding(workflow, rulebook)];
}

function judgeStanding(workflow: Workflow, rulebook: Rulebook): Problem[] {
  return [...rulebook.rules.values()].flatMap(({ id, standing }) =>
    standing
      .filter((stage) => workflow.states.get(stage)?.kind !== 'stage')
      .map((stage) => ({
        pointer: '',
        code: 'standing.unknown-stage',
        message: `rule ${id} of ${rulebook.id}/${rulebook.version} stands in ${stage}, which is no stage here`,
      })),
  );
}

function judgeGates(workflow: Workflow, rulebook: Rulebook): Problem[] {
  return [...workflow.states].flatMap(([id, state]) => {
    if (state.kind === 'final') return [];
    const base = pointerTo('/states', id);
    const asked = [
      ...Object.entries(state.events).flatMap(([event, transitions]) =>
        transitions.map(({ gate }, index) => ({ gate, pointer: `${base}/events/${event}/${index}/gate` })),
      ),
      ...(state.kind === 'stage' ? state.timers : []).map(({ then: { gate } }, index) => {
        return { gate, pointer: `${base}/timers/${index}/then/gate` };
      }),
    ];
    return asked.flatMap(({ gate, pointer }): Problem[] => {
      if (gate === undefined || rulebook.gates.has(gate)) return [];
      const message = `rulebook ${rulebook.id}/${rulebook.version} has no gate ${gate}`;
      return [{ pointer, code: 'gate.unknown', message }];
    });
  });
}
