import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instantFromMs } from '../../src/core/terms/instant.js';
import { makeEffectSender, type EffectSender } from '../../src/queue/effect-sender.js';
import { startEffectWorker, type EffectWorker } from '../../src/queue/effect-worker.js';
import type { QueueConnection } from '../../src/queue/queue-connection.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { LEASE_MS, RESEND_AFTER_MS } from '../../src/relay/move-effects.js';
import { startRelay } from '../../src/relay/relay.js';
import { claimEffects } from '../../src/store/outbox-store.js';
import { makeQueuePlace, QUEUE_KINDS, until, type TestQueuePlace } from '../queue/queue-fixture.js';
import { effects, makeMachineTime, now, openTestStore, type TestStore } from '../relay/outbox-fixture.js';

const REDIS_DB = 2;
const CLOSE_DEADLINE_MS = 10_000;

describe.each(QUEUE_KINDS)('what may happen between the outbox and the queue on %s', (kind) => {
  let place: TestQueuePlace;
  let store: TestStore;
  let connection: QueueConnection;
  let sender: EffectSender;
  let time: ReturnType<typeof makeMachineTime>;
  let workers: EffectWorker[];
  let deliveries: string[];

  beforeEach(async () => {
    place = await makeQueuePlace(kind, REDIS_DB);
    store = await openTestStore(place.databaseUrl);
    connection = await place.open();
    sender = makeEffectSender(connection);
    time = makeMachineTime();
    workers = [];
    deliveries = [];
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close(CLOSE_DEADLINE_MS)));
    await connection.close();
    await store.close();
    await place.remove();
  });

  const relayDeps = () => ({
    database: store.database,
    sender,
    clock: { now: async () => now() },
    machineNow: time.now,
  });

  async function work(): Promise<void> {
    const worker = await startEffectWorker({
      connection,
      concurrency: 4,
      handle: async (effect) => {
        deliveries.push(effect.id);
        await store.apply(effect);
      },
      isHopeless: () => false,
      onExhausted: async () => {},
      log: () => {},
    });
    workers.push(worker);
  }

  const applied = (count: number) => async () => (await store.applications()).length >= count;

  /** What a relay leaves behind that dies after the queue has the effects and before they are marked. */
  async function sendWithoutMark(): Promise<number> {
    const claimed = await store.database.transact((tx) =>
      claimEffects(tx, {
        limit: 100,
        now: time.now(),
        leasedUntil: instantFromMs(Date.parse(time.now()) + LEASE_MS),
        resendBefore: null,
      }),
    );
    await sender.send(claimed);
    return claimed.length;
  }

  it('applies an effect once when the relay died before it could mark it, and the job still waits', async () => {
    const recorded = effects(3);
    await store.record(recorded);
    expect(await sendWithoutMark()).toBe(3);
    time.advance(LEASE_MS + 1_000);
    expect((await drainOnce(relayDeps(), { sweep: true })).effectsSent).toBe(3);
    await work();
    await until('all are applied', applied(3));
    expect((await store.applications()).toSorted()).toEqual(recorded.map(({ id }) => id).toSorted());
    expect(deliveries).toHaveLength(3);
  });

  it('applies an effect once when the relay died before it could mark it, and the job is done and gone', async () => {
    const recorded = effects(3);
    await store.record(recorded);
    await sendWithoutMark();
    await work();
    await until('all are applied', applied(3));
    await until('nothing is at work', async () => {
      const { active } = await connection.queues.coordination.getJobCounts('active');
      return active === 0;
    });
    await connection.queues.coordination.obliterate({ force: true });
    time.advance(LEASE_MS + 1_000);
    expect((await drainOnce(relayDeps(), { sweep: true })).effectsSent).toBe(3);
    await until('all are delivered twice', () => deliveries.length === 6);
    await until('no job is left', async () => {
      const { waiting, active } = await connection.queues.coordination.getJobCounts('waiting', 'active');
      return waiting === 0 && active === 0;
    });
    expect(await store.applications()).toHaveLength(3);
  });

  it('applies each effect once when two relays and two workers race over many', async () => {
    const recorded = effects(300);
    const relays = [0, 1].map(() => startRelay({ ...relayDeps(), pollMs: 1, log: () => {} }));
    await Promise.all([work(), work()]);
    for (let index = 0; index < recorded.length; index += 20)
      await store.record(recorded.slice(index, index + 20));
    await until('all are applied', applied(recorded.length));
    await Promise.all(relays.map((relay) => relay.stop()));
    expect((await store.applications()).toSorted()).toEqual(recorded.map(({ id }) => id).toSorted());
    expect(deliveries).toHaveLength(recorded.length);
    for (const row of await store.outbox())
      expect(row).toMatchObject({ sent: true, leased: false, sends: 1 });
  });

  it('sends again what was in the queue when somebody emptied it', async () => {
    const recorded = effects(5);
    await store.record(recorded);
    await drainOnce(relayDeps(), { sweep: true });
    await connection.queues.coordination.obliterate({ force: true });
    await work();
    expect((await drainOnce(relayDeps(), { sweep: true })).effectsSent).toBe(0);
    time.advance(RESEND_AFTER_MS + 1_000);
    expect((await drainOnce(relayDeps(), { sweep: true })).effectsSent).toBe(5);
    await until('all are applied', applied(5));
    expect(await store.applications()).toEqual(expect.arrayContaining(recorded.map(({ id }) => id)));
  });

  it('finishes every effect although its connections are cut again and again', async () => {
    const recorded = effects(200);
    const relay = startRelay({ ...relayDeps(), pollMs: 5, log: () => {} });
    await work();
    for (let index = 0; index < recorded.length; index += 50) {
      await store.record(recorded.slice(index, index + 50));
      await place.cut();
    }
    await until('all are applied', applied(recorded.length));
    await relay.stop();
    expect((await store.applications()).toSorted()).toEqual(recorded.map(({ id }) => id).toSorted());
  });
});
