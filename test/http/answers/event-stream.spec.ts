import { describe, expect, it } from '@jest/globals';
import { eventStream, type StreamState, type Watched } from '../../../src/http/answers/event-stream.js';
import { OPEN_STREAMS_MAX, OpenStreams } from '../../../src/http/answers/open-streams.js';

const FAST = { pollEveryMs: 1, heartbeatEveryMs: 3, lastsMaxMs: 20 };

/** Hands out the states one after the other; null: no news. */
function watching(states: readonly (StreamState | null)[]): Watched {
  let next = 0;
  return { event: 'thing', seenVersion: null, read: async () => states[next++] ?? null };
}

const state = (version: number, isFinal = false): StreamState => ({ version, body: { version }, isFinal });

async function all(stream: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').split('\n\n').slice(0, -1);
}

describe('a stream of events', () => {
  it('says each state once, with its version as the id, and ends after the final one', async () => {
    const stream = eventStream(
      watching([state(1), null, state(4), state(5, true), state(6)]),
      new AbortController(),
    );
    expect(await all(stream)).toEqual([
      'retry: 2000',
      'id: 1\nevent: thing\ndata: {"version":1}',
      'id: 4\nevent: thing\ndata: {"version":4}',
      'id: 5\nevent: thing\ndata: {"version":5}',
    ]);
  });

  it('comments while nothing is new, and ends after a while so that the client has to come again', async () => {
    const said = await all(eventStream(watching([state(1)]), new AbortController(), FAST));
    expect(said.filter((line) => line === ': nothing new').length).toBeGreaterThan(2);
    expect(said.filter((line) => line.startsWith('id:'))).toHaveLength(1);
  });

  it('ends without a word when the state cannot be read any more', async () => {
    const watched: Watched = {
      event: 'thing',
      seenVersion: 3,
      read: () => Promise.reject(new Error('the database is gone')),
    };
    expect(await all(eventStream(watched, new AbortController(), FAST))).toEqual(['retry: 2000']);
  });

  it('ends when it is told to, and tells when its reader has left', async () => {
    const streams = new OpenStreams();
    const slow = { ...FAST, pollEveryMs: 60_000, lastsMaxMs: 600_000 };
    const reading = all(eventStream(watching([]), streams.add(), slow));
    expect(streams.size).toBe(1);
    streams.onModuleDestroy();
    expect([await reading, streams.size]).toEqual([['retry: 2000'], 0]);

    const left = eventStream(watching([]), streams.add(), slow);
    left.resume();
    left.destroy();
    await new Promise((resolve) => left.once('close', resolve));
    expect(streams.size).toBe(0);
  });

  it('is one of a number that one process can bear', () => {
    const streams = new OpenStreams();
    for (let open = 0; open < OPEN_STREAMS_MAX; open += 1) streams.add();
    expect(() => streams.add()).toThrow(expect.objectContaining({ code: 'request.rate-limited' }));
    streams.onModuleDestroy();
    expect(streams.size).toBe(0);
  });
});
