import type { SyncRestEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { listMilestones } from '../../store/milestone-store.js';
import { lastSuspendedAt } from '../../store/suspension-store.js';
import { lockSyncPointsOf } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { stepSyncPoint } from './step-sync-point.js';

/**
 * A region rests or goes on: what it is at each sync point follows from its cycle as it stands now, not from which of
 * the two the effect told of, so a late one changes nothing. One that rests is not waited for, unless it had reached
 * the milestone before; one that goes on is waited for again, or has arrived if it reached the milestone while it
 * rested. Every sync point that is still shut is judged again; nobody begins to
 * rest at one that has been released. A cycle that has ended is none of this: it has left.
 */
export async function restSyncPoints(
  deps: EngineDeps,
  effectId: string,
  effect: SyncRestEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-rest' }, async (tx, now) => {
    const cycle = await lockCycle(tx, effect.cycleId);
    if (cycle === null || (cycle.status !== 'active' && cycle.status !== 'suspended')) return;
    const since = cycle.status === 'suspended' ? ((await lastSuspendedAt(tx, cycle.id)) ?? now) : null;
    const reached = await firstReached(tx, cycle);
    const { scheme, region } = effect;
    for (const point of await lockSyncPointsOf(tx, scheme, region, null)) {
      const reachedAt = reached.get(point.milestone) ?? null;
      const event =
        since === null
          ? ({ type: 'resume', at: now, reachedAt } as const)
          : ({ type: 'rest', at: since, reachedAt } as const);
      await stepSyncPoint(deps, tx, point, { event, region, now });
    }
  });
}

/** When the cycle first reached each milestone, in whichever of its numbers. */
async function firstReached(tx: Tx, cycle: CycleRow): Promise<ReadonlyMap<string, Instant>> {
  const reached = new Map<string, Instant>();
  for (const { milestone, reachedAt } of await listMilestones(tx, cycle.id)) {
    const before = reached.get(milestone);
    if (before === undefined || reachedAt < before) reached.set(milestone, reachedAt);
  }
  return reached;
}
