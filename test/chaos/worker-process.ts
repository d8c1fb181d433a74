/**
 * A worker in a process of its own, for tests that kill it: takes effects from the queue, says `at work <id>`,
 * and in the mode `hang` never comes back from the work.
 */
import process from 'node:process';
import { startEffectWorker } from '../../src/queue/effect-worker.js';
import { openQueueConnection } from '../../src/queue/queue-connection.js';
import { openTestStore } from '../relay/outbox-fixture.js';

const [databaseUrl = '', redisUrl = '', mode] = process.argv.slice(2);
const CLOSE_DEADLINE_MS = 10_000;

const store = await openTestStore(databaseUrl);
const connection = await openQueueConnection({
  databaseUrl,
  redisUrl: redisUrl === '' ? null : redisUrl,
  log: (line) => console.error(line),
});
const worker = await startEffectWorker({
  connection,
  concurrency: 4,
  handle: async (effect) => {
    console.log(`at work ${effect.id}`);
    if (mode === 'hang-before') await new Promise(() => {});
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
    await store.apply(effect);
    if (mode === 'hang-after') {
      console.log(`applied ${effect.id}`);
      await new Promise(() => {});
    }
  },
  isHopeless: () => false,
  onExhausted: async () => {},
  log: (line) => console.error(line),
});
console.log('ready');

process.once('SIGTERM', () => {
  void (async () => {
    const drained = await worker.close(CLOSE_DEADLINE_MS);
    await connection.close();
    await store.close();
    console.log(drained ? 'drained' : 'left some');
  })();
});
