import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeEffectSender } from '../../src/queue/effect-sender.js';
import { startEffectWorker } from '../../src/queue/effect-worker.js';
import type { QueueConnection } from '../../src/queue/queue-connection.js';
import { makeQueuePlace, QUEUE_KINDS, until, type TestQueuePlace } from '../queue/queue-fixture.js';
import { effects, openTestStore, type TestStore } from '../relay/outbox-fixture.js';

const REDIS_DB = 3;
const CLOSE_DEADLINE_MS = 10_000;
/** Only ends a test that hangs: a child is compiled as it starts, and a lost lock takes its time. */
const TEST_MAX_MS = 90_000;

const HOOK = new URL('./swc-hook.mjs', import.meta.url).href;
const SCRIPT = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
}

describe.each(QUEUE_KINDS)('a worker process that ends in the middle of its work on %s', (kind) => {
  let place: TestQueuePlace;
  let store: TestStore;
  let connection: QueueConnection;
  let children: Child[];

  beforeEach(async () => {
    place = await makeQueuePlace(kind, REDIS_DB);
    store = await openTestStore(place.databaseUrl);
    connection = await place.open();
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.process.kill('SIGKILL');
    await connection.close();
    await store.close();
    await place.remove();
  });

  async function startChild(mode: string): Promise<Child> {
    const child = spawn(
      process.execPath,
      ['--import', HOOK, SCRIPT, place.databaseUrl, place.redisUrl ?? '', mode],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const started = { process: child, lines };
    children.push(started);
    await until('the child is ready', () => {
      if (child.exitCode !== null) throw new Error(`the child ended with ${child.exitCode}`);
      return lines.includes('ready');
    });
    return started;
  }

  const count = (child: Child, what: string): number =>
    child.lines.filter((line) => line.startsWith(what)).length;

  it.each([
    ['before its effect is applied', 'hang-before', 'at work'],
    ['after its effect is applied, before the queue knows', 'hang-after', 'applied'],
  ])(
    'killed %s: another worker takes over, and each effect is applied once',
    async (_, mode, mark) => {
      const sent = effects(8);
      await makeEffectSender(connection).send(sent);
      const child = await startChild(mode);
      await until('four effects are at work', () => count(child, mark) === 4);
      child.process.kill('SIGKILL');
      await once(child.process, 'exit');

      const taken: string[] = [];
      const worker = await startEffectWorker({
        connection,
        concurrency: 4,
        handle: async (effect) => {
          taken.push(effect.id);
          await store.apply(effect);
        },
        isHopeless: () => false,
        onExhausted: async () => {},
        log: () => {},
      });
      await until('all are taken', () => taken.length === sent.length);
      expect(await worker.close(CLOSE_DEADLINE_MS)).toBe(true);
      expect((await store.applications()).toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
      expect(taken.toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    },
    TEST_MAX_MS,
  );

  it(
    'told to end: it finishes what is at work, and leaves the rest to others',
    async () => {
      const sent = effects(40);
      await makeEffectSender(connection).send(sent);
      const child = await startChild('slow');
      await until('it is at work', () => count(child, 'at work') > 0);
      child.process.kill('SIGTERM');
      await once(child.process, 'exit');
      expect(child.process.exitCode).toBe(0);
      expect(child.lines.at(-1)).toBe('drained');

      const begun = child.lines.flatMap((line) => /^at work (.*)$/.exec(line)?.[1] ?? []);
      expect((await store.applications()).toSorted()).toEqual(begun.toSorted());
      const counts = await connection.queues.coordination.getJobCounts('active', 'waiting', 'failed');
      expect(counts).toEqual({ active: 0, waiting: sent.length - begun.length, failed: 0 });
    },
    TEST_MAX_MS,
  );
});
