import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

const CALL = {
  scheme: 's3-4alpclusters',
  key: 'IRASME',
  title: 'IraSME',
  theme: 'Energy and environment',
  regions: ['AT31', 'DE1', 'CH022', 'SI0'],
  lead: 'AT31',
  pot: 'virtual',
};
const AUSTRIA = {
  annex: { publishedOn: '2017-07-03', url: 'https://example.eu/annex' },
  commitments: { own: '1500000.00', currency: 'EUR' },
  localCloses: { on: '2019-03-01', time: '12:00' },
};

describe('joint calls over HTTP', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const asCoordinator = (body: unknown, headers: Record<string, string> = {}) => ({
    as: 'coordinator',
    body,
    headers,
  });
  const asAustria = (body: unknown, headers: Record<string, string> = {}) => ({
    as: 'authority-AT31',
    body,
    headers,
  });

  it('proposes a call once, whatever is sent twice with one key', async () => {
    const wish = asCoordinator(CALL, { 'idempotency-key': 'propose-irasme' });
    const first = await api.send('POST /calls', wish);
    expect(first.status).toBe(201);
    expect(first.headers.get('etag')).toBe('"1"');
    expect(first.body).toMatchObject({ key: 'IRASME', zone: 'Europe/Vienna', opens: null });
    expect((await api.send('POST /calls', wish)).body).toEqual(first.body);
    expectProblem(await api.send('POST /calls', asCoordinator(CALL)), 409, 'call.exists');
    expectProblem(await api.send('POST /calls', asAustria(CALL)), 403, 'auth.role-forbidden');
  });

  it('shows a call and the list of them to every authority of the scheme', async () => {
    const { body } = await api.send('GET /calls/IRASME', { as: 'authority-ITC1' });
    expect(body).toMatchObject({
      cycle: { stage: 'proposed' },
      criticalMass: { regions: 4, countries: 4 },
      regions: [
        { region: 'DE1', state: 'in', missing: ['annex', 'budget', 'text'] },
        { region: 'AT31' },
        { region: 'CH022' },
        { region: 'SI0' },
      ],
    });
    const list = await api.send('GET /calls?limit=1', { as: 'auditor' });
    expect(list.body).toMatchObject({ items: [{ key: 'IRASME' }], nextCursor: null });
    expectProblem(await api.send('GET /calls/NONE', { as: 'auditor' }), 404, 'call.not-found');
    expectProblem(await api.send('GET /calls?scheme=other', { as: 'auditor' }), 404, 'scheme.not-found', [
      'query /scheme',
    ]);
    expectProblem(await api.send('GET /calls/irasme', { as: 'auditor' }), 422, 'request.invalid', [
      'path /key',
    ]);
  });

  it('sets the joint part against the version that was seen, and says the offset of the zone', async () => {
    const dates = { opens: { on: '2018-11-05', time: '09:00' }, closes: { on: '2019-03-27', time: '12:00' } };
    const set = await api.send('PATCH /calls/IRASME', asCoordinator(dates, { 'if-match': '"1"' }));
    expect(set.status).toBe(200);
    expect(set.headers.get('etag')).toBe('"2"');
    expect(set.body).toMatchObject({
      opens: { zone: 'Europe/Vienna', offset: '+01:00', at: '2018-11-05T08:00:00.000Z' },
      packageUntil: '2018-10-06',
    });
    const stale = await api.send('PATCH /calls/IRASME', asCoordinator(dates, { 'if-match': '"1"' }));
    expectProblem(stale, 412, 'version.stale');
    expectProblem(
      await api.send('PATCH /calls/IRASME', asCoordinator({ closes: { on: '2018-01-01', time: '25:00' } })),
      422,
      'request.invalid',
      ['body /closes/time'],
    );
    expectProblem(await api.send('PATCH /calls/IRASME', asAustria(dates)), 403, 'auth.role-forbidden');
  });

  it("writes a region's part against its own version, by its own authority alone", async () => {
    const route = 'PUT /calls/IRASME/regions/AT31';
    const written = await api.send(route, asAustria(AUSTRIA, { 'if-match': '"1"' }));
    expect(written.status).toBe(200);
    expect(written.headers.get('etag')).toBe('"2"');
    expect(written.body).toMatchObject({
      missing: ['text'],
      localCloses: { at: '2019-03-01T11:00:00.000Z' },
      commitments: { own: '1500000.00', pot: null, currency: 'EUR' },
    });
    expect((await api.send('GET /calls/IRASME', { as: 'auditor' })).headers.get('etag')).toBe('"2"');
    expectProblem(await api.send(route, asAustria(AUSTRIA, { 'if-match': '"1"' })), 412, 'version.stale');
    expectProblem(
      await api.send('PUT /calls/IRASME/regions/SI0', asAustria(AUSTRIA)),
      403,
      'region.not-leading',
    );
    expectProblem(await api.send(route, asCoordinator(AUSTRIA)), 403, 'auth.role-forbidden');
    const late = { ...AUSTRIA, localCloses: { on: '2019-03-28', time: '12:00' } };
    expectProblem(await api.send(route, asAustria(late)), 422, 'call.invalid', ['body /localCloses']);
    const early = { ...AUSTRIA, localCloses: { on: '2019-02-23', time: '12:00' } };
    expectProblem(await api.send(route, asAustria(early)), 422, 'call.invalid', ['body /localCloses']);
    const number = { ...AUSTRIA, commitments: { own: 1500000, currency: 'EUR' } };
    expectProblem(await api.send(route, asAustria(number)), 422, 'request.invalid', [
      'body /commitments/own',
    ]);
    const broken = {
      id: 'smes',
      labels: { de: 'a', fr: 'b', it: 'c', sl: 'd', en: 'e' },
      conditions: { all: [] },
    };
    expectProblem(
      await api.send(route, asAustria({ ...AUSTRIA, eligibility: [broken] })),
      422,
      'call.invalid',
      ['body /eligibility/0/conditions/all'],
    );
    expectProblem(
      await api.send('GET /calls/IRASME/regions/ITC1', { as: 'auditor' }),
      404,
      'call.region-not-in',
    );
  });

  it('shows the table of commitments and the dates that suit all', async () => {
    const table = await api.send('GET /calls/IRASME/commitments', { as: 'authority-SI0' });
    expect(table.body).toMatchObject({
      rows: [{ region: 'AT31', purse: 'own', free: { amount: '1500000.00', currency: 'EUR' } }],
      totals: [{ currency: 'EUR', committed: { amount: '1500000.00' } }],
      withoutBudget: ['CH022', 'DE1', 'SI0'],
    });
    const dates = await api.send('GET /calls/IRASME/alignment', { as: 'authority-SI0' });
    expect(dates.status).toBe(200);
    expect(dates.body).toMatchObject({ call: 'IRASME', result: 'feasible', moves: null });
  });

  it('agrees on the theme, and is moved by the events of its cycle', async () => {
    const agreed = await api.send('POST /calls/IRASME/agree-theme', asCoordinator({ agreed: true }));
    expect(agreed.status).toBe(200);
    const cycleId = String(agreed.body['cycleId']);
    const move = { type: 'advance', note: 'agreed', decidedOn: '2017-07-03' };
    expectProblem(
      await api.send(`POST /cycles/${cycleId}/events`, { as: 'authority-SI0', body: move }),
      403,
      'auth.role-forbidden',
    );
    const moved = await api.send(`POST /cycles/${cycleId}/events`, asCoordinator(move));
    expect(moved.body).toMatchObject({ cycle: { stage: 'agreed' } });
    const refused = await api.send(`POST /cycles/${cycleId}/events`, asCoordinator(move));
    expectProblem(refused, 409, 'gate.refused');
  });

  it('lets a region leave and join again with what it said for itself', async () => {
    const left = await api.send('POST /calls/IRASME/regions/AT31/leave', asAustria({ reason: 'no budget' }));
    expect(left.body).toMatchObject({ criticalMass: { regions: 3 } });
    expectProblem(
      await api.send('POST /calls/IRASME/regions/AT31/leave', asAustria({ reason: 'again' })),
      404,
      'call.region-not-in',
    );
    const part = await api.send('GET /calls/IRASME/regions/AT31', { as: 'auditor' });
    expect(part.body).toMatchObject({ state: 'left', leftReason: 'no budget', missing: [] });
    const joined = await api.send('POST /calls/IRASME/regions/AT31/join', asAustria({}));
    expect(joined.body).toMatchObject({ criticalMass: { regions: 4 } });
    const again = await api.send('GET /calls/IRASME/regions/AT31', { as: 'auditor' });
    expect(again.body).toMatchObject({ state: 'in', commitments: { own: '1500000.00' } });
    expect(api.logged).toEqual([]);
  });
});
