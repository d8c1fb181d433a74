import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findCall, listCallRegions, type CallRegionRow, type CallRow } from '../../store/call-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { getCall, type CallRef } from './find-call.js';

/** A call whose cycle this transaction has locked. */
export interface CallWork {
  readonly call: CallRow;
  /** Every region that is or was in it, by NUTS code. */
  readonly parts: readonly CallRegionRow[];
  readonly picture: CyclePicture;
  readonly actor: Actor;
}

/**
 * The call with its cycle locked until the transaction ends: only so are its joint part and its regions' parts changed.
 *
 * @throws DomainError `call.not-found`; `cycle.ended` for one that was reviewed or cancelled
 */
export async function callForChange(
  deps: EngineDeps,
  tx: Tx,
  now: Instant,
  command: CallRef & { readonly actor: Actor },
): Promise<CallWork> {
  const { scheme, key, cycleId } = await getCall(tx, command);
  const cycle = await lockCycle(tx, cycleId);
  const call = await findCall(tx, scheme, key);
  if (cycle === null || call === null) throw new DomainError('call.not-found', { scheme, key });
  if (cycle.status === 'closed' || cycle.status === 'withdrawn') {
    throw new DomainError('cycle.ended', { cycle: cycle.id, status: cycle.status });
  }
  return {
    call,
    actor: command.actor,
    parts: await listCallRegions(tx, call),
    picture: await takePicture(deps, tx, cycle, now),
  };
}

/** @param expected of the record that is changed; null when any will do. @throws DomainError `version.stale` */
export function requireVersion(expected: number | null, current: number): void {
  if (expected !== null && expected !== current)
    throw new DomainError('version.stale', { expected, current });
}

/** @throws DomainError `call.not-possible` naming where the call would have to stand */
export function requireStage({ picture }: CallWork, stages: readonly string[], reason: string): void {
  const { stage } = picture.cycle;
  if (!stages.includes(stage)) throw new DomainError('call.not-possible', { reason, stage, stages });
}

/** A region's part. @throws DomainError `call.region-not-in` where it takes no part, or no more */
export function partIn({ parts, call }: Pick<CallWork, 'parts' | 'call'>, region: string): CallRegionRow {
  const part = parts.find((one) => one.region === region && one.state === 'in');
  if (part === undefined) throw new DomainError('call.region-not-in', { region, call: call.key });
  return part;
}
