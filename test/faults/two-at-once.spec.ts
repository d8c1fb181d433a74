import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { until } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { expectSound } from './expect-sound.js';
import { ALL, SEED, TEST_MAX_MS } from './extent.js';
import { startLanes } from './lanes.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import { startWireProxy } from './wire-proxy.js';
import { cyclesOf, factsWish, makeWishes, moveWish, setClock } from './workload.js';

const ANSWERS = ALL ? 400 : 60;
const LANES = 4;
const NUTS = 'AT32';
const RECEIPT = /^insert into receipts/;

describe(`two programs at work on one database (seed ${SEED})`, () => {
  let server: OwnServer;

  beforeAll(async () => {
    server = await startOwnServer();
  }, TEST_MAX_MS);
  afterAll(() => server.remove(), TEST_MAX_MS);

  async function onStage(name: string, work: (stage: FaultStage) => Promise<void>): Promise<void> {
    const stage = await openStage(server, name);
    try {
      await work(stage);
    } finally {
      await stage.close();
    }
  }

  it(
    'carry out every effect once, with two relays and two sweepers on one outbox, and one of them killed',
    async () => {
      await onStage('relays', async (stage) => {
        const one = await stage.start();
        const other = await stage.start();
        await setClock(one);
        const cycles = await cyclesOf(one);
        let programs: CordataProcess[] = [one, other];
        const nextWish = makeWishes(() => one, cycles, SEED);
        const lanes = startLanes(() => programs, { count: LANES, ledger: stage.ledger, nextWish });
        await lanes.more(ANSWERS);
        programs = [one];
        await other.end('SIGKILL');
        await lanes.more(ANSWERS / 2);
        await lanes.stop();
        await expectSound({ url: stage.url(), cordata: one, ledger: stage.ledger });
      });
    },
    TEST_MAX_MS,
  );

  it(
    'release a sync point once, though its last regions arrive at the same moment',
    async () => {
      await onStage('release', async (stage) => {
        const programs = [await stage.start(), await stage.start()];
        const [one] = programs as [CordataProcess, CordataProcess];
        await setClock(one);
        const cycles = [...(await cyclesOf(one))];
        await Promise.all(
          cycles.map(([nuts, cycleId], index) =>
            stage.ledger.send(
              programs[index % programs.length] ?? one,
              factsWish(one, { key: `facts-${nuts}.`, cycleId, nuts }),
            ),
          ),
        );
        await expectSound({ url: stage.url(), cordata: one, ledger: stage.ledger });
        const client = new Client({ connectionString: stage.url() });
        await client.connect();
        const { rows } = await client.query(
          `select account_id, subject, count(*)::int as n from notices
           where template = 'sync-point.released' group by 1, 2`,
        );
        await client.end();
        expect(rows.length).toBeGreaterThanOrEqual(cycles.length);
        expect(new Set(rows.map(({ n }: { n: number }) => n))).toEqual(new Set([1]));
      });
    },
    TEST_MAX_MS,
  );

  it.each([
    ['before it has begun', 'before'],
    ['in the middle of it', 'within'],
  ] as const)(
    'do a job once that was delivered to both, because the first one froze %s',
    async (_, when) => {
      await onStage(`twice_${when}`, async (stage) => {
        const api = await stage.start({ CORDATA_ROLE: 'api', DATABASE_URL: stage.url() });
        await setClock(api);
        const cycleId = (await cyclesOf(api)).get(NUTS) ?? '';
        await stage.ledger.send(api, factsWish(api, { key: 'facts.', cycleId, nuts: NUTS }));
        const frozen = await stage.start({ CORDATA_ROLE: 'worker' });
        await quiet(stage.url());

        let hasFrozen = false;
        stage.proxy.rule(({ text, previous }) => {
          const now = when === 'before' ? RECEIPT.test(text) : RECEIPT.test(previous);
          if (!now || hasFrozen) return 'pass';
          hasFrozen = true;
          frozen.signal('SIGSTOP');
          // The statement reaches the server; the program that waits for its answer does not run.
          return 'pass';
        });
        await stage.ledger.send(api, moveWish(api, { key: 'advance.', cycleId, type: 'advance' }));
        await until('the first one to freeze', async () => (hasFrozen ? true : undefined));

        const proxy = await startWireProxy(server.port());
        let taken = 0;
        proxy.rule(({ text }) => {
          if (RECEIPT.test(text)) taken += 1;
          return 'pass';
        });
        const second = await stage.start({
          CORDATA_ROLE: 'worker',
          DATABASE_URL: proxy.through(stage.url()),
        });
        // Its own lock on the job has run out by then; its transaction may still be open.
        await until('the second one to be given the job', async () =>
          second.output().includes('was left by its worker') && taken > 0 ? true : undefined,
        );
        frozen.signal('SIGCONT');
        await expectSound({ url: stage.url(), cordata: api, ledger: stage.ledger });
        await proxy.close();
      });
    },
    TEST_MAX_MS,
  );
});

async function quiet(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await until('every effect to be applied', async () => {
    const { rows } = await client.query(
      'select 1 from outbox o where not exists (select 1 from receipts r where r.effect_id = o.id) limit 1',
    );
    return rows.length === 0 ? true : undefined;
  });
  await client.end();
}
