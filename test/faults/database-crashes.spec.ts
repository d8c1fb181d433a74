import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { CordataProcess } from '../process/cordata-process.js';
import { random } from '../support/random-decisions.js';
import { expectSound } from './expect-sound.js';
import { ALL, SEED, TEST_MAX_MS } from './extent.js';
import { startLanes, type Lanes } from './lanes.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import { cyclesOf, makeWishes, setClock } from './workload.js';

const ROUNDS = ALL ? 6 : 2;
const LANES = 4;
/** At most so many answers between two faults. */
const ANSWERS_MAX = ALL ? 40 : 12;

describe(`the database fails while people work, and the program stays up (seed ${SEED})`, () => {
  const next = random(SEED);
  let server: OwnServer;
  let stage: FaultStage;
  let cordata: CordataProcess;
  let lanes: Lanes | undefined;

  beforeAll(async () => {
    server = await startOwnServer();
    stage = await openStage(server, 'crashes');
    cordata = await stage.start();
    await setClock(cordata);
    const nextWish = makeWishes(() => cordata, await cyclesOf(cordata), SEED);
    lanes = startLanes(() => [cordata], { count: LANES, ledger: stage.ledger, nextWish });
  }, TEST_MAX_MS);
  afterAll(async () => {
    await lanes?.stop();
    await stage?.close();
    await server?.remove();
  }, TEST_MAX_MS);

  const someAnswers = () => lanes?.more(1 + Math.floor(next() * ANSWERS_MAX));
  const onServer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: stage.url() });
    await client.connect();
    await client.query(sql);
    await client.end();
  };

  it(
    'recovers by itself each time PostgreSQL is stopped at once and started again',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await someAnswers();
        await server.stopImmediately();
        await lanes?.unanswered(LANES);
        await server.start();
        stage.proxy.retarget(server.port());
        await someAnswers();
      }
    },
    TEST_MAX_MS,
  );

  it(
    'goes on after the server has ended every connection',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await someAnswers();
        await onServer(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        );
      }
      await someAnswers();
    },
    TEST_MAX_MS,
  );

  it(
    'goes on after the network has dropped every connection',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await someAnswers();
        stage.proxy.drop();
      }
      await someAnswers();
    },
    TEST_MAX_MS,
  );

  it(
    'is sound in the end, without ever having been started again',
    async () => {
      await lanes?.stop();
      expect(stage.ledger.acknowledged()).toBeGreaterThan(ROUNDS);
      await expectSound({ url: stage.url(), cordata, ledger: stage.ledger });
      expect(await cordata.end('SIGTERM')).toBe(0);
    },
    TEST_MAX_MS,
  );
});
