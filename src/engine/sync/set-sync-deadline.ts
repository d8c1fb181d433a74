import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { requirePermission } from '../access/require-permission.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import type { PointRef } from './end-sync-point.js';
import { getSyncPointForChange, type SyncPointWish } from './get-sync-point.js';
import { moveDeadline } from './point-deadline.js';

/**
 * Gives an open sync point another last day; null: none any more. A day that has passed already applies the policy
 * with the next look at the timers.
 *
 * @throws DomainError `auth.role-forbidden`, `sync-point.not-found`, `sync-point.ended`, `version.stale`
 */
export async function setSyncDeadline(
  deps: EngineDeps,
  command: CommandContext & Pick<SyncPointWish, 'id' | 'scheme'> & { readonly on: CalendarDate | null },
): Promise<PointRef> {
  requirePermission(command.actor, 'sync-point.place');
  return runCommand(deps, command, async (tx, now) => {
    const point = await getSyncPointForChange(tx, command);
    await moveDeadline(deps, tx, point, { on: command.on, now });
    return { scheme: point.scheme, id: point.id };
  });
}
