import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '../../src/core/terms/effect.js';
import type { EffectSender } from '../../src/queue/effect-sender.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { BATCH_EFFECTS_MAX, LEASE_MS, moveEffects, RESEND_AFTER_MS } from '../../src/relay/move-effects.js';
import type { RelayDeps } from '../../src/relay/relay-deps.js';
import { startRelay } from '../../src/relay/relay.js';
import { addDeadLetter, markRetried } from '../../src/store/dead-letter-store.js';
import { claimEffects, resendEffect } from '../../src/store/outbox-store.js';
import { until } from '../queue/queue-fixture.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { effects, makeMachineTime, now, openTestStore, type TestStore } from './outbox-fixture.js';

/** A queue that only notes what reaches it, and can be away: the relay must not know more of one. */
function makeNotingSender() {
  const sent: string[] = [];
  const resent: string[] = [];
  const state = { away: false, tries: 0 };
  const take = (into: string[]) => async (batch: readonly Effect[]) => {
    if (batch.length === 0) return;
    state.tries += 1;
    if (state.away) throw new Error('the queue is away');
    into.push(...batch.map(({ id }) => id));
  };
  const sender: EffectSender = { send: take(sent), resend: take(resent) };
  return { sender, sent, resent, state };
}

const idsOf = (batch: readonly Effect[]): readonly string[] => batch.map(({ id }) => id);

describe('the relay', () => {
  let testDatabase: TestDatabase;
  let store: TestStore;
  let time: ReturnType<typeof makeMachineTime>;
  let queue: ReturnType<typeof makeNotingSender>;
  let deps: RelayDeps;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    store = await openTestStore(testDatabase.url);
    time = makeMachineTime();
    queue = makeNotingSender();
    deps = {
      database: store.database,
      sender: queue.sender,
      clock: { now: async () => now() },
      machineNow: time.now,
    };
  });

  afterEach(async () => {
    await store.close();
    await testDatabase.drop();
  });

  it('sends every effect once, in the order in which they were recorded', async () => {
    const recorded = effects(2 * BATCH_EFFECTS_MAX + 5);
    await store.record(recorded);
    expect(await drainOnce(deps, { sweep: true })).toEqual({ timersFired: 0, effectsSent: recorded.length });
    expect(queue.sent).toEqual(idsOf(recorded));
    expect(await drainOnce(deps, { sweep: true })).toEqual({ timersFired: 0, effectsSent: 0 });
    expect(queue.resent).toEqual([]);
    for (const row of await store.outbox())
      expect(row).toMatchObject({ sent: true, leased: false, sends: 1 });
  });

  it('moves one batch at a time', async () => {
    await store.record(effects(BATCH_EFFECTS_MAX + 1));
    expect(await moveEffects(deps, { sweep: false })).toBe(BATCH_EFFECTS_MAX);
    expect(await moveEffects(deps, { sweep: false })).toBe(1);
  });

  it('leaves alone what another relay has claimed, until the lease of that one has run out', async () => {
    const recorded = effects(3);
    await store.record(recorded);
    const claimedAt = Date.parse(time.now());
    await store.database.transact((tx) =>
      claimEffects(tx, {
        limit: 2,
        now: time.now(),
        leasedUntil: new Date(claimedAt + LEASE_MS).toISOString() as ReturnType<typeof now>,
        resendBefore: null,
      }),
    );
    await drainOnce(deps, { sweep: true });
    expect(queue.sent).toEqual(idsOf(recorded.slice(2)));
    time.advance(LEASE_MS + 1_000);
    await drainOnce(deps, { sweep: true });
    expect(queue.sent).toEqual(idsOf([...recorded.slice(2), ...recorded.slice(0, 2)]));
  });

  it('gives a batch back when the queue is away, and sends it first when the queue is back', async () => {
    const recorded = effects(BATCH_EFFECTS_MAX + 2);
    await store.record(recorded);
    queue.state.away = true;
    await expect(moveEffects(deps, { sweep: false })).rejects.toThrow('the queue is away');
    for (const row of await store.outbox())
      expect(row).toMatchObject({ sent: false, leased: false, sends: 0 });
    queue.state.away = false;
    await drainOnce(deps, { sweep: false });
    expect(queue.sent).toEqual(idsOf(recorded));
  });

  it('sends an effect again that has no receipt long after it was sent, but only when it sweeps', async () => {
    const [applied, dead, lost, fresh] = effects(4) as [Effect, Effect, Effect, Effect];
    await store.record([applied, dead, lost]);
    await drainOnce(deps, { sweep: true });
    await store.apply(applied);
    await store.database.transact((tx) =>
      addDeadLetter(tx, { effect: dead, reason: 'no', attempts: 1, at: now() }),
    );

    time.advance(RESEND_AFTER_MS - 10_000);
    expect((await drainOnce(deps, { sweep: true })).effectsSent).toBe(0);
    time.advance(20_000);
    expect((await drainOnce(deps, { sweep: false })).effectsSent).toBe(0);
    await store.record([fresh]);
    expect((await drainOnce(deps, { sweep: true })).effectsSent).toBe(2);
    expect(queue.resent).toEqual([lost.id]);
    expect(queue.sent.at(-1)).toBe(fresh.id);
    expect((await drainOnce(deps, { sweep: true })).effectsSent).toBe(0);
  });

  it('sends a dead letter once more when it is retried', async () => {
    const [dead] = effects(1) as [Effect];
    await store.record([dead]);
    await drainOnce(deps, { sweep: true });
    await store.database.transact((tx) =>
      addDeadLetter(tx, { effect: dead, reason: 'no', attempts: 1, at: now() }),
    );
    await store.database.transact(async (tx) => {
      await markRetried(tx, dead.id, now());
      await resendEffect(tx, dead.id);
    });
    await drainOnce(deps, { sweep: false });
    expect(queue.resent).toEqual([dead.id]);
  });

  it('never sends what was not committed', async () => {
    const recorded = effects(1);
    const failure = new Error('no');
    const doomed = store.database.transact(async (tx) => {
      await tx.execute(
        `insert into outbox (id, type, payload, created_at) values ('x', 'remind', '{}', now())`,
      );
      throw failure;
    });
    await expect(doomed).rejects.toBe(failure);
    await store.record(recorded);
    await drainOnce(deps, { sweep: true });
    expect(queue.sent).toEqual(idsOf(recorded));
  });

  describe('running by itself', () => {
    it('sends what is recorded while it runs, woken or not, and nothing after it was stopped', async () => {
      const log: string[] = [];
      const relay = startRelay({ ...deps, pollMs: 50, log: (line) => log.push(line) });
      const [first, second, third] = effects(3) as [Effect, Effect, Effect];
      await store.record([first]);
      relay.wake();
      await until('the first is sent', () => queue.sent.includes(first.id));
      await store.record([second]);
      await until('the second is sent', () => queue.sent.includes(second.id));
      await relay.stop();
      await store.record([third]);
      relay.wake();
      expect(await store.outbox()).toMatchObject([{ sent: true }, { sent: true }, { sent: false }]);
      expect(log).toEqual([]);
    });

    it('needs no poll when it is woken', async () => {
      const hourMs = 3_600_000;
      const relay = startRelay({ ...deps, pollMs: hourMs, log: () => {} });
      const recorded = effects(1);
      await store.record(recorded);
      relay.wake();
      await until('it is sent', () => queue.sent.length === 1);
      await relay.stop();
    });

    it('goes on trying while the queue is away, and says when it works again', async () => {
      const log: string[] = [];
      const recorded = effects(3);
      await store.record(recorded);
      queue.state.away = true;
      const relay = startRelay({ ...deps, pollMs: 5, log: (line) => log.push(line) });
      await until('it has tried several times', () => queue.state.tries >= 3);
      queue.state.away = false;
      await until('all are sent', () => queue.sent.length === 3);
      await until('it says so', () => log.some((line) => line.includes('works again')));
      await relay.stop();
      expect(queue.sent).toEqual(idsOf(recorded));
    });

    it('stops at once while it rests between two tries', async () => {
      queue.state.away = true;
      await store.record(effects(1));
      const relay = startRelay({ ...deps, pollMs: 3_600_000, log: () => {} });
      await until('it has tried', () => queue.state.tries >= 1);
      await relay.stop();
      expect(await store.outbox()).toMatchObject([{ sent: false, leased: false }]);
    });

    it('removes what was applied long ago, and keeps the receipts', async () => {
      const [old, waiting] = effects(2) as [Effect, Effect];
      await store.record([old, waiting]);
      await drainOnce(deps, { sweep: false });
      await store.apply(old);
      const dayMs = 86_400_000;
      time.advance(dayMs);
      const relay = startRelay({ ...deps, pollMs: 50, log: () => {} });
      await until('the old one is gone', async () => (await store.outbox()).length === 1);
      await relay.stop();
      expect(await store.outbox()).toMatchObject([{ id: waiting.id }]);
      expect(await store.apply(old)).toBe('duplicate');
    });
  });
});
