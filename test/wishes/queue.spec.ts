import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { recordDeadLetter } from '../../src/engine/effects/record-dead-letter.js';
import { retryDeadLetter } from '../../src/engine/effects/retry-dead-letter.js';
import { makeEffectSender } from '../../src/queue/effect-sender.js';
import { startEffectWorker, type EffectWorker } from '../../src/queue/effect-worker.js';
import { jobOptions, QUEUE_POLICIES } from '../../src/queue/queue-catalog.js';
import type { QueueConnection } from '../../src/queue/queue-connection.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { RESEND_AFTER_MS } from '../../src/relay/move-effects.js';
import { openDatabase } from '../../src/store/database.js';
import { addEffect } from '../../src/store/outbox-store.js';
import { startWireProxy } from '../faults/wire-proxy.js';
import { makeQueuePlace, QUEUE_KINDS, until, type TestQueuePlace } from '../queue/queue-fixture.js';
import { effects, makeMachineTime, now, openTestStore, type TestStore } from '../relay/outbox-fixture.js';
import { by, openTestEngine } from '../support/engine.js';

const REDIS_DB = 6;
const CLOSE_DEADLINE_MS = 10_000;

/** What users of other queues wish for: `wishes C19 to C26`, each with its source in the field study. */
describe.each(QUEUE_KINDS)('wishes about the queue, on %s', (kind) => {
  let place: TestQueuePlace;
  let store: TestStore;
  let connection: QueueConnection;
  let workers: EffectWorker[];
  let deliveries: string[];
  let time: ReturnType<typeof makeMachineTime>;

  beforeEach(async () => {
    place = await makeQueuePlace(kind, REDIS_DB);
    store = await openTestStore(place.databaseUrl);
    connection = await place.open();
    workers = [];
    deliveries = [];
    time = makeMachineTime();
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close(CLOSE_DEADLINE_MS)));
    await connection.close();
    await store.close();
    await place.remove();
  });

  async function work(handle: (id: string) => Promise<unknown>): Promise<EffectWorker> {
    const worker = await startEffectWorker({
      connection,
      concurrency: 4,
      handle: async ({ id }) => {
        deliveries.push(id);
        await handle(id);
      },
      isHopeless: () => false,
      onExhausted: async () => {},
      log: () => {},
    });
    workers.push(worker);
    return worker;
  }
  const apply = (id: string) => store.apply({ id, payload: {} });
  const sweep = () =>
    drainOnce(
      {
        database: store.database,
        sender: makeEffectSender(connection),
        clock: { now: async () => now() },
        machineNow: time.now,
      },
      { sweep: true },
    );
  const applied = (wanted: number) => async () => (await store.applications()).length >= wanted;

  it('C19 stalled jobs run twice: the second run finds the receipt of the first, also at the same moment', async () => {
    const id = randomUUID();
    const outcomes = await Promise.all([1, 2, 3].map(() => apply(id)));
    expect(outcomes.toSorted()).toEqual(['applied', 'duplicate', 'duplicate']);
    expect(await store.applications()).toEqual([id]);
  });

  it('C20 delayed jobs stop after a disconnect: the queue is a hint only, and what it has lost is sent again', async () => {
    await store.record(effects(3));
    await sweep();
    await connection.queues.coordination.obliterate({ force: true });
    await work(apply);
    time.advance(RESEND_AFTER_MS + 1_000);
    await sweep();
    await until('all are applied', applied(3));
    for (const policy of Object.values(QUEUE_POLICIES))
      expect(jobOptions(policy)).not.toHaveProperty('delay');
  });

  it('C21 workers do not listen again after a cut: ours take the next job', async () => {
    await work(apply);
    for (let round = 1; round <= 3; round += 1) {
      await place.cut();
      await store.record(effects(1));
      await until('it can be sent', async () => {
        try {
          return (await sweep()).effectsSent >= 0;
        } catch {
          return false;
        }
      });
      await until('it is applied', applied(round));
    }
  });

  it("C22 no enqueue inside the caller's transaction: an effect is a row of it, and stays or goes with it", async () => {
    const [kept, lost] = effects(2);
    if (kept === undefined || lost === undefined) throw new Error('two were made');
    await store.database.transact((tx) => addEffect(tx, kept, now()));
    const failing = store.database.transact(async (tx) => {
      await addEffect(tx, lost, now());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await work(apply);
    await sweep();
    await until('the first is applied', applied(1));
    expect(await store.applications()).toEqual([kept.id]);
  });

  it('C23 a custom job id drops work silently: a job that is finished makes room for its namesake', async () => {
    const [effect] = effects(1);
    if (effect === undefined) throw new Error('one was made');
    const sender = makeEffectSender(connection);
    await work(async () => {});
    await sender.send([effect]);
    await until('it is delivered', () => deliveries.length === 1);
    await until('it is finished', async () => {
      return (await connection.queues.coordination.getJobState(effect.id)) === 'completed';
    });
    await sender.resend([effect]);
    await until('it is delivered again', () => deliveries.length === 2);
  });

  it('C24 orphan keys block work: there are none, and what has died can be sent again', async () => {
    for (const policy of Object.values(QUEUE_POLICIES))
      expect(jobOptions(policy)).not.toHaveProperty('deduplication');
    const [effect] = effects(1);
    if (effect === undefined) throw new Error('one was made');
    const deps = {
      database: store.database,
      catalog: { workflows: [], rulebooks: [] } as never,
      clock: { now: async () => now() },
      newId: randomUUID,
    };
    await store.record([effect]);
    await sweep();
    await recordDeadLetter(deps, { effect, reason: 'dead', attempts: 9 });
    await retryDeadLetter(deps, { ...by(SYSTEM_ACTOR), effectId: effect.id });
    await work(apply);
    await sweep();
    await until('it is applied', applied(1));
  });

  it('C25 a shutdown cuts the job at work: ours waits for it, and takes no other', async () => {
    const gate = Promise.withResolvers<void>();
    const worker = await work(async (id) => {
      await gate.promise;
      await apply(id);
    });
    await store.record(effects(1));
    await sweep();
    await until('it is at work', () => deliveries.length === 1);
    const closing = worker.close(CLOSE_DEADLINE_MS);
    await store.record(effects(1));
    await sweep();
    gate.resolve();
    expect(await closing).toBe(true);
    expect(await store.applications()).toEqual(deliveries);
  });
});

describe('wishes about the queue, whatever it lives in', () => {
  it('C26 NOTIFY takes a global lock at commit: no transaction of a transition sends one', async () => {
    const engine = await openTestEngine();
    const proxy = await startWireProxy(Number(new URL(engine.url).port));
    const seen: string[] = [];
    proxy.rule(({ text }) => {
      seen.push(text);
      return 'pass';
    });
    const database = await openDatabase(proxy.through(engine.url));
    const wish = { ...by(engine.coordinator), cycleId: engine.cycle('AT32'), note: null, decidedOn: null };
    expect((await suspendCycle({ ...engine.deps, database }, wish)).kind).toBe('moved');
    expect(seen.some((text) => text.startsWith('insert into outbox'))).toBe(true);
    expect(seen.filter((text) => /notify/i.test(text))).toEqual([]);
    const triggers = await engine.deps.database.read((tx) =>
      tx.execute<{ name: string }[]>(
        `select t.tgname as name from pg_trigger t join pg_proc f on f.oid = t.tgfoid
         where not t.tgisinternal and f.prosrc ~* 'notify'`,
      ),
    );
    expect(triggers).toEqual([]);
    await database.close();
    await proxy.close();
    await engine.close();
  });
});
