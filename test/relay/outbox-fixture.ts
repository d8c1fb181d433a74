import { randomUUID } from 'node:crypto';
import type { Effect } from '../../src/core/terms/effect.js';
import { instantFromMs, type Instant } from '../../src/core/terms/instant.js';
import type { ReceivedEffect } from '../../src/queue/effect-worker.js';
import { openDatabase, type Database } from '../../src/store/database.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';
import { addEffect } from '../../src/store/outbox-store.js';
import { addReceipt } from '../../src/store/receipt-store.js';

/** The effect types that a test sends. */
export function effects(count: number): readonly Effect[] {
  return Array.from({ length: count }, () => ({
    id: randomUUID(),
    payload: { type: 'remind', taskId: randomUUID() },
  }));
}

export function now(): Instant {
  return instantFromMs(Date.now());
}

/** The store of one test, with a table in which every application of an effect leaves a row of its own. */
export interface TestStore {
  readonly database: Database;
  record(recorded: readonly Effect[]): Promise<void>;
  /** Applies an effect as a job does: receipt and work in one transaction. */
  apply(effect: ReceivedEffect): Promise<'applied' | 'duplicate'>;
  /** Effect ids by application, in the order of the applications. */
  applications(): Promise<readonly string[]>;
  outbox(): Promise<readonly OutboxView[]>;
  close(): Promise<void>;
}

export interface OutboxView {
  readonly id: string;
  readonly sent: boolean;
  readonly leased: boolean;
  readonly sends: number;
}

export async function openTestStore(url: string): Promise<TestStore> {
  await migrateDatabase(url);
  const database = await openDatabase(url);
  await database.transact((tx) =>
    tx.execute(
      'create table if not exists test_applications (n bigint generated always as identity, effect_id text)',
    ),
  );
  return {
    database,
    async record(recorded) {
      await database.transact(async (tx) => {
        for (const effect of recorded) await addEffect(tx, effect, now());
      });
    },
    apply: ({ id }) =>
      database.transact(async (tx) => {
        if (!(await addReceipt(tx, id, 'remind', now()))) return 'duplicate';
        await tx.execute('insert into test_applications (effect_id) values (?)', [id]);
        return 'applied';
      }),
    async applications() {
      const rows = await database.read((tx) =>
        tx.execute<{ effect_id: string }[]>('select effect_id from test_applications order by n'),
      );
      return rows.map(({ effect_id: id }) => id);
    },
    outbox: () =>
      database.read((tx) =>
        tx.execute<OutboxView[]>(
          `select id, sent_at is not null as sent, leased_until is not null as leased, sends
           from outbox order by sequence`,
        ),
      ),
    close: () => database.close(),
  };
}

/** The machine's time, which a test can move ahead. */
export function makeMachineTime() {
  let aheadMs = 0;
  return {
    now: (): Instant => instantFromMs(Date.now() + aheadMs),
    advance(ms: number): void {
      aheadMs += ms;
    },
  };
}
