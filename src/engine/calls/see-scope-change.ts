import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { ScopeReleasedEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { findCall, listCallRegions } from '../../store/call-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { PACKAGE_POINT } from './call-dates.js';
import { dropLateRegions } from './drop-late-regions.js';

/**
 * What becomes of a call when its sync points change: a region that the point of the package has dropped for being late
 * leaves, if its part is still not complete. Nothing else follows from a release: the gates ask for themselves.
 */
export async function seeCallScopeChange(
  deps: EngineDeps,
  tx: Tx,
  { scheme, scope, template, change, regions }: ScopeReleasedEffect,
  now: Instant,
): Promise<void> {
  if (change !== 'dropped' || template !== PACKAGE_POINT) return;
  const found = await findCall(tx, scheme, scope.key);
  const cycle = found === null ? null : await lockCycle(tx, found.cycleId);
  const call = await findCall(tx, scheme, scope.key);
  if (cycle === null || call === null) return;
  if (cycle.status !== 'active' && cycle.status !== 'suspended') return;
  const picture = await takePicture(deps, tx, cycle, now);
  const work = { call, picture, actor: SYSTEM_ACTOR, parts: await listCallRegions(tx, call) };
  await dropLateRegions(deps, tx, work, regions);
}
