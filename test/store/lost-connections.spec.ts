import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openDatabase, type Database } from '../../src/store/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** As many as the pool has connections. */
const CONNECTIONS = 16;

describe('connections that are lost in the middle of transactions', () => {
  let place: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    place = await createTestDatabase();
    database = await openDatabase(place.url);
  });
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  /** Fills the pool with transactions, and gives what became of them when the server had cut them all. */
  async function cutAll(): Promise<readonly unknown[]> {
    const go = Promise.withResolvers<void>();
    let begun = 0;
    const all = Promise.withResolvers<void>();
    const work = Array.from({ length: CONNECTIONS }, () =>
      database.transact(async (tx) => {
        await tx.execute('select 1');
        begun += 1;
        if (begun === CONNECTIONS) all.resolve();
        await go.promise;
        await tx.execute('select 1');
      }),
    );
    await all.promise;
    const client = new Client({ connectionString: place.url });
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    go.resolve();
    const settled = await Promise.allSettled(work);
    return settled.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : null));
  }

  it('does not use up the pool, however often that happens', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect(await cutAll()).toEqual(Array.from({ length: CONNECTIONS }, () => 'database.unreachable'));
      await expect(database.transact((tx) => tx.execute('select 1 as one'))).resolves.toEqual([{ one: 1 }]);
    }
  });
});
