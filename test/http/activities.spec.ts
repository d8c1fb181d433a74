import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { carryOutEffects } from '../support/carry-out.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

const SCHEME = 's3-4alpclusters';

interface Activity {
  readonly key: string;
  readonly version: number;
  readonly cycleId: string;
  readonly lead: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cycle: { readonly stage: string; readonly stageLabel: string; readonly status: string };
  readonly regions: readonly { readonly region: string; readonly label: string; readonly state: string }[];
  readonly criticalMass: { readonly asked: { readonly verdict: string } };
  readonly linkedProjects: readonly unknown[];
}

describe('activities over HTTP', () => {
  let api: TestApi;
  let activity: Activity;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const read = async () =>
    (await api.send('GET /activities/HEALTH', { as: 'auditor' })).body as unknown as Activity;

  it('are suggested from the strategies, in the reader’s language', async () => {
    const { status, body } = await api.send(`GET /schemes/${SCHEME}/activity-candidates`, {
      as: 'authority-SI0',
      headers: { 'accept-language': 'sl' },
    });
    expect(status).toBe(200);
    const candidates = body['candidates'] as {
      theme: string;
      label: string;
      criticalMass: { verdict: string };
    }[];
    expect(candidates).toHaveLength(11);
    expect(candidates.filter(({ criticalMass }) => criticalMass.verdict === 'reached')).toHaveLength(9);
    expect(candidates.find(({ theme }) => theme === 'health')?.label).toBe('Zdravje');
    const diamonds = await api.send(`GET /schemes/${SCHEME}/synergy-diamonds?regions=DE1,SI0`, {
      as: 'auditor',
    });
    expect((diamonds.body['diamonds'] as unknown[]).length).toBe(1);
    expectProblem(
      await api.send(`GET /schemes/${SCHEME}/synergy-diamonds?regions=DE1,XX1`, { as: 'auditor' }),
      422,
      'region.not-found',
      ['query /regions'],
    );
  });

  it('are proposed by the coordinator, once for each key of a request', async () => {
    const request = {
      as: 'coordinator',
      body: { scheme: SCHEME, key: 'HEALTH', theme: 'health', lead: 'DE1' },
      headers: { 'idempotency-key': 'propose-health' },
    };
    const first = await api.send('POST /activities', request);
    expect(first.status).toBe(201);
    expect(first.headers.get('etag')).toBe(`"${String(first.body['version'])}"`);
    const again = await api.send('POST /activities', request);
    expect(again.body).toEqual(first.body);
    activity = first.body as unknown as Activity;
    expect(activity).toMatchObject({
      lead: 'DE1',
      labels: { fr: 'Santé' },
      cycle: { stage: 'candidate', stageLabel: 'Candidate', status: 'active' },
      criticalMass: { asked: { verdict: 'reached' } },
    });
    expectProblem(
      await api.send('POST /activities', { as: 'coordinator', body: request.body }),
      409,
      'activity.exists',
    );
    expectProblem(
      await api.send('POST /activities', { as: 'authority-DE1', body: { ...request.body, key: 'H2' } }),
      403,
      'auth.role-forbidden',
    );
  });

  it('are seen by every authority, with cycle, gate and history, and moved by none', async () => {
    for (const path of ['', '/gate', '/history', '/facts']) {
      const answer = await api.send(`GET /cycles/${activity.cycleId}${path}`, { as: 'authority-SI0' });
      expect([path, answer.status]).toEqual([path, 200]);
    }
    for (const as of ['authority-SI0', 'authority-DE1']) {
      expectProblem(
        await api.send(`POST /cycles/${activity.cycleId}/events`, { as, body: { type: 'advance' } }),
        403,
        'auth.role-forbidden',
      );
    }
    const record = (as: string) =>
      api.send(`PATCH /cycles/${activity.cycleId}/facts`, {
        as,
        body: { facts: [{ fact: 'activity.capacity', value: 5 }] },
      });
    expectProblem(await record('authority-SI0'), 403, 'region.not-leading');
    expectProblem(await record('authority-DE1'), 422, 'fact.not-recordable', ['body /facts/0/fact']);
  });

  it('take the part of a region from its own authority, and from the coordinator', async () => {
    const confirm = (nuts: string, as: string) =>
      api.send(`POST /activities/HEALTH/regions/${nuts}/confirm`, { as, body: {} });
    expect((await confirm('SI0', 'authority-SI0')).status).toBe(200);
    expect((await confirm('DE2', 'coordinator')).status).toBe(200);
    expectProblem(await confirm('DE1', 'authority-SI0'), 403, 'region.not-leading');
    expectProblem(await confirm('CH022', 'authority-CH022'), 422, 'region.not-found');
    expectProblem(await confirm('DE1', 'auditor'), 403, 'auth.role-forbidden');
    const left = await api.send('POST /activities/HEALTH/regions/DE2/leave', {
      as: 'authority-DE2',
      body: { note: 'No money' },
    });
    const regions = (left.body as unknown as Activity).regions;
    expect(regions.find(({ region }) => region === 'DE2')?.state).toBe('left');
    expect(regions.find(({ region }) => region === 'SI0')?.state).toBe('confirmed');
  });

  it('are changed only by whoever has seen the latest version', async () => {
    const { version } = await read();
    const change = (seen: number, body: unknown) =>
      api.send('PATCH /activities/HEALTH', {
        as: 'coordinator',
        body,
        headers: { 'if-match': `"${seen}"` },
      });
    const body = {
      linkedProjects: [{ title: 'One' }, { title: 'Two' }, { title: 'Three', url: 'https://example.org/3' }],
    };
    const changed = await change(version, body);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe(`"${version + 1}"`);
    expectProblem(await change(version, body), 412, 'version.stale');
    expectProblem(
      await change(version + 1, { linkedProjects: [{ title: 'One' }, { title: 'One' }] }),
      422,
      'request.invalid',
      ['body /linkedProjects'],
    );
    expectProblem(
      await change(version + 1, { driver: { cluster: 'C', region: 'CH022' } }),
      422,
      'activity.invalid',
      ['body /driver/region'],
    );
  });

  it('are rated and moved by the coordinator, through the events of their cycle', async () => {
    const scores = { capacity: 4, opportunity: 4, relatedness: 3, note: 'Workshop' };
    expectProblem(
      await api.send('POST /activities/HEALTH/rate', { as: 'coordinator', body: { capacity: 6 } }),
      422,
      'request.invalid',
      ['body /capacity'],
    );
    const rated = await api.send('POST /activities/HEALTH/rate', { as: 'coordinator', body: scores });
    expect(rated.body).toMatchObject({
      scores: { capacity: 4, opportunity: 4, relatedness: 3 },
      rating: { verdict: 'pass' },
    });
    const moved = await api.send(`POST /cycles/${activity.cycleId}/events`, {
      as: 'coordinator',
      body: { type: 'advance' },
    });
    expect(moved.body).toMatchObject({ transition: { from: 'candidate', to: 'rated' } });
    await carryOutEffects(api.engine);
    expect((await read()).cycle.stage).toBe('rated');
  });

  it('can be merged, listed by region and page by page', async () => {
    for (const [key, theme] of [
      ['MATERIALS', 'materials'],
      ['SPACE', 'aerospace'],
    ]) {
      await api.send('POST /activities', { as: 'coordinator', body: { scheme: SCHEME, key, theme } });
    }
    const merged = await api.send('POST /activities/MATERIALS/merge', {
      as: 'coordinator',
      body: { merged: ['SPACE'], note: 'Too few' },
    });
    expect(merged.status).toBe(200);
    const first = await api.send('GET /activities?limit=2', { as: 'authority-FRC2' });
    expect((first.body['items'] as Activity[]).map(({ key }) => key)).toEqual(['HEALTH', 'MATERIALS']);
    const second = await api.send(`GET /activities?limit=2&cursor=${String(first.body['nextCursor'])}`, {
      as: 'authority-FRC2',
    });
    expect((second.body['items'] as Activity[]).map(({ key }) => key)).toEqual(['SPACE']);
    expect(second.body['nextCursor']).toBeNull();
    const ofFribourg = await api.send(`GET /activities?scheme=${SCHEME}&region=CH022`, { as: 'auditor' });
    expect((ofFribourg.body['items'] as Activity[]).map(({ key }) => key)).toEqual(['MATERIALS']);
  });

  it('are not found under a key that nobody has', async () => {
    expectProblem(await api.send('GET /activities/NOTHING', { as: 'auditor' }), 404, 'activity.not-found');
    expectProblem(
      await api.send('GET /activities/HEALTH?scheme=other', { as: 'auditor' }),
      404,
      'activity.not-found',
    );
    expectProblem(await api.send('GET /activities/health', { as: 'auditor' }), 422, 'request.invalid', [
      'path /key',
    ]);
    expect(api.logged).toEqual([]);
  });
});
