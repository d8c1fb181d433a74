import type { SyncDeadlineEffect } from '../../core/terms/effect.js';
import { lockSyncPoint } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { stepSyncPoint } from './step-sync-point.js';

/** The last day of a sync point has passed: its policy is applied, once, unless the day has been changed since. */
export async function passDeadline(
  deps: EngineDeps,
  effectId: string,
  { scheme, syncPoint, on }: SyncDeadlineEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-deadline' }, async (tx, now) => {
    const point = await lockSyncPoint(tx, scheme, syncPoint);
    if (point === null || point.deadlineOn !== on) return;
    await stepSyncPoint(deps, tx, point, { event: { type: 'deadline' }, region: null, now });
  });
}
