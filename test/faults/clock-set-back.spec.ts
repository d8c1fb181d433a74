import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { call, until } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { expectSound } from './expect-sound.js';
import { SEED, TEST_MAX_MS } from './extent.js';
import { startLanes } from './lanes.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import { cyclesOf, makeWishes, moveWish, NOW, setClock } from './workload.js';

const LANES = 4;
const ANSWERS = 24;
const NUTS = 'AT32';
const HOUR_MS = 3_600_000;
/** BullMQ's statement: the effects are claimed, and not in the queue yet. */
const ADDS_JOBS = /bulk insert of independent jobs/i;
const SLOW_CLOCK = new URL('./slow-clock.mjs', import.meta.url).href;

describe(`clocks that are set back (seed ${SEED})`, () => {
  let server: OwnServer;
  let stage: FaultStage;
  let client: Client;

  beforeAll(async () => {
    server = await startOwnServer();
    stage = await openStage(server, 'clocks');
    client = new Client({ connectionString: stage.url() });
    await client.connect();
  }, TEST_MAX_MS);
  afterAll(async () => {
    await client.end();
    await stage.close();
    await server.remove();
  }, TEST_MAX_MS);

  const rows = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql)).rows as Row[];
  const early = () => rows('select id, due_at, fired_at from timers where fired_at < due_at');
  const fired = async (): Promise<number> => {
    const [row] = await rows<{ n: number }>(
      'select count(*)::int as n from timers where fired_at is not null',
    );
    return row?.n ?? 0;
  };

  it(
    "fires no timer early and counts no negative time when the scheme's clock goes back and forth",
    async () => {
      const cordata = await stage.start();
      await setClock(cordata);
      const cycles = await cyclesOf(cordata);
      const nextWish = makeWishes(() => cordata, cycles, SEED);
      const lanes = startLanes(() => [cordata], { count: LANES, ledger: stage.ledger, nextWish });
      for (const now of [
        '2017-08-15T08:00:00Z',
        '2017-06-01T08:00:00Z',
        '2017-10-29T00:30:00Z',
        '2017-05-01T08:00:00Z',
      ]) {
        await lanes.more(ANSWERS);
        await setClock(cordata, now);
      }
      await lanes.more(ANSWERS);
      await lanes.stop();
      expect(await fired()).toBeGreaterThan(0);
      expect(await early()).toEqual([]);

      // Before every stage was entered: none may have lasted less than no day.
      await setClock(cordata, '2016-01-04T08:00:00Z');
      for (const cycleId of cycles.values()) {
        const gate = await call(cordata, cordata.tokens.coordinator, { path: `/cycles/${cycleId}/gate` });
        expect([200, 409]).toContain(gate.status);
        expect(JSON.stringify(gate.body)).not.toMatch(/"stage\.working_days"[^}]*"actual":-/);
      }
      await setClock(cordata, '2017-10-29T00:30:00Z');
      await expectSound({ url: stage.url(), cordata, ledger: stage.ledger });
      await cordata.end('SIGTERM');
    },
    TEST_MAX_MS,
  );

  it(
    'takes over at once what a dead program has left, though its own clock is an hour behind',
    async () => {
      const api = await stage.start({ CORDATA_ROLE: 'api', DATABASE_URL: stage.url() });
      const dying = await stage.start({ CORDATA_ROLE: 'worker' });
      let killed: Promise<number | null> | undefined;
      stage.proxy.rule(
        ({ text }) => (ADDS_JOBS.test(text) ? 'cut-before' : 'pass'),
        () => {
          killed = dying.end('SIGKILL');
        },
      );
      const cycleId = (await cyclesOf(api)).get(NUTS) ?? '';
      for (const type of ['suspend', 'resume', 'suspend', 'resume'])
        await stage.ledger.send(
          api,
          moveWish(api, { key: `${type}-${SEED}-${Math.random()}.`, cycleId, type }),
        );
      await until('the first program to claim and die', async () =>
        killed === undefined ? undefined : true,
      );
      await killed;
      stage.proxy.rule(null);
      stage.proxy.drop();
      const leased = await rows('select id from outbox where sent_at is null and leased_until is not null');
      expect(leased.length).toBeGreaterThan(0);

      const slow = await startSlow(HOUR_MS);
      await until('the slow one to carry it all out', async () => {
        const open = await rows(
          'select 1 from outbox o where not exists (select 1 from receipts r where r.effect_id = o.id)',
        );
        return open.length === 0 ? true : undefined;
      });
      expect(await early()).toEqual([]);
      await slow.end('SIGTERM');
      // By its clock no timer of the last hour was due yet.
      const right = await stage.start({ CORDATA_ROLE: 'worker' });
      await expectSound({ url: stage.url(), cordata: api, ledger: stage.ledger });
      await right.end('SIGTERM');
      await api.end('SIGTERM');
    },
    TEST_MAX_MS,
  );

  it(
    'works beside a program whose clock is right: no id is given twice, nothing is decided out of order',
    async () => {
      const right = await stage.start();
      const slow = await startSlow(HOUR_MS, 'all');
      await setClock(right, NOW);
      const cycles = await cyclesOf(right);
      const nextWish = makeWishes(() => right, cycles, SEED + 1);
      const lanes = startLanes(() => [right, slow], { count: LANES, ledger: stage.ledger, nextWish });
      await lanes.more(ANSWERS * 2);
      await lanes.stop();
      await slow.end('SIGTERM');
      await expectSound({ url: stage.url(), cordata: right, ledger: stage.ledger });
    },
    TEST_MAX_MS,
  );

  const startSlow = (behindMs: number, role = 'worker'): Promise<CordataProcess> =>
    stage.start({
      CORDATA_ROLE: role,
      NODE_OPTIONS: `--import ${SLOW_CLOCK}`,
      CLOCK_BEHIND_MS: String(behindMs),
    });
});
