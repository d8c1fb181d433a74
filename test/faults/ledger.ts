import { expect } from '@jest/globals';
import { call, until, type Answer } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { WAIT_MAX_MS } from './extent.js';

/** A command as somebody sends it. `key` marks it everywhere: it is its idempotency key and its note. */
export interface Wish {
  readonly key: string;
  /** Not of one cycle: it leaves no entry in a log that bears its key. */
  readonly unlogged?: true;
  readonly token: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: unknown;
}

/** What was wished, and what was answered: what a person at the other end can insist on. */
export interface Ledger {
  /** Sends a wish, once. Null: no answer, or one that says to try again. */
  send(cordata: CordataProcess, wish: Wish): Promise<Answer | null>;
  /** Sends everything once more under its key: what was answered is answered the same, the rest is answered now. */
  settle(cordata: CordataProcess): Promise<void>;
  /** Keys of the wishes that have left an entry in a log: all that were answered with a decision. */
  decided(): readonly string[];
  readonly acknowledged: () => number;
}

const TRY_AGAIN = 503;
const DECISIONS = [200, 409];

export function makeLedger(): Ledger {
  const wishes = new Map<string, { readonly wish: Wish; answer: Answer | null }>();
  const send = async (cordata: CordataProcess, wish: Wish): Promise<Answer | null> => {
    const entry = wishes.get(wish.key) ?? { wish, answer: null };
    wishes.set(wish.key, entry);
    const answer = await ask(cordata, wish);
    if (answer === null || answer.status === TRY_AGAIN) return null;
    // An internal error is no answer that anybody may be left with.
    expect([wish.key, answer.status, answer.status >= 500 ? answer.body : null]).toEqual([
      wish.key,
      answer.status < 500 ? answer.status : 0,
      null,
    ]);
    entry.answer ??= answer;
    return answer;
  };
  return {
    send,
    async settle(cordata) {
      for (const entry of wishes.values()) {
        const before = entry.answer;
        const again = await until(
          `an answer to ${entry.wish.key}`,
          async () => (await send(cordata, entry.wish)) ?? undefined,
          WAIT_MAX_MS,
        );
        if (before !== null) expect(again).toEqual(before);
      }
    },
    decided: () =>
      [...wishes.values()]
        .filter(
          ({ wish, answer }) =>
            wish.unlogged !== true && answer !== null && DECISIONS.includes(answer.status),
        )
        .map(({ wish }) => wish.key),
    acknowledged: () => [...wishes.values()].filter(({ answer }) => answer !== null).length,
  };
}

/** Null when the connection broke before the answer was complete. */
async function ask(cordata: CordataProcess, wish: Wish): Promise<Answer | null> {
  try {
    return await call(cordata, wish.token, wish);
  } catch {
    return null;
  }
}
