import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** When what is said. */
export interface Pace {
  /** How often the rows are looked at. */
  readonly pollEveryMs: number;
  /** A comment keeps proxies from taking a quiet stream for a dead one. */
  readonly heartbeatEveryMs: number;
  /** After this a client has to come again, and is asked for its token again. */
  readonly lastsMaxMs: number;
}

/** Soon enough for a person who watches a bar grow. */
const PACE: Pace = { pollEveryMs: 500, heartbeatEveryMs: 15_000, lastsMaxMs: 15 * 60_000 };

/** What a client is told to wait before it comes again. */
const RETRY_AFTER_MS = 2_000;

/** One state of the thing that is watched. */
export interface StreamState {
  readonly version: number;
  /** Plain JSON. */
  readonly body: unknown;
  /** Nothing changes any more. */
  readonly isFinal: boolean;
}

/** What is watched, and how it is read. */
export interface Watched {
  /** Name of the events. */
  readonly event: string;
  /** The version that the client has seen; null: none. */
  readonly seenVersion: number | null;
  /** The state, if it is not of the version that was seen; null: no news. */
  read(seenVersion: number | null): Promise<StreamState | null>;
}

/**
 * Server-sent events (WHATWG HTML, 9.2) of a thing that changes: its state now, and again whenever its version has
 * changed, each with the version as the event's id, so that a client that comes back misses nothing but states that
 * are past. Ends after the final state, when it is told to, after a while, and when the state cannot be read: the
 * client comes again.
 */
export function eventStream(watched: Watched, controller: AbortController, pace = PACE): Readable {
  const stream = Readable.from(events(watched, controller.signal, pace), { objectMode: false });
  stream.once('close', () => controller.abort());
  return stream;
}

async function* events(
  { event, seenVersion, read }: Watched,
  signal: AbortSignal,
  { pollEveryMs, heartbeatEveryMs, lastsMaxMs }: Pace,
): AsyncGenerator<string, void> {
  let seen = seenVersion;
  let quietMs = 0;
  yield `retry: ${RETRY_AFTER_MS}\n\n`;
  for (let ageMs = 0; ageMs < lastsMaxMs && !signal.aborted; ageMs += pollEveryMs) {
    const state = await readOrNothing(() => read(seen));
    if (state === 'unreadable') return;
    if (state !== null) {
      yield `id: ${state.version}\nevent: ${event}\ndata: ${JSON.stringify(state.body)}\n\n`;
      if (state.isFinal) return;
      seen = state.version;
      quietMs = 0;
    } else if (quietMs >= heartbeatEveryMs) {
      yield ': nothing new\n\n';
      quietMs = 0;
    }
    if (!(await pause(pollEveryMs, signal))) return;
    quietMs += pollEveryMs;
  }
}

/** The head of the answer has been sent: a problem document can no longer be. */
async function readOrNothing(
  read: () => Promise<StreamState | null>,
): Promise<StreamState | null | 'unreadable'> {
  try {
    return await read();
  } catch {
    return 'unreadable';
  }
}

/** False when the stream is to end. */
async function pause(forMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(forMs, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
