import type { EffectPayload } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { noteEffect } from '../../store/journal.js';
import { addEffect } from '../../store/outbox-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** Records in this transaction that something must follow it. */
export async function recordEffect(
  deps: EngineDeps,
  tx: Tx,
  payload: EffectPayload,
  at: Instant,
): Promise<void> {
  const id = deps.newId();
  await addEffect(tx, { id, payload }, at);
  const cycleId = 'cycleId' in payload ? payload.cycleId : null;
  if (cycleId !== null && cycleId !== undefined) noteEffect(tx, cycleId, { id, type: payload.type });
}
