import { requirePermission } from '../access/require-permission.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getSyncPointForChange, type SyncPointWish } from './get-sync-point.js';
import { stepSyncPoint } from './step-sync-point.js';
import { tellCancelled } from './tell-sync-point.js';

/** The end of a sync point that somebody wishes, and why. */
export type EndingCommand = CommandContext &
  Pick<SyncPointWish, 'id' | 'scheme'> & { readonly reason: string };

/** Where a sync point is to be read after a command. */
export interface PointRef {
  readonly scheme: string;
  readonly id: string;
}

/**
 * Releases a sync point although its rule does not hold: by a coordinator, with the reason; who is missing stays on
 * record as a gap.
 *
 * @throws DomainError `auth.role-forbidden`, `sync-point.not-found`, `sync-point.ended`, `version.stale`
 */
export async function releaseByHand(deps: EngineDeps, command: EndingCommand): Promise<PointRef> {
  const { actor, reason } = command;
  requirePermission(actor, 'sync-point.release');
  return runCommand(deps, command, async (tx, now) => {
    const point = await getSyncPointForChange(tx, command);
    const event = { type: 'release-by-hand' } as const;
    await stepSyncPoint(deps, tx, point, { event, region: null, now, hand: { actor, reason } });
    return { scheme: point.scheme, id: point.id };
  });
}

/**
 * Cancels a sync point: it is never released, whoever arrives, and everybody who waited is told why.
 *
 * @throws DomainError as `releaseByHand`
 */
export async function cancelSyncPoint(deps: EngineDeps, command: EndingCommand): Promise<PointRef> {
  const { actor, reason } = command;
  requirePermission(actor, 'sync-point.cancel');
  return runCommand(deps, command, async (tx, now) => {
    const point = await getSyncPointForChange(tx, command);
    await stepSyncPoint(deps, tx, point, {
      event: { type: 'cancel' },
      region: null,
      now,
      hand: { actor, reason },
    });
    await tellCancelled(deps, tx, point, { by: actor.name, note: reason, now });
    return { scheme: point.scheme, id: point.id };
  });
}
