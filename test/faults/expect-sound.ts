import { expect } from '@jest/globals';
import { Client } from 'pg';
import { newId } from '../../src/app/new-id.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { movableClock } from '../../src/engine/clock/clocks.js';
import { examine } from '../../src/engine/doctor/examine.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { openDatabase } from '../../src/store/database.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { shippedDefinitions } from '../support/engine.js';
import { WAIT_MAX_MS } from './extent.js';
import type { Ledger } from './ledger.js';

const POLL_MS = 100;
const HEALTH_GUARD_MS = 60_000;

/** Where a fault was survived. */
export interface Survivor {
  /** Past any proxy. */
  readonly url: string;
  /** The program as it runs now, with a worker at work. */
  readonly cordata: CordataProcess;
  readonly ledger: Ledger;
}

/**
 * What must hold after every fault, once the program runs again: what was acknowledged is there, once, and nothing is
 * there by half; each effect was applied once; every history adds up; nobody is stuck.
 */
export async function expectSound({ url, cordata, ledger }: Survivor): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await ledger.settle(cordata);
    await waitUntilQuiet(client, cordata);
    await expectDecidedOnce(client, ledger.decided());
    await expectAppliedOnce(client);
  } finally {
    await client.end();
  }
  await expectVerified(url);
}

/**
 * Waits until every effect has its receipt; one that can never have one is told at once. A worker that was killed
 * leaves its jobs for at most ten seconds, a relay its batch for fifteen.
 */
async function waitUntilQuiet(client: Client, cordata: CordataProcess): Promise<void> {
  const deadline = Date.now() + WAIT_MAX_MS;
  for (;;) {
    const letters = await rows(client, 'select effect_id, type, reason from dead_letters');
    expect(letters).toEqual([]);
    const waiting = await rows(
      client,
      `select id, type, sends, sent_at from outbox o
       where not exists (select 1 from receipts r where r.effect_id = o.id) order by sequence limit 5`,
    );
    if (waiting.length === 0) return;
    if (Date.now() > deadline) {
      throw new Error(`effects still wait: ${JSON.stringify(waiting)}\n${cordata.output().slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Every decision has one entry in one log, and no log has a gap. */
async function expectDecidedOnce(client: Client, keys: readonly string[]): Promise<void> {
  const found = await rows<{ key: string; n: number }>(
    client,
    `select key, (select count(*)::int from log_entries
                  where kind in ('transition', 'refusal', 'facts') and strpos(details::text, key) > 0) as n
     from unnest($1::text[]) as keys (key)`,
    [keys],
  );
  expect(found.filter(({ n }) => n !== 1)).toEqual([]);
  const gaps = await rows(
    client,
    `select cycle_id, count(*) as entries, max(sequence) as last from log_entries
     group by cycle_id having count(*) <> max(sequence)`,
  );
  expect(gaps).toEqual([]);
}

async function expectAppliedOnce(client: Client): Promise<void> {
  const twiceTold = await rows(
    client,
    'select effect_id, account_id from notices group by effect_id, account_id having count(*) > 1',
  );
  expect(twiceTold).toEqual([]);
  const foreign = await rows(
    client,
    'select id from notices n where not exists (select 1 from receipts r where r.effect_id = n.effect_id)',
  );
  expect(foreign).toEqual([]);
  const releasedTwice = await rows(
    client,
    `select account_id, subject from notices where template = 'sync-point.released'
     group by 1, 2 having count(*) > 1`,
  );
  expect(releasedTwice).toEqual([]);
}

/** Journals, logs and rows say the same, and nobody is stuck. */
async function expectVerified(url: string): Promise<void> {
  const database = await openDatabase(url);
  try {
    const deps: EngineDeps = {
      database,
      catalog: shippedDefinitions().catalog,
      clock: movableClock(Date.now),
      newId,
    };
    const { faults } = await verifyCycles(deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(faults).toEqual([]);
    await waitUntilHealthy(deps);
  } finally {
    await database.close();
  }
}

/** What fell due while nobody worked is overdue for a moment; whatever stays is told. */
async function waitUntilHealthy(deps: EngineDeps): Promise<void> {
  const deadline = Date.now() + HEALTH_GUARD_MS;
  for (;;) {
    const { findings } = await examine(deps, { deep: true });
    // The clock is set back by the tests themselves, who begin in 2017 on a scheme that was opened today.
    const real = findings.filter(({ code, subject }) => code !== 'clock.skew' || subject !== 'scheme');
    if (real.length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    expect(real).toEqual([]);
    return;
  }
}

async function rows<Row>(client: Client, sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  const { rows: found } = await client.query(sql, [...params]);
  return found as Row[];
}
