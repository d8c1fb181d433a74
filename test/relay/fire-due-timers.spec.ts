import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instantFromMs } from '../../src/core/terms/instant.js';
import { BATCH_TIMERS_MAX, fireDueTimers } from '../../src/relay/fire-due-timers.js';
import type { RelayDeps } from '../../src/relay/relay-deps.js';
import { addTimer, cancelTimers } from '../../src/store/timer-store.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { now, openTestStore, type TestStore } from './outbox-fixture.js';

const DUE_MS = Date.parse('2017-03-20T08:00:00.000Z');

describe('firing timers', () => {
  let testDatabase: TestDatabase;
  let store: TestStore;
  let schemeNowMs: number;
  let deps: RelayDeps;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    store = await openTestStore(testDatabase.url);
    schemeNowMs = DUE_MS;
    deps = {
      database: store.database,
      sender: { send: async () => {}, resend: async () => {} },
      clock: { now: async () => instantFromMs(schemeNowMs) },
      machineNow: now,
    };
  });

  afterEach(async () => {
    await store.close();
    await testDatabase.drop();
  });

  async function setTimers(dueMs: readonly number[]): Promise<readonly { id: string; taskId: string }[]> {
    const timers = dueMs.map((ms) => ({ id: randomUUID(), taskId: randomUUID(), dueAt: instantFromMs(ms) }));
    await store.database.transact(async (tx) => {
      for (const timer of timers) {
        addTimer(tx, { ...timer, cycleId: null, effect: { type: 'remind', taskId: timer.taskId } });
      }
    });
    return timers.map(({ id, taskId }) => ({ id, taskId }));
  }

  async function reminders(): Promise<unknown[]> {
    return store.database.read((tx) =>
      tx.execute<unknown[]>('select id, type, payload from outbox order by sequence'),
    );
  }

  it('fires by the time of the scheme: never a millisecond early, and then once', async () => {
    const [timer] = await setTimers([DUE_MS]);
    schemeNowMs = DUE_MS - 1;
    expect(await fireDueTimers(deps)).toBe(0);
    expect(await reminders()).toEqual([]);
    schemeNowMs = DUE_MS;
    expect(await fireDueTimers(deps)).toBe(1);
    expect(await fireDueTimers(deps)).toBe(0);
    expect(await reminders()).toEqual([
      { id: timer?.id, type: 'remind', payload: { type: 'remind', taskId: timer?.taskId } },
    ]);
  });

  it('fires what fell due while nothing ran, the longest overdue first', async () => {
    const dayMs = 86_400_000;
    const [late, latest, future] = await setTimers([DUE_MS - dayMs, DUE_MS - 400 * dayMs, DUE_MS + dayMs]);
    expect(await fireDueTimers(deps)).toBe(2);
    expect(await reminders()).toMatchObject([{ id: latest?.id }, { id: late?.id }]);
    schemeNowMs += dayMs;
    expect(await fireDueTimers(deps)).toBe(1);
    expect(await reminders()).toMatchObject([{}, {}, { id: future?.id }]);
  });

  it('does not fire the timers of a task that has ended', async () => {
    const [ended, open] = await setTimers([DUE_MS, DUE_MS]);
    await store.database.transact((tx) => cancelTimers(tx, [ended?.taskId ?? ''], instantFromMs(DUE_MS - 1)));
    expect(await fireDueTimers(deps)).toBe(1);
    expect(await reminders()).toMatchObject([{ id: open?.id }]);
  });

  it('takes a bounded batch', async () => {
    await setTimers(Array.from({ length: BATCH_TIMERS_MAX + 3 }, (_, index) => DUE_MS - index));
    expect(await fireDueTimers(deps)).toBe(BATCH_TIMERS_MAX);
    expect(await fireDueTimers(deps)).toBe(3);
  });

  it('fires each timer once when several relays look at the same time', async () => {
    const timers = await setTimers(Array.from({ length: 250 }, (_, index) => DUE_MS - index));
    const relays = Array.from({ length: 6 }, async () => {
      let fired = 0;
      for (let count = -1; count !== 0; fired += count) count = await fireDueTimers(deps);
      return fired;
    });
    const fired = await Promise.all(relays);
    // A relay that saw only rows in another's hands has stopped; nothing may be left all the same.
    const rest = await fireDueTimers(deps);
    expect(fired.reduce((sum, count) => sum + count, rest)).toBe(timers.length);
    expect(new Set((await reminders()).map((row) => (row as { id: string }).id)).size).toBe(timers.length);
  });

  it('marks a timer as fired only together with its effect', async () => {
    const [timer] = await setTimers([DUE_MS]);
    // An effect of the same id makes recording fail.
    await store.record([{ id: timer?.id ?? '', payload: { type: 'remind', taskId: randomUUID() } }]);
    await expect(fireDueTimers(deps)).rejects.toThrow(/duplicate key/);
    const [row] = await store.database.read((tx) =>
      tx.execute<{ fired_at: unknown }[]>('select fired_at from timers where id = ?', [timer?.id]),
    );
    expect(row?.fired_at).toBeNull();
  });
});
