import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { until } from '../process/api-client.js';
import type { CordataProcess } from '../process/cordata-process.js';
import { expectSound } from './expect-sound.js';
import { ALL, some, TEST_MAX_MS, WAIT_MAX_MS } from './extent.js';
import { killPoints, type KillPoint } from './kill-points.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import type { Statement } from './wire-proxy.js';
import { cyclesOf, factsWish, moveWish, orderWish, setClock, startWish } from './workload.js';

const POINTS_IN_A_CHECK = 4;
const NUTS = 'AT32';
/** Every poll of an idle worker comes by in it: the slowest comes every five seconds. */
const IDLE_MS = 6_000;
/** After so many deaths the rest is waited for: a job over which worker after worker dies is buried, as it should. */
const DEATHS_IN_A_ROW_MAX = 3;

/** Something that is asked of the API again and again, and leaves work for the worker each time. */
interface Work {
  readonly name: string;
  /** Whether it can be asked again only when it is done. */
  readonly alone: boolean;
  /** At most so many of its steps are died at. */
  readonly pointsMax: number;
  /** @param count from 1 */
  readonly ask: (stage: FaultStage, api: CordataProcess, count: number) => Promise<void>;
}

const STEPS: Work = {
  name: 'the notices and mails of a step',
  alone: false,
  pointsMax: ALL ? Infinity : POINTS_IN_A_CHECK,
  async ask({ ledger }, api, count) {
    const cycleId = (await cyclesOf(api)).get(NUTS) ?? '';
    if (count === 1) await ledger.send(api, factsWish(api, { key: 'facts.', cycleId, nuts: NUTS }));
    const type = count % 2 === 1 ? 'advance' : 'send-back';
    const answer = await ledger.send(api, moveWish(api, { key: `${type}-${count}.`, cycleId, type }));
    expect([type, answer?.status]).toEqual([type, 200]);
  },
};

/** To the next version and back again. */
let migration = '';
const MIGRATIONS: Work = {
  name: 'a migration of every cycle, and the way back',
  alone: true,
  // Each death is waited out.
  pointsMax: ALL ? 20 : POINTS_IN_A_CHECK,
  async ask({ ledger }, api, count) {
    const there = count % 2 === 1;
    const order = there
      ? { verb: 'migrate', parameters: { workflow: 'region-cycle', toVersion: 2 } }
      : { verb: 'revert-migration', parameters: { operation: migration } };
    const planned = await ledger.send(api, orderWish(api, `plan-${count}.`, order));
    expect([order.verb, planned?.status]).toEqual([order.verb, 201]);
    const id = String(planned?.body['id']);
    if (there) migration = id;
    const started = await ledger.send(api, startWish(api, `start-${count}.`, id));
    expect([order.verb, started?.status]).toEqual([order.verb, 200]);
  },
};

describe.each([STEPS, MIGRATIONS])(
  'the worker is killed between two steps of $name',
  ({ ask, alone, pointsMax }) => {
    let server: OwnServer;
    let stage: FaultStage;
    let api: CordataProcess;
    let worker: CordataProcess;
    let client: Client;
    let points: readonly KillPoint[];
    let count = 0;

    beforeAll(async () => {
      server = await startOwnServer();
      stage = await openStage(server, 'jobs');
      api = await stage.start({ CORDATA_ROLE: 'api', DATABASE_URL: stage.url() });
      client = new Client({ connectionString: stage.url() });
      await client.connect();
      await setClock(api);
      worker = await startWorker();
    }, TEST_MAX_MS);
    afterAll(async () => {
      await client.end();
      await stage.close();
      await server.remove();
    }, TEST_MAX_MS);

    const startWorker = () => stage.start({ CORDATA_ROLE: 'worker' });
    const askAgain = () => ask(stage, api, (count += 1));

    const waiting = async (): Promise<number> => {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from outbox o
       where not exists (select 1 from receipts r where r.effect_id = o.id)`,
      );
      return rows[0]?.n ?? 0;
    };
    const quiet = () =>
      until(
        'every effect to be applied',
        async () => ((await waiting()) === 0 ? true : undefined),
        WAIT_MAX_MS,
      );

    async function record(during: () => Promise<void>): Promise<readonly Statement[]> {
      const seen: Statement[] = [];
      stage.proxy.rule((statement) => {
        seen.push(statement);
        return 'pass';
      });
      await during();
      stage.proxy.rule(null);
      return seen;
    }

    /** Asks, and kills the worker at this point of what follows; false when the work was done without it. */
    async function killAt(point: KillPoint): Promise<boolean> {
      let killed: Promise<number | null> | undefined;
      stage.proxy.rule(point.judge(), () => {
        killed = worker.end('SIGKILL');
      });
      await askAgain();
      await until(
        `the worker to reach: ${point.name}`,
        async () => (killed !== undefined || (await waiting()) === 0 ? true : undefined),
        WAIT_MAX_MS,
      );
      stage.proxy.rule(null);
      if (killed === undefined) return false;
      await killed;
      stage.proxy.drop();
      worker = await startWorker();
      return true;
    }

    it(
      'has many different steps',
      async () => {
        await quiet();
        const idle = await record(() => sleep(IDLE_MS));
        const trace = await record(async () => {
          await askAgain();
          await quiet();
          await askAgain();
          await quiet();
          // The queue is told after the receipt.
          await sleep(IDLE_MS / 2);
        });
        points = killPoints(trace, new Set(idle.map(({ text }) => text)));
        expect(points.length).toBeGreaterThan(10);
      },
      TEST_MAX_MS,
    );

    it(
      `does everything once, however it dies at ${ALL ? 'all' : 'some'} of them`,
      async () => {
        let deaths = 0;
        for (const point of some(points, pointsMax)) {
          if (await killAt(point)) deaths += 1;
          if (alone || deaths % DEATHS_IN_A_ROW_MAX === 0) await quiet();
        }
        expect(deaths).toBeGreaterThanOrEqual(POINTS_IN_A_CHECK / 2);
        await expectSound({ url: stage.url(), cordata: api, ledger: stage.ledger });
      },
      TEST_MAX_MS,
    );
  },
);
