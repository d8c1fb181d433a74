import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { call, until } from './api-client.js';
import { makeDataDir, startProcess, type CordataProcess } from './cordata-process.js';

const SCHEME = 's3-4alpclusters';
const QUORUM = 9;

interface BoardRow {
  readonly region: string;
  readonly stage: string;
  readonly cycle: { readonly id: string };
}

describe('the journey of the first gate, with the process killed after every step', () => {
  const data = makeDataDir();
  let database: TestDatabase;
  let cordata: CordataProcess;
  const environment = () => ({
    DATABASE_URL: database.url,
    CORDATA_MODE: 'development',
    CORDATA_DATA_DIR: data.path,
  });

  beforeAll(async () => {
    database = await createTestDatabase();
    cordata = await startProcess(environment());
    await call(cordata, cordata.tokens.administrator, {
      path: '/dev/clock',
      body: { now: '2017-07-03T08:00:00Z' },
    });
  });
  afterEach(async () => {
    await cordata.end('SIGKILL');
    cordata = await startProcess(environment());
  });
  afterAll(async () => {
    expect(await cordata.end('SIGTERM')).toBe(0);
    await database.drop();
    data.remove();
  });

  const board = async () => {
    const { body } = await call(cordata, cordata.tokens.coordinator, { path: `/schemes/${SCHEME}/board` });
    return body['regions'] as BoardRow[];
  };
  const cycleOf = async (nuts: string) => (await board()).find(({ region }) => region === nuts)!.cycle.id;
  const authority = (nuts: string) => cordata.tokens.authorities[nuts]!;
  const advance = async (nuts: string, key: string) =>
    call(cordata, cordata.tokens.coordinator, {
      path: `/cycles/${await cycleOf(nuts)}/events`,
      body: { type: 'advance', note: 'steering group', decidedOn: '2017-07-03' },
      key,
    });
  const record = async (nuts: string) =>
    call(cordata, authority(nuts), {
      method: 'PATCH',
      path: `/cycles/${await cycleOf(nuts)}/facts`,
      body: { facts: agendaSettingFacts().map(({ fact, value }) => ({ fact, value })) },
    });
  const notices = async (nuts: string, template: string) => {
    const { body } = await call(cordata, authority(nuts), { path: '/notices?limit=200' });
    return (body['items'] as { template: string; language: string; subject: string }[]).filter(
      (notice) => notice.template === template,
    );
  };

  it('refuses an advance, and names the missing facts with their owners', async () => {
    const answer = await advance('DE2', 'refused');
    expect([answer.status, answer.body['code']]).toEqual([409, 'gate.refused']);
    const verdict = answer.body['verdict'] as { missing: unknown[] };
    expect(verdict.missing).toContainEqual(
      expect.objectContaining({ fact: 'gov.body_named', owner: 'regional_authority' }),
    );
  });

  it('has opened a task for the authority and tells it in its language, once', async () => {
    const { body } = await call(cordata, authority('DE2'), { path: '/tasks?limit=200' });
    const tasks = (body['items'] as { kind: string }[]).filter(({ kind }) => kind === 'provide-facts');
    expect(tasks.length).toBeGreaterThan(0);
    const told = await until('the notice', async () => {
      const found = await notices('DE2', 'task.opened');
      return found.length === tasks.length ? found : undefined;
    });
    expect(new Set(told.map(({ language }) => language))).toEqual(new Set(['de']));
  });

  it('takes the facts of the authority', async () => {
    expect((await record('DE2')).status).toBe(200);
  });

  it('lets the region pass, once for one key', async () => {
    const first = await advance('DE2', 'passes');
    expect(first.status).toBe(200);
    expect(await advance('DE2', 'passes')).toEqual(first);
    expect((await board()).find(({ region }) => region === 'DE2')?.stage).toBe('strategy_development');
  });

  it('waits at S0 with eight regions', async () => {
    const others = (await board()).map(({ region }) => region).filter((nuts) => nuts !== 'DE2');
    for (const nuts of others.slice(0, QUORUM - 2)) expect((await record(nuts)).status).toBe(200);
    await until('eight arrivals', async () => {
      const { body } = await call(cordata, cordata.tokens.auditor, { path: '/sync-points/S0' });
      return (body['arrived'] as string[]).length === QUORUM - 1 ? body : undefined;
    });
  });

  it('is released by the ninth region', async () => {
    const { body } = await call(cordata, cordata.tokens.auditor, { path: '/sync-points/S0' });
    expect(body['releasedAt']).toBeNull();
    const [ninth] = (body['missing'] as ({ region: string } | string)[]).map((each) =>
      typeof each === 'string' ? each : each.region,
    );
    expect((await record(ninth!)).status).toBe(200);
  });

  it('has told every region of the release, once, though it was killed in the middle', async () => {
    const regions = (await board()).map(({ region }) => region);
    for (const nuts of regions) {
      // KICK-OFF and S0: every region has heard of both.
      await until(`the release at ${nuts}`, async () =>
        (await notices(nuts, 'sync-point.released')).length >= 2 ? true : undefined,
      );
    }
    for (const nuts of regions) expect(await notices(nuts, 'sync-point.released')).toHaveLength(2);
    const { body } = await call(cordata, cordata.tokens.auditor, { path: '/dead-letters' });
    expect(body['items']).toEqual([]);
  });
});
