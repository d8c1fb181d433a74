import { until } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { WAIT_MAX_MS } from './extent.js';
import type { Ledger, Wish } from './ledger.js';

/** People who send one wish after the other, at the same time, whatever happens meanwhile. */
export interface Lanes {
  /** Waits until so many more wishes have been answered. */
  more(count: number): Promise<void>;
  /** Waits until so many more wishes have been left without an answer. */
  unanswered(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** After a failure, so that a dead program does not use up all wishes. */
const PAUSE_MS = 50;

/** @param programs whom the lanes ask, in turn */
export function startLanes(
  programs: () => readonly CordataProcess[],
  lanes: { readonly count: number; readonly ledger: Ledger; readonly nextWish: () => Wish },
): Lanes {
  const { count, ledger, nextWish } = lanes;
  let answered = 0;
  let failed = 0;
  const stopped = new AbortController();
  const run = async (lane: number): Promise<void> => {
    while (!stopped.signal.aborted) {
      const all = programs();
      const cordata = all[lane % all.length];
      if (cordata === undefined) throw new Error('no program');
      if ((await ledger.send(cordata, nextWish())) !== null) {
        answered += 1;
        continue;
      }
      failed += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const all = Promise.all(Array.from({ length: count }, (_, lane) => run(lane)));
  // It is told where it is waited for.
  all.catch(() => {});
  const reach = (what: string, target: number, now: () => number) =>
    Promise.race([
      until(what, async () => (now() >= target ? true : undefined), WAIT_MAX_MS),
      all.then(() => true),
    ]);
  return {
    async more(wanted) {
      await reach(`${wanted} more answers`, answered + wanted, () => answered);
    },
    async unanswered(wanted) {
      await reach(`${wanted} wishes without an answer`, failed + wanted, () => failed);
    },
    async stop() {
      stopped.abort();
      await all;
    },
  };
}
