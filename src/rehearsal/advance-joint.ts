import { DomainError } from '../core/terms/domain-error.js';
import { advanceCycle } from '../engine/cycles/advance-cycle.js';
import { readCycle } from '../engine/cycles/read-cycle.js';
import type { RehearsalRun } from './rehearsal-run.js';

/**
 * Advances the cycle of an activity or a call as the coordinator; gives the English name of where it stands then.
 *
 * @throws DomainError `definition.invalid` when it comes to something else than is expected
 */
export async function advanceJoint(
  run: RehearsalRun,
  wish: { readonly cycleId: string; readonly to: string | null; readonly expect: 'pass' | 'refused' },
): Promise<string> {
  const { deps, cast } = run;
  const { cycleId, to, expect } = wish;
  const decision = await advanceCycle(deps, {
    actor: cast.coordinator,
    expectedVersion: null,
    idempotency: null,
    cycleId,
    to,
    note: null,
    decidedOn: null,
  });
  const outcome = decision.kind === 'moved' ? 'pass' : 'refused';
  if (outcome !== expect) {
    const verdict = 'verdict' in decision ? decision.verdict : null;
    throw new DomainError('definition.invalid', {
      step: `advance ${cycleId}`,
      expected: expect,
      outcome,
      verdict,
    });
  }
  const { cycle } = await readCycle(deps, { actor: cast.coordinator, cycleId });
  const { states } = deps.catalog.workflow(cycle.workflow);
  return states.get(cycle.stage)?.labels.en ?? cycle.stage;
}
