import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CordataProcess } from '../process/cordata-process.js';
import { expectSound } from './expect-sound.js';
import { ALL, some, TEST_MAX_MS } from './extent.js';
import { startOwnServer, type OwnServer } from './own-server.js';
import { openStage, type FaultStage } from './stage.js';
import type { Ruling, Statement } from './wire-proxy.js';
import { cyclesOf, factsWish, moveWish, setClock } from './workload.js';

const POINTS_MAX = ALL ? Infinity : 4;
const NUTS = 'AT32';

describe('the process is killed between two statements of a command', () => {
  let server: OwnServer;
  let stage: FaultStage;
  let cordata: CordataProcess;
  let cycleId: string;
  let count = 0;

  beforeAll(async () => {
    server = await startOwnServer();
    stage = await openStage(server, 'commands');
    cordata = await startApi();
    await setClock(cordata);
    cycleId = (await cyclesOf(cordata)).get(NUTS) ?? '';
    await stage.ledger.send(cordata, factsWish(cordata, { key: 'facts.', cycleId, nuts: NUTS }));
  }, TEST_MAX_MS);
  afterAll(async () => {
    await stage.close();
    await server.remove();
  }, TEST_MAX_MS);

  /** Without a worker nothing but the command goes over the wire. */
  const startApi = () => stage.start({ CORDATA_ROLE: 'api' });

  const newWish = (type: string) => {
    count += 1;
    return moveWish(cordata, { key: `${type}-${count}.`, cycleId, type });
  };

  /** Sends the wish; kills the process where `ruling` says so. Whether it was killed. */
  async function sendAndKill(type: string, ruling: (statement: Statement) => Ruling): Promise<boolean> {
    let killed: Promise<number | null> | null = null;
    stage.proxy.rule(ruling, () => {
      killed = cordata.end('SIGKILL');
    });
    const wish = newWish(type);
    const answer = await stage.ledger.send(cordata, wish);
    stage.proxy.rule(null);
    expect([type, answer?.status ?? null]).toEqual([type, killed === null ? 200 : null]);
    if (killed === null) return false;
    await killed;
    stage.proxy.drop();
    cordata = await startApi();
    expect((await stage.ledger.send(cordata, wish))?.status).toBe(200);
    return true;
  }

  const nth = (n: number) => {
    let seen = 0;
    return (): Ruling => ((seen += 1) === n ? 'cut-before' : 'pass');
  };
  const atCommit = ({ text }: Statement): Ruling => (/^commit/i.test(text) ? 'cut-after' : 'pass');

  /** How many statements the command takes. */
  async function length(type: string): Promise<number> {
    let seen = 0;
    expect(
      await sendAndKill(type, () => {
        seen += 1;
        return 'pass';
      }),
    ).toBe(false);
    return seen;
  }

  it(
    `takes an advance and a way back whole or not at all, ${ALL ? 'at every' : 'at a few'} of their statements`,
    async () => {
      const lengths = { advance: await length('advance'), 'send-back': await length('send-back') };
      expect(lengths.advance).toBeGreaterThan(20);
      const points = Array.from({ length: lengths.advance }, (_, index) => index + 1);
      for (const n of some(points, POINTS_MAX)) {
        // A second time round some statements may be other ones; what is not reached is not killed.
        await sendAndKill('advance', nth(n));
        await sendAndKill('send-back', n <= lengths['send-back'] ? nth(n) : () => 'pass');
      }
    },
    TEST_MAX_MS,
  );

  it(
    'keeps what was committed though nobody was told, and answers it under the same key',
    async () => {
      expect(await sendAndKill('advance', atCommit)).toBe(true);
      expect(await sendAndKill('send-back', atCommit)).toBe(true);
    },
    TEST_MAX_MS,
  );

  it(
    'is sound in the end, with every effect carried out once',
    async () => {
      await cordata.end('SIGTERM');
      cordata = await stage.start();
      await expectSound({ url: stage.url(), cordata, ledger: stage.ledger });
    },
    TEST_MAX_MS,
  );
});
