import { judgePairing } from '../../catalog/judge-pairing.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findVersion } from '../../store/rulebook-version-store.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import { watchCycle } from '../standing/watch-cycle.js';
import { pinRulebook } from '../cycles/pin-rulebook.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { rulebookOf } from './rulebook-of.js';

/**
 * Moves one cycle to another version of its rulebook within its stage; the reason stands in the cycle's log.
 *
 * @throws DomainError `definition.not-found`; `rulebook.retired` (or ended), `rulebook.not-in-effect`,
 *   `rulebook.not-for-workflow`; `rulebook.counts-already` when the cycle goes by it; `cycle.not-found`,
 *   `cycle.ended`, `version.stale`, `auth.role-forbidden`
 */
export async function moveCycleToRulebook(
  deps: EngineDeps,
  command: CommandContext & {
    readonly cycleId: string;
    readonly version: number;
    readonly reason: string;
  },
): Promise<CycleView> {
  requireRole(command.actor, ['administrator']);
  const { actor, version, reason } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/reason' });
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, actor, command.cycleId, command.expectedVersion);
    if (cycle.status === 'closed' || cycle.status === 'withdrawn') {
      throw new DomainError('cycle.ended', { status: cycle.status });
    }
    const { workflow, today } = await takePicture(deps, tx, cycle, now);
    const row = await findVersion(tx, cycle.rulebookId, version);
    if (row === null) {
      throw new DomainError('definition.not-found', { kind: 'rulebook', id: cycle.rulebookId, version });
    }
    const { effectiveFrom } = row;
    if (row.retiredAt !== null || (row.endsOn !== null && row.endsOn < today)) {
      throw new DomainError('rulebook.retired', { version });
    }
    if (effectiveFrom > today) throw new DomainError('rulebook.not-in-effect', { version, effectiveFrom });
    if (version === cycle.rulebookVersion) throw new DomainError('rulebook.counts-already', { version });
    const rulebook = await rulebookOf(deps, tx, row);
    if (judgePairing(workflow, rulebook).length > 0) {
      throw new DomainError('rulebook.not-for-workflow', { version });
    }
    await pinRulebook(tx, cycle, rulebook, { actor, at: now, cause: 'moved', reason });
    await watchCycle(deps, tx, cycle, now);
    return cycleView(cycle);
  });
}
