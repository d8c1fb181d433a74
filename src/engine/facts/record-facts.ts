import { DomainError } from '../../core/terms/domain-error.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { checkFactEntries } from './check-fact-entries.js';
import type { FactEntry } from './fact-entry.js';
import { factsView, type FactsView } from './facts-view.js';
import { putEntries } from './put-entries.js';

/**
 * Records facts of a cycle, all or none.
 *
 * @throws DomainError `cycle.not-found`, `version.stale`, `cycle.ended`, `auth.role-forbidden`, and everything
 *   that `checkFactEntries` refuses
 */
export async function recordFacts(
  deps: EngineDeps,
  command: CommandContext & { readonly cycleId: string; readonly facts: readonly FactEntry[] },
): Promise<FactsView> {
  requireRole(command.actor, ['authority', 'coordinator', 'administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, command.actor, command.cycleId, command.expectedVersion);
    const picture = await takePicture(deps, tx, cycle, now);
    const entries = checkFactEntries(command.facts, {
      catalogue: picture.rulebook.catalogue,
      actor: command.actor,
      today: picture.today,
      base: '/facts',
      subject: cycle.subject,
    });
    if (cycle.status === 'closed' || cycle.status === 'withdrawn') {
      throw new DomainError('cycle.ended', { cycle: cycle.id, status: cycle.status });
    }
    await putEntries(deps, tx, command.actor, { picture, entries });
    return factsView(tx, cycle);
  });
}
