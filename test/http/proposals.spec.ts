import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blockingSchema, projectsSchema, rankingSchema } from '../../src/http/schemas/call-award.js';
import { proposalPageSchema, proposalSchema, reviewListSchema } from '../../src/http/schemas/proposal.js';
import { callHands } from '../engine/proposals/call-fixture.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi, type TestRequest } from './test-api.js';

const REGIONS = {
  AT31: { own: '300000.00', currency: 'EUR', smesMin: 1, closesOn: '2019-03-01' },
  CH022: { own: '250000.05', currency: 'CHF' },
  SI0: { own: '200000.00', currency: 'EUR' },
} as const;
const AUTHORITIES = ['AT31', 'CH022', 'SI0'];

const HEAT = {
  title: 'Heat from waste water',
  acronym: 'HEAT',
  partners: [
    { organisation: 'Pumpen GmbH', region: 'AT31', kind: 'sme', requested: '125000.00' },
    { organisation: 'Chaleur SA', region: 'CH022', kind: 'research', requested: '60000.05' },
    { organisation: 'Energetika d.o.o.', region: 'SI0', kind: 'sme', requested: '80000.5' },
  ],
};

describe('proposals to a call over the API', () => {
  let api: TestApi;
  let hands: ReturnType<typeof callHands>;
  let id = '';

  beforeAll(async () => {
    api = await openTestApi();
    hands = callHands(api.engine);
    await hands.open(REGIONS);
    hands.at('2019-02-20T10:00:00Z');
  });
  afterAll(() => api.close());

  const call = '/calls/ENERGY';
  const send = (route: string, as: string, body?: object, headers: TestRequest['headers'] = {}) =>
    api.send(route, body === undefined ? { as, headers } : { as, body, headers });
  const etagOf = (answer: { readonly headers: Headers }): string => answer.headers.get('etag') ?? '';

  it('are submitted once for one key, and refused with the code and the place of the fault', async () => {
    const submit = (more: object, as = 'coordinator', headers = {}) =>
      send(`POST ${call}/proposals`, as, { ...HEAT, ...more }, headers);
    expectProblem(await submit({ partners: [] }), 422, 'request.invalid', ['body /partners']);
    const float = HEAT.partners.map((partner) => ({ ...partner, requested: 125000 }));
    expect((await submit({ partners: float })).status).toBe(422);
    const outside = [{ ...HEAT.partners[0], region: 'DE1' }];
    expectProblem(await submit({ partners: outside }), 422, 'proposal.invalid', ['body /partners/0/region']);
    expectProblem(await submit({}, 'auditor'), 403, 'auth.role-forbidden');
    expectProblem(await send('POST /calls/NOTHING/proposals', 'coordinator', HEAT), 404, 'call.not-found');

    const key = { 'idempotency-key': 'heat-1' };
    const first = await submit({}, 'coordinator', key);
    expect(first.status).toBe(201);
    const proposal = proposalSchema.parse(first.body);
    expect((await submit({}, 'coordinator', key)).body).toEqual(first.body);
    expectProblem(await submit({ title: 'Other' }, 'coordinator', key), 422, 'idempotency.key-reused');
    expectProblem(await submit({}), 422, 'proposal.invalid', ['body /acronym']);
    id = proposal.id;
    expect(proposal.partners.map(({ requested, currency }) => `${requested} ${currency}`)).toEqual([
      '125000.00 EUR',
      '60000.05 CHF',
      '80000.50 EUR',
    ]);
    const list = proposalPageSchema.parse((await send(`GET ${call}/proposals`, 'authority-DE1')).body);
    expect(list.items.map(({ acronym }) => acronym)).toEqual(['HEAT']);
    expectProblem(
      await send(`GET ${call}/proposals/01890a5d-ac96-774b-bcce-b302099a8057`, 'auditor'),
      404,
      'proposal.not-found',
    );
  });

  it('say in the language of the reader what is not met', async () => {
    const lone = { ...HEAT, acronym: 'LONE', partners: [{ ...HEAT.partners[0], kind: 'large' }] };
    const { body } = await send(`POST ${call}/proposals`, 'coordinator', lone);
    const read = await send(`GET ${call}/proposals/${body['id']}`, 'authority-SI0', undefined, {
      'accept-language': 'sl',
    });
    const { eligibility } = proposalSchema.parse(read.body);
    expect(eligibility.regions[0]?.judged.reasons[0]?.leaves[0]).toMatchObject({
      fact: 'part.smes',
      label: 'Mala in srednja podjetja iz regije',
      required: 1,
      actual: 0,
      result: 'fail',
    });
    const withdraw = (as: string, headers = {}) =>
      send(`POST ${call}/proposals/${body['id']}/withdraw`, as, { reason: 'Alone.' }, headers);
    expectProblem(await withdraw('authority-SI0'), 409, 'proposal.not-possible');
    expectProblem(await withdraw('authority-AT31', { 'if-match': '"9"' }), 412, 'version.stale');
    expect((await withdraw('authority-AT31', { 'if-match': etagOf(read) })).body['status']).toBe('withdrawn');
  });

  it('are checked by each region for itself, against the version that was seen', async () => {
    hands.at('2019-03-28T08:00:00Z');
    await hands.advance();
    hands.at('2019-04-15T08:00:00Z');
    const check = (nuts: string, as: string, body = {}, headers = {}) =>
      send(`PUT ${call}/proposals/${id}/eligibility/${nuts}`, as, body, headers);
    expectProblem(await check('AT31', 'authority-SI0'), 403, 'region.not-leading');
    expectProblem(await check('AT31', 'coordinator'), 403, 'auth.role-forbidden');
    expectProblem(
      await check('AT31', 'authority-AT31', { overrule: { result: 'eligible' } }),
      422,
      'request.invalid',
      ['body /overrule/reason'],
    );
    const seen = etagOf(await send(`GET ${call}/proposals/${id}`, 'authority-AT31'));
    const overrule = { result: 'eligible', reason: 'Shown by letter.' };
    const checked = await check('AT31', 'authority-AT31', { overrule }, { 'if-match': seen });
    expect(checked.status).toBe(200);
    expectProblem(await check('AT31', 'authority-AT31', {}, { 'if-match': seen }), 412, 'version.stale');
    for (const nuts of AUTHORITIES) await check(nuts, `authority-${nuts}`);
    const { eligibility } = proposalSchema.parse((await send(`GET ${call}/proposals/${id}`, 'auditor')).body);
    expect(eligibility.result).toBe('eligible');
  });

  it('are judged by independent experts, whose words only the coordinator and auditors read', async () => {
    const path = `${call}/proposals/${id}`;
    const assign = (body: object, as = 'coordinator') => send(`POST ${path}/experts`, as, body);
    const own = { expert: 'e-1', region: 'SI0', declaredOn: '2019-04-01' };
    expectProblem(await assign(own), 409, 'expert.conflict', ['body /region']);
    expectProblem(await assign({ ...own, region: null }, 'authority-AT31'), 403, 'auth.role-forbidden');
    for (const expert of ['e-1', 'e-2', 'e-3']) {
      expect((await assign({ ...own, region: null, expert })).status).toBe(200);
      const review = {
        expert,
        scores: { excellence: 4, impact: 3.5, implementation: 4 },
        comments: 'Not for everybody.',
      };
      const wrong = { ...review, scores: { ...review.scores, impact: 5.5 } };
      expectProblem(await send(`POST ${path}/reviews`, 'coordinator', wrong), 422, 'proposal.invalid', [
        'body /scores/impact',
      ]);
      const recorded = await send(`POST ${path}/reviews`, 'coordinator', review);
      expect(recorded.text).not.toContain('everybody');
    }
    for (const as of ['coordinator', 'auditor']) {
      const { items } = reviewListSchema.parse((await send(`GET ${path}/reviews`, as)).body);
      expect(items.map(({ review }) => review?.comments)).toEqual(Array(3).fill('Not for everybody.'));
    }
    for (const as of ['authority-AT31', 'administrator']) {
      expectProblem(await send(`GET ${path}/reviews`, as), 403, 'auth.role-forbidden');
    }
    const history = await send(`GET /cycles/${hands.cycleId()}/history?limit=200`, 'authority-AT31');
    expect(history.text).toContain('review-recorded');
    expect(history.text).not.toContain('everybody');
  });

  it('are ranked, decided and started; the table of the money adds up', async () => {
    await hands.advance();
    for (const nuts of AUTHORITIES) {
      const closed = await send(`PUT ${call}/evaluations/${nuts}`, `authority-${nuts}`);
      expect(closed.status).toBe(200);
    }
    const before = await send(`GET ${call}/ranking`, 'auditor');
    expect(rankingSchema.parse(before.body)).toMatchObject({ approved: null, waitsFor: [] });
    const approve = (headers = {}) => send(`POST ${call}/ranking`, 'coordinator', {}, headers);
    expectProblem(await approve({ 'if-match': '"1"' }), 412, 'version.stale');
    const ranking = rankingSchema.parse((await approve({ 'if-match': etagOf(before) })).body);
    expect(ranking.approved?.ranked[0]).toMatchObject({
      acronym: 'HEAT',
      total: { decimal: '3.7500', exact: '15/4' },
    });
    expectProblem(await approve(), 409, 'ranking.approved');
    await hands.advance();

    const decide = (nuts: string, decisions: object[], as = `authority-${nuts}`) =>
      send(`PUT ${call}/decisions/${nuts}`, as, { decidedOn: '2019-04-15', reference: 'Zl. 1', decisions });
    const funds = { proposal: id, result: 'funds' };
    expectProblem(await decide('AT31', [funds], 'authority-SI0'), 403, 'region.not-leading');
    expectProblem(await decide('AT31', [{ ...funds, amount: '125000.01' }]), 422, 'call-decision.invalid', [
      'body /decisions/0/amount',
    ]);
    await decide('AT31', [funds]);
    await decide('CH022', [{ ...funds, amount: '60000.04' }]);
    const waiting = blockingSchema.parse((await send(`GET ${call}/blocking`, 'authority-SI0')).body);
    expect(waiting.projects[0]).toMatchObject({ kind: 'waiting', daysLeft: 60 });
    expectProblem(
      await send(`POST ${call}/projects/start`, 'coordinator', { startOn: '2019-05-01' }),
      409,
      'start.not-allowed',
      ['body /startOn'],
    );
    expectProblem(
      await send(`POST ${call}/projects/${id}/settle`, 'coordinator', {
        way: 'go-on-without',
        region: 'SI0',
        reason: 'Late.',
      }),
      409,
      'project.not-possible',
    );
    expect(blockingSchema.parse((await decide('SI0', [funds])).body).projects[0]?.kind).toBe('ready');
    expect((await send(`POST ${call}/projects/fund`, 'coordinator')).status).toBe(200);
    const started = await send(`POST ${call}/projects/start`, 'coordinator', { startOn: '2019-05-01' });
    const { projects, money } = projectsSchema.parse(started.body);
    expect(projects.map(({ startOn }) => startOn)).toEqual(['2019-05-01']);
    expect(money.totals).toEqual([
      { currency: 'EUR', committed: '500000.00', reserved: '0.00', granted: '205000.50', free: '294999.50' },
      { currency: 'CHF', committed: '250000.05', reserved: '0.00', granted: '60000.04', free: '190000.01' },
    ]);
    expect((await send(`GET ${call}/projects`, 'authority-DE1')).body).toEqual(started.body);
  });
});
