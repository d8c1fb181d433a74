import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syncPointSchema } from '../../src/http/schemas/sync-point.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

const LABELS = { de: 'Punkt', fr: 'Point', it: 'Punto', sl: 'Točka', en: 'Point' };

describe('sync points over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const order = (id: string, more: object = {}) => ({
    scheme: 's3-4alpclusters',
    id,
    labels: LABELS,
    milestone: 'stress-test-closed',
    members: ['DE1', 'SI0'],
    rule: { kind: 'all' },
    ...more,
  });
  const place = (body: unknown, as = 'coordinator', headers: Record<string, string> = {}) =>
    api.send('POST /sync-points', { as, body, headers });
  const post = (path: string, body: unknown, as = 'coordinator', headers: Record<string, string> = {}) =>
    api.send(`POST /sync-points/${path}`, { as, body, headers });

  it('are placed once for a key, and read back with who is missing and why', async () => {
    const key = { 'idempotency-key': 'place-1' };
    const rule = {
      kind: 'every',
      of: [
        { kind: 'share', percent: 80 },
        { kind: 'groups', by: 'country', perGroup: 1, groups: 'every' },
      ],
    };
    const placed = await place(order('P-1', { rule }), 'coordinator', key);
    expect([placed.status, placed.headers.get('etag')]).toEqual([201, '"1"']);
    expect(syncPointSchema.parse(placed.body)).toMatchObject({
      id: 'P-1',
      scope: { kind: 'scheme' },
      status: 'open',
      reachable: true,
      needed: 2,
      asks: [
        { kind: 'share', has: 0, needs: 2, holds: false },
        { kind: 'groups', has: 0, needs: 2, holds: false },
      ],
      tells: ['coordinator', 'authority'],
      missing: [
        {
          region: 'DE1',
          reason: 'milestone-not-reached',
          why: { kind: 'fact', facts: [{ fact: 'stresstest.closed_on' }] },
        },
        { region: 'SI0' },
      ],
    });
    expect((await place(order('P-1', { rule }), 'coordinator', key)).status).toBe(201);
    expectProblem(await place(order('P-1')), 409, 'sync-point.exists');
    const own = await api.send('GET /sync-points/P-1', { as: 'authority-SI0' });
    expect(syncPointSchema.parse(own.body).missing.map(({ why }) => why?.kind ?? null)).toEqual([
      null,
      'fact',
    ]);
    const list = await api.send('GET /sync-points?scope=scheme&limit=200', { as: 'auditor' });
    expect((list.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual([
      'KICK-OFF',
      'P-1',
      'S0',
      'S1',
      'S7',
    ]);
  });

  it('refuse what can never be, with the place where it stands', async () => {
    expectProblem(await place(order('P-2', { milestone: 'never' })), 422, 'sync-point.invalid');
    expectProblem(await place(order('P-2', { members: ['XX1'] })), 422, 'sync-point.invalid');
    const condition = { all: [{ fact: 'no.such_fact', operator: 'equal', value: 1 }] };
    const rule = { kind: 'predicate', condition, needed: 1 };
    expectProblem(await place(order('P-2', { rule })), 422, 'sync-point.invalid');
    const both = order('P-2', { stage: 'review' });
    expectProblem(await place(both), 422, 'request.invalid', ['body /milestone']);
    expectProblem(await place(order('P-2', { members: ['DE1', 'DE1'] })), 422, 'request.invalid', [
      'body /members',
    ]);
    expectProblem(
      await place(order('P-2', { leaver: 'hold', deadline: { on: null, policy: 'drop-late' } })),
      422,
      'request.invalid',
      ['body /leaver'],
    );
    expectProblem(await place(order('P-2', { scheme: 'nowhere' })), 404, 'scheme.not-found', [
      'body /scheme',
    ]);
  });

  it('are for those to place, change and end who may', async () => {
    for (const as of ['authority-DE1', 'auditor']) {
      expectProblem(await place(order('P-3'), as), 403, 'auth.role-forbidden');
    }
    await place(order('P-3', { lateJoiner: 'refuse' }), 'administrator');
    expectProblem(await post('P-3/release', { reason: 'now' }, 'administrator'), 403, 'auth.role-forbidden');
    expectProblem(await post('P-3/cancel', { reason: 'now' }, 'authority-DE1'), 403, 'auth.role-forbidden');
    const joining = { add: ['FRC2'], reason: 'wants in' };
    expectProblem(await post('P-3/members', joining), 409, 'sync-point.late-joiner');
    expectProblem(await post('P-3/members', { remove: ['FRC2'], reason: 'x' }), 422, 'sync-point.invalid');
    expectProblem(await post('P-9/cancel', { reason: 'x' }), 404, 'sync-point.not-found');
  });

  it('are released by hand by the version that was seen, and carried to every member', async () => {
    await place(order('P-4'));
    await recordFacts(api.engine.deps, {
      ...by(api.engine.coordinator),
      cycleId: api.engine.cycle('DE1'),
      facts: [fact('stresstest.closed_on', '2017-06-30')],
    });
    await carryOutEffects(api.engine);
    const stale = await post('P-4/release', { reason: 'go' }, 'coordinator', { 'if-match': '"1"' });
    expectProblem(stale, 412, 'version.stale');
    const { headers } = await api.send('GET /sync-points/P-4', { as: 'coordinator' });
    const released = await post('P-4/release', { reason: 'go' }, 'coordinator', {
      'if-match': headers.get('etag') ?? '',
    });
    expect(syncPointSchema.parse(released.body)).toMatchObject({
      status: 'released',
      releasedWith: { arrived: ['DE1'], missing: ['SI0'], by: 'hand', actor: 'coordinator', reason: 'go' },
      told: { told: 0, of: 2 },
    });
    await carryOutEffects(api.engine);
    const { body } = await api.send('GET /sync-points/P-4', { as: 'auditor' });
    expect(body['told']).toEqual({ told: 2, of: 2 });
    expectProblem(await post('P-4/cancel', { reason: 'no' }), 409, 'sync-point.ended');
  });

  it('get another last day, other members, and are cancelled with a reason', async () => {
    await place(order('P-5', { rule: { kind: 'k-of-n', k: 2 }, members: ['AT31', 'AT32'] }));
    const dated = await post('P-5/deadline', { on: '2017-12-31' });
    expect(dated.body['deadline']).toMatchObject({ on: '2017-12-31', at: '2017-12-31T23:00:00.000Z' });
    const changed = await post('P-5/members', { add: ['ITC4'], remove: ['AT31'], reason: 'swap' });
    expect(changed.body['members'] as { region: string; left: string | null }[]).toMatchObject([
      { region: 'AT31', left: 'stepped-out' },
      { region: 'AT32', left: null },
      { region: 'ITC4', left: null },
    ]);
    const cancelled = await post('P-5/cancel', { reason: 'another year' });
    expect(cancelled.body).toMatchObject({
      status: 'cancelled',
      cancelled: { by: 'coordinator', reason: 'another year' },
    });
  });
});
