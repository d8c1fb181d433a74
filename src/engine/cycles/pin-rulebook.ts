import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';

/** Why a cycle goes by another version from now on. */
export type PinCause = 'stage-entered' | 'moved' | 'emergency-ended';

/** Pins a locked cycle to another version of its rulebook, and logs it. */
export async function pinRulebook(
  tx: Tx,
  cycle: CycleRow,
  to: { readonly version: number; readonly hash: string },
  why: {
    readonly actor: Actor;
    readonly at: Instant;
    readonly cause: PinCause;
    /** Null where the cause says it all. */
    readonly reason: string | null;
  },
): Promise<void> {
  const from = { version: cycle.rulebookVersion, hash: cycle.rulebookHash };
  await changeCycle(tx, cycle, {
    rulebookVersion: to.version,
    rulebookHash: to.hash,
    changedAt: why.at,
  });
  await appendLog(tx, cycle, {
    kind: 'rulebook',
    actor: why.actor,
    at: why.at,
    details: { cause: why.cause, reason: why.reason, from, to: { version: to.version, hash: to.hash } },
  });
}
