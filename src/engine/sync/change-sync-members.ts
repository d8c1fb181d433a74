import { DomainError } from '../../core/terms/domain-error.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { findSyncMember } from '../../store/sync-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import { requirePermission } from '../access/require-permission.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import type { PointRef } from './end-sync-point.js';
import { getSyncPointForChange, schemeOfPoint, type SyncPointWish } from './get-sync-point.js';
import { joinSyncPoint } from './join-sync-point.js';
import { stepSyncPoint } from './step-sync-point.js';

/** Regions that come into a sync point or leave it. NUTS codes. */
export type MembersCommand = CommandContext &
  Pick<SyncPointWish, 'id' | 'scheme'> & {
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly reason: string;
  };

/**
 * Takes regions out of an open sync point and brings others in, all or none; it is judged again, and each region's
 * history says so.
 *
 * @throws DomainError `auth.role-forbidden`, `sync-point.not-found`, `sync-point.ended`, `version.stale`,
 *   `region.not-found`; `sync-point.invalid` for a region that is no member; `sync-point.late-joiner` where the sync
 *   point refuses whoever comes late
 */
export async function changeSyncMembers(deps: EngineDeps, command: MembersCommand): Promise<PointRef> {
  requirePermission(command.actor, 'sync-point.members');
  const { add, remove, reason, actor } = command;
  return runCommand(deps, command, async (tx, now) => {
    // Cycles before points, as everybody does who locks both.
    const cycles = await lockCycles(tx, await schemeOfPoint(tx, command), [...add, ...remove]);
    const point = await getSyncPointForChange(tx, command);
    const log = async (region: string, change: string): Promise<void> => {
      const cycle = cycles.get(region);
      if (cycle === undefined) return;
      const details = { change, syncPoint: point.id, reason };
      await appendLog(tx, cycle, { kind: 'sync', actor, at: now, details });
    };
    // First who comes in: else the last who leaves may release it before.
    for (const region of add) {
      const { refused } = await joinSyncPoint(deps, tx, point, { region, isInvited: false, now });
      if (refused === 'late-joiner') throw new DomainError('sync-point.late-joiner', { region });
      await log(region, 'sync-member-joined');
    }
    for (const region of remove) {
      const member = await findSyncMember(tx, point, region);
      if (member === null || member.state === 'left') {
        throw new DomainError('sync-point.invalid', { reason: `${region} is no member`, region });
      }
      const event = { type: 'leave', at: now } as const;
      await stepSyncPoint(deps, tx, point, { event, region, why: 'stepped-out', now });
      await log(region, 'sync-member-left');
    }
    return { scheme: point.scheme, id: point.id };
  });
}

/** The latest cycles of regions, locked in one order. */
async function lockCycles(
  tx: Tx,
  scheme: string,
  regions: readonly string[],
): Promise<ReadonlyMap<string, CycleRow>> {
  const ids = (await listSyncSubjects(tx, scheme, '', regions)).flatMap((one) => one.cycleId ?? []);
  const cycles = new Map<string, CycleRow>();
  for (const id of ids.toSorted()) {
    const cycle = await lockCycle(tx, id);
    if (cycle !== null) cycles.set(cycle.region, cycle);
  }
  return cycles;
}
