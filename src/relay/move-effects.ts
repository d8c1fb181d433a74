import { DomainError } from '../core/terms/domain-error.js';
import { instantFromMs, instantToMs, type Instant } from '../core/terms/instant.js';
import { settleWithin } from '../queue/settle-within.js';
import { claimEffects, markSent, releaseEffects, type ClaimedEffect } from '../store/outbox-store.js';
import type { RelayDeps } from './relay-deps.js';

export const BATCH_EFFECTS_MAX = 100;
/** Sending ends before the lease does, so that a living relay is not taken for a dead one. */
const SEND_DEADLINE_MS = 10_000;
export const LEASE_MS = 15_000;
/** An effect without a receipt for so long after it was sent is looked for, in case the queue has lost it. */
export const RESEND_AFTER_MS = 60_000;

/**
 * Moves one batch of effects from the outbox to the queues; gives how many. With `sweep` the batch also takes
 * effects that were sent at least RESEND_AFTER_MS ago and have no receipt.
 *
 * Claiming and marking are two short transactions, sending stands between them. Wherever it stops, the effect
 * is sent again: the queue knows its id, and the receipt makes a second delivery harmless.
 *
 * @throws DomainError `queue.unreachable` (later), or what the queue or the database says
 */
export async function moveEffects(deps: RelayDeps, { sweep }: { readonly sweep: boolean }): Promise<number> {
  const { claimed, leasedUntil } = await claim(deps, sweep);
  if (claimed.length === 0) return 0;
  const ids = claimed.map(({ id }) => id);
  try {
    await send(deps, claimed);
  } catch (error) {
    await release(deps, ids, leasedUntil);
    throw error;
  }
  await deps.database.transact(async (tx) => markSent(tx, ids, await deps.machineNow(tx)));
  return claimed.length;
}

async function claim(
  deps: RelayDeps,
  sweep: boolean,
): Promise<{ readonly claimed: readonly ClaimedEffect[]; readonly leasedUntil: Instant }> {
  return deps.database.transact(async (tx) => {
    const now = await deps.machineNow(tx);
    const nowMs = instantToMs(now);
    const leasedUntil = instantFromMs(nowMs + LEASE_MS);
    const resendBefore = sweep ? instantFromMs(nowMs - RESEND_AFTER_MS) : null;
    const claimed = await claimEffects(tx, { limit: BATCH_EFFECTS_MAX, now, leasedUntil, resendBefore });
    return { claimed, leasedUntil };
  });
}

async function send({ sender }: RelayDeps, claimed: readonly ClaimedEffect[]): Promise<void> {
  const sending = (async () => {
    await sender.resend(claimed.filter(({ sends }) => sends > 0));
    await sender.send(claimed.filter(({ sends }) => sends === 0));
  })();
  if (!(await settleWithin(sending, SEND_DEADLINE_MS))) {
    throw new DomainError('queue.unreachable', { reason: `not sent within ${SEND_DEADLINE_MS} ms` }, 'later');
  }
}

/** Without this, the batch behind would be sent first once the queue is back. */
async function release(deps: RelayDeps, ids: readonly string[], leasedUntil: Instant): Promise<void> {
  try {
    await deps.database.transact((tx) => releaseEffects(tx, ids, leasedUntil));
  } catch {
    // The database is away too. The lease runs out by itself; what made the sending fail is the news.
  }
}
