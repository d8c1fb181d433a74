import { DomainError } from '../../core/terms/domain-error.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { withdrawnRegions } from '../activities/mass-regions.js';
import { requireOwnPart } from '../access/require-own-part.js';
import type { EngineDeps } from '../engine-deps.js';
import { joinScope } from '../sync/join-scope.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callForChange, requireStage } from './call-for-change.js';
import { isIn } from './call-parts.js';
import { callView, type CallView } from './call-view.js';
import { enterPart } from './enter-part.js';
import type { CallRef } from './find-call.js';
import { settlePackage } from './settle-package.js';

/**
 * A region joins a call, for the first time or again, until it opens. In it already, nothing changes.
 *
 * @throws DomainError `auth.role-forbidden`, `region.not-leading` for an authority of another region, `call.not-found`,
 *   `cycle.ended`, `call.not-possible` after the opening, `region.not-found`, also for one that has withdrawn
 */
export async function joinCall(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly region: string; readonly note: string | null },
): Promise<CallView> {
  requireRole(command.actor, ['coordinator', 'authority', 'system']);
  requireOwnPart(command.actor, command.region);
  return runCommand(deps, command, async (tx, now) => {
    const work = await callForChange(deps, tx, now, command);
    const { call, parts, picture } = work;
    requireStage(work, ['proposed', 'agreed', 'packaged'], 'The call has opened.');
    const region = await livingRegion(tx, call.scheme, command.region, picture.regions);
    if (!parts.some((part) => part.region === region.nuts && isIn(part))) {
      const change = await enterPart(deps, tx, work, { region, note: command.note });
      const scope = { kind: 'call', key: call.key } as const;
      await joinScope(deps, tx, { scheme: call.scheme, scope, region: region.nuts, now });
      await settlePackage(deps, tx, work, [change]);
    }
    return callView(deps, tx, call);
  });
}

async function livingRegion<Region extends { readonly nuts: string }>(
  tx: Tx,
  scheme: string,
  nuts: string,
  regions: readonly Region[],
): Promise<Region> {
  const gone = await withdrawnRegions(tx, scheme);
  const region = regions.find((one) => one.nuts === nuts);
  if (region === undefined || gone.has(nuts)) throw new DomainError('region.not-found', { region: nuts });
  return region;
}
