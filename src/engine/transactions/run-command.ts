import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { keepAnswer, takeIdempotencyKey } from '../../store/idempotency-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** What comes with every command, whatever it wishes. */
export interface CommandContext {
  readonly actor: Actor;
  /** The version that the caller has seen (`If-Match`); null when it did not say. */
  readonly expectedVersion: number | null;
  /** The caller's key for this wish, and a hash of the wish; null when it gave none. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
}

/**
 * Runs one command in one transaction: the answer is given after the commit, and kept with the idempotency key
 * so that the same wish gets the same answer without a second effect. The answer must be plain JSON.
 *
 * @throws DomainError `idempotency.key-reused` when the key came with another wish before
 */
export async function runCommand<Answer>(
  deps: EngineDeps,
  context: CommandContext,
  work: (tx: Tx, now: Instant) => Promise<Answer>,
): Promise<Answer> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    if (context.idempotency === null) return work(tx, now);

    const { key, fingerprint } = context.idempotency;
    const before = await takeIdempotencyKey(tx, { accountId: context.actor.id, key, fingerprint, at: now });
    if (before !== null) {
      if (before.fingerprint !== fingerprint) throw new DomainError('idempotency.key-reused', { key });
      return before.answer as Answer;
    }
    const answer = await work(tx, now);
    await tx.flush();
    await keepAnswer(tx, context.actor.id, key, answer);
    return answer;
  });
}
