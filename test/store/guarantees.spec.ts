import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openDatabase } from '../../src/store/database.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';
import { takeIdempotencyKey } from '../../src/store/idempotency-store.js';
import { instant, openTestEngine, type TestEngine } from '../support/engine.js';

describe('what the database itself guarantees', () => {
  let engine: TestEngine;
  let client: Client;

  beforeAll(async () => {
    engine = await openTestEngine();
    client = new Client({ connectionString: engine.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await engine.close();
  });

  it('keeps the log as it was written', async () => {
    await expect(client.query(`update log_entries set kind = 'facts'`)).rejects.toThrow(
      'log_entries only grows',
    );
    await expect(client.query('delete from log_entries')).rejects.toThrow('log_entries only grows');
  });

  it('keeps the journal as it was written', async () => {
    await expect(client.query(`update cycle_changes set changes = '[]'`)).rejects.toThrow(
      'cycle_changes only grows',
    );
    await expect(client.query('delete from cycle_changes')).rejects.toThrow('cycle_changes only grows');
  });

  it('keeps receipts as they were written', async () => {
    await client.query(`insert into receipts values ('an effect', 'notify', now())`);
    await expect(client.query('delete from receipts')).rejects.toThrow('receipts only grows');
  });

  it('has no waiver of one person', async () => {
    const waiver = client.query(
      `insert into waivers values (gen_random_uuid(), $1, 1, 'R04', 'because', 'a', 'a', '2017-12-31', now())`,
      [engine.cycle('DE1')],
    );
    await expect(waiver).rejects.toThrow('waiver_needs_a_second_person');
  });

  it('has one living cycle of a region, whatever has ended', async () => {
    const copy = (status: string) =>
      client.query(
        `insert into cycles select gen_random_uuid(), scheme, region, number, stage, $2, snapshot, version, workflow_id,
           workflow_version, workflow_hash, rulebook_id, rulebook_version, rulebook_hash, stage_entered_at, opened_at,
           changed_at from cycles where id = $1`,
        [engine.cycle('DE1'), status],
      );
    await expect(copy('active')).rejects.toThrow('cycles_one_living');
    await expect(copy('suspended')).rejects.toThrow('cycles_one_living');
    await expect(copy('withdrawn')).resolves.toMatchObject({ rowCount: 1 });
  });

  it('has one open task for one thing', async () => {
    const copy = client.query(
      `insert into tasks (id, cycle_id, scheme, region, acting_region, kind, reference, stage, cycle_number, owner,
         candidate_roles, labels, facts, status, opened_at)
       select gen_random_uuid(), cycle_id, scheme, region, acting_region, kind, reference, stage, cycle_number, owner,
         candidate_roles, labels, facts, status, opened_at
       from tasks where cycle_id = $1 and reference = 'A1'`,
      [engine.cycle('DE1')],
    );
    await expect(copy).rejects.toThrow('tasks_one_open');
  });

  it('lets the second of two requests with one key wait for the first, and see what it asked', async () => {
    const { database } = engine.deps;
    const request = { accountId: 'a', key: 'k', at: instant('2017-01-01T00:00:00Z') };
    const taken = await Promise.all([
      database.transact((tx) => takeIdempotencyKey(tx, { ...request, fingerprint: 'one' })),
      database.transact((tx) => takeIdempotencyKey(tx, { ...request, fingerprint: 'one' })),
    ]);
    expect(taken.filter((each) => each === null)).toHaveLength(1);
    expect(taken.filter((each) => each !== null)).toMatchObject([{ fingerprint: 'one' }]);
  });

  it('writes nothing of a transaction that fails', async () => {
    const count = async () =>
      (await client.query('select count(*)::int as n from idempotency_keys')).rows[0].n as number;
    const before = await count();
    const failing = engine.deps.database.transact(async (tx) => {
      await takeIdempotencyKey(tx, {
        accountId: 'b',
        key: 'k',
        fingerprint: 'f',
        at: instant('2017-01-01T00:00:00Z'),
      });
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect(await count()).toBe(before);
  });

  it('cannot be written in a reading transaction', async () => {
    const writing = engine.deps.database.read((tx) => tx.execute('delete from mails'));
    await expect(writing).rejects.toThrow('read-only transaction');
  });

  it('is migrated by several processes at once without harm', async () => {
    await Promise.all([
      migrateDatabase(engine.url),
      migrateDatabase(engine.url),
      migrateDatabase(engine.url),
    ]);
    const database = await openDatabase(engine.url);
    await database.ping();
    await database.close();
  });

  it('closes while work is just beginning, and lets it finish', async () => {
    const database = await openDatabase(engine.url);
    const reads = [1, 2, 3].map((n) =>
      database.read((tx) => tx.execute<{ n: number }[]>('select ?::int as n', [n])),
    );
    await database.close();
    expect((await Promise.all(reads)).map((rows) => rows[0]?.n)).toEqual([1, 2, 3]);
  });

  it('says that it cannot be reached, without the password', async () => {
    const unreachable = migrateDatabase('postgres://someone:secret@127.0.0.1:1/none');
    await expect(unreachable).rejects.toMatchObject({ code: 'database.unreachable' });
    await expect(unreachable).rejects.not.toThrow('secret');
  });
});
