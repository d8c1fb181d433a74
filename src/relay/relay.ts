import { instantFromMs, instantToMs } from '../core/terms/instant.js';
import { pruneOutbox } from '../store/outbox-store.js';
import { BATCH_TIMERS_MAX, fireDueTimers } from './fire-due-timers.js';
import { BATCH_EFFECTS_MAX, moveEffects } from './move-effects.js';
import type { RelayDeps } from './relay-deps.js';

const POLL_MS = 250;
/** Longest pause between two tries while the queue or the database is away. */
const BACKOFF_MAX_MS = 5_000;
const SWEEP_EVERY_MS = 5_000;
const PRUNE_EVERY_MS = 60_000;
/** Applied effects stay in the outbox for a look; their receipts stay for ever. */
const APPLIED_KEPT_MS = 3_600_000;
const PRUNED_ROWS_MAX = 5_000;

export interface RelayOptions extends RelayDeps {
  readonly log: (line: string) => void;
  /** Pause between two looks into the outbox, in milliseconds; 250 when not given. */
  readonly pollMs?: number;
}

export interface Relay {
  /** Something was recorded: look now. A hint only; without it the next look comes by itself. */
  wake(): void;
  /** Resolves when the batch in hand is done; what waits stays in the outbox. */
  stop(): Promise<void>;
}

/**
 * Starts moving effects from the outbox to the queues and firing timers, until it is stopped. No failure ends
 * it: it tries again with growing pauses. Any number of relays may run at once.
 */
export function startRelay(options: RelayOptions): Relay {
  const pollMs = options.pollMs ?? POLL_MS;
  const pause = makePause();
  // Not the machine's clock: set back, it would put off the next sweep by as much.
  const nowMs = (): number => performance.now();
  let failures = 0;
  let sweepAtMs = nowMs();
  let pruneAtMs = nowMs();

  /** One batch of timers and one of effects; whether there may be more. */
  const turn = async (): Promise<boolean> => {
    const fired = await fireDueTimers(options);
    const sweep = nowMs() >= sweepAtMs;
    const sent = await moveEffects(options, { sweep });
    const more = fired === BATCH_TIMERS_MAX || sent === BATCH_EFFECTS_MAX;
    if (sweep && !more) sweepAtMs = nowMs() + SWEEP_EVERY_MS;
    if (nowMs() >= pruneAtMs) {
      await options.database.transact(async (tx) => {
        const before = instantFromMs(instantToMs(await options.machineNow(tx)) - APPLIED_KEPT_MS);
        await pruneOutbox(tx, before, PRUNED_ROWS_MAX);
      });
      pruneAtMs = nowMs() + PRUNE_EVERY_MS;
    }
    return more;
  };

  const run = async (): Promise<void> => {
    while (!pause.ended()) {
      try {
        const more = await turn();
        if (failures > 0) options.log(`relay: works again after ${failures} failures`);
        failures = 0;
        if (!more) await pause.wait(pollMs);
      } catch (error) {
        failures += 1;
        options.log(`relay: failure ${failures}: ${String(error)}`);
        await pause.rest(Math.min(pollMs * 2 ** failures, BACKOFF_MAX_MS));
      }
    }
  };
  const running = run();
  return {
    wake: pause.wake,
    async stop() {
      pause.end();
      await running;
    },
  };
}

/**
 * `wait` ends early when woken, before it or during it; `rest`, while something is away, does not. After `end`
 * neither waits.
 */
function makePause() {
  let woken = false;
  let ended = false;
  let cut: (() => void) | null = null;
  let cutByWake = false;
  const sleep = async (ms: number): Promise<void> => {
    if (ended) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      cut = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    cut = null;
  };
  return {
    wake(): void {
      woken = true;
      if (cutByWake) cut?.();
    },
    end(): void {
      ended = true;
      cut?.();
    },
    ended: () => ended,
    async wait(ms: number): Promise<void> {
      cutByWake = true;
      if (!woken) await sleep(ms);
      cutByWake = false;
      woken = false;
    },
    rest: sleep,
  };
}
