import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backtestSchema, shadowReportSchema } from '../../src/http/schemas/backtest.js';
import { decisionTodaySchema } from '../../src/http/schemas/decision-today.js';
import { historyPageSchema } from '../../src/http/schemas/history.js';
import { boardSchema } from '../../src/http/schemas/scheme.js';
import { storedDecisionPageSchema, storedDecisionSchema } from '../../src/http/schemas/stored-decision.js';
import { waiverPageSchema } from '../../src/http/schemas/waiver.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openWorkshop, setThreshold } from './workshop.js';

const NOBODY = '0198a8a0-0000-7000-8000-00000000dead';

describe('decisions over HTTP', () => {
  let api: TestApi;
  let cycle: string;
  const ids: string[] = [];

  beforeAll(async () => {
    api = await openTestApi();
    cycle = api.engine.cycle('DE2');
    const move = () =>
      api.send(`POST /cycles/${cycle}/events`, {
        as: 'coordinator',
        body: { type: 'advance', note: 'as agreed' },
      });
    await move();
    const facts = agendaSettingFacts().map(({ fact, value }) => ({ fact, value, evidence: 'Doc 7' }));
    await api.send(`PATCH /cycles/${cycle}/facts`, { as: 'authority-DE2', body: { facts } });
    await move();
    await api.send(`POST /cycles/${api.engine.cycle('DE1')}/events`, {
      as: 'coordinator',
      body: { type: 'advance' },
    });
  });
  afterAll(() => api.close());

  it('are listed in the order in which they were taken, page by page, and by region, gate, verdict and cycle', async () => {
    const first = storedDecisionPageSchema.parse(
      (await api.send('GET /decisions?limit=2', { as: 'auditor' })).body,
    );
    expect(first.items.map(({ region, outcome, verdict }) => [region, outcome, verdict])).toEqual([
      ['DE2', 'refused', 'unknown'],
      ['DE2', 'moved', 'pass'],
    ]);
    const rest = await api.send(`GET /decisions?limit=2&cursor=${first.nextCursor}`, { as: 'auditor' });
    const second = storedDecisionPageSchema.parse(rest.body);
    expect([second.items.map(({ region }) => region), second.nextCursor]).toEqual([['DE1'], null]);
    ids.push(...first.items.map(({ id }) => id));

    const found = async (query: string) =>
      storedDecisionPageSchema.parse((await api.send(`GET /decisions?${query}`, { as: 'auditor' })).body)
        .items.length;
    expect([
      await found('region=DE2'),
      await found('gate=agenda_setting.exit'),
      await found('gate=review.close'),
      await found('verdict=unknown'),
      await found(`cycle=${cycle}&verdict=pass`),
    ]).toEqual([2, 3, 0, 2, 1]);
    const own = await api.send('GET /decisions', { as: 'authority-DE1' });
    expect(storedDecisionPageSchema.parse(own.body).items.map(({ region }) => region)).toEqual(['DE1']);
  });

  it('are explained: rules, leaves, facts with where they come from, versions, who and when, in the reader’s language', async () => {
    const answer = await api.send(`GET /decisions/${ids[1]}`, {
      as: 'authority-DE2',
      headers: { 'accept-language': 'fr' },
    });
    const decision = storedDecisionSchema.parse(answer.body);
    expect(decision).toMatchObject({
      id: ids[1],
      cycle,
      region: 'DE2',
      event: 'advance',
      gate: 'agenda_setting.exit',
      to: 'strategy_development',
      outcome: 'moved',
      verdict: 'pass',
      today: '2017-07-03',
      at: '2017-07-03T08:00:00.000Z',
      actor: { id: 'coordinator', role: 'coordinator' },
      rulebook: { id: 'region-cycle', version: 1 },
      waivers: [],
    });
    expect(decision.explanation.label).toBe("Sortie de la mise à l'agenda");
    expect(decision.explanation.rules[0]?.leaves[0]).toMatchObject({
      fact: 'gov.body_named',
      actual: true,
      result: 'pass',
    });
    expect(decision.facts.find(({ fact }) => fact === 'gov.body_named')).toMatchObject({
      value: true,
      evidence: 'Doc 7',
      recordedBy: 'authority-DE2',
      isStale: false,
    });
    expect(decision.calendars.own).toMatch(/^DE/);
  });

  it('stand in the history with their verdicts and ids', async () => {
    const answer = await api.send(`GET /cycles/${cycle}/history?limit=200`, { as: 'auditor' });
    const told = historyPageSchema
      .parse(answer.body)
      .items.filter(({ details }) => details['decision'] !== undefined);
    expect(told.map(({ details }) => details['decision'])).toEqual(ids);
    expect(told.map(({ details }) => (details['verdict'] as { verdict: string }).verdict)).toEqual([
      'unknown',
      'pass',
    ]);
  });

  it('tell whether they would be the same today, and why not', async () => {
    const then = await api.send(`GET /decisions/${ids[1]}/today`, { as: 'coordinator' });
    expect(decisionTodaySchema.parse(then.body)).toMatchObject({ isSame: true, causes: [], rules: [] });
    await api.send(`PATCH /cycles/${cycle}/facts`, {
      as: 'authority-DE2',
      body: { facts: [{ fact: 'gov.deputy_named', value: false }] },
    });
    const answer = await api.send(`GET /decisions/${ids[1]}/today`, {
      as: 'coordinator',
      headers: { 'accept-language': 'en' },
    });
    const today = decisionTodaySchema.parse(answer.body);
    expect([today.isSame, today.was.verdict, today.now.verdict, today.causes]).toEqual([
      false,
      'pass',
      'fail',
      [['fact']],
    ]);
    expect(today.rules.map(({ id, causes }) => [id, causes])).toEqual([['R01', [['fact']]]]);
    expect(today.facts.map(({ fact, was, now }) => [fact, was?.value, now?.value])).toEqual([
      ['gov.deputy_named', true, false],
    ]);
  });

  it('do not exist for another region, and are asked for by ids', async () => {
    for (const route of [`GET /decisions/${ids[1]}`, `GET /decisions/${ids[1]}/today`]) {
      expectProblem(await api.send(route, { as: 'authority-DE1' }), 404, 'decision.not-found');
    }
    expectProblem(await api.send(`GET /decisions/${NOBODY}`, { as: 'auditor' }), 404, 'decision.not-found');
    expectProblem(await api.send('GET /decisions/7', { as: 'auditor' }), 422, 'request.invalid', [
      'path /id',
    ]);
    expectProblem(await api.send('GET /decisions?region=XX9', { as: 'auditor' }), 422, 'region.not-found', [
      'query /region',
    ]);
    expectProblem(await api.send('GET /decisions?verdict=maybe', { as: 'auditor' }), 422, 'request.invalid', [
      'query /verdict',
    ]);
  });

  it('are what a version of the rulebook is run on', async () => {
    const answer = await api.send('POST /rulebooks/1/backtest', {
      as: 'administrator',
      body: { gate: 'agenda_setting.exit' },
      headers: { 'idempotency-key': 'once' },
    });
    const report = backtestSchema.parse(answer.body);
    expect(report).toMatchObject({ decisions: 3, flipped: 0, flips: [], isComplete: true });
    const again = await api.send('POST /rulebooks/1/backtest', {
      as: 'administrator',
      body: { gate: 'review.close' },
      headers: { 'idempotency-key': 'once' },
    });
    expectProblem(again, 422, 'idempotency.key-reused');
    const refused = await api.send('POST /rulebooks/1/backtest', { as: 'authority-DE2', body: {} });
    expectProblem(refused, 403, 'auth.role-forbidden');
    expectProblem(
      await api.send('POST /rulebooks/9/backtest', { as: 'administrator', body: {} }),
      404,
      'definition.not-found',
    );
  });

  it('are asked of a draft that is tried out, and told where it says otherwise', async () => {
    const nothing = await api.send(`GET /rulebooks/drafts/${NOBODY}/shadow`, { as: 'administrator' });
    expectProblem(nothing, 404, 'draft.not-found');
    const refused = await api.send(`GET /rulebooks/drafts/${NOBODY}/shadow`, { as: 'authority-DE2' });
    expectProblem(refused, 403, 'auth.role-forbidden');

    const workshop = openWorkshop(api);
    const draft = await workshop.draft(1);
    await workshop.edit(draft, (book) => setThreshold(book, 'R04', 'answers_per_group_min', 6));
    const report = async () =>
      shadowReportSchema.parse(
        (await api.send(`GET /rulebooks/drafts/${draft}/shadow`, { as: 'coordinator' })).body,
      );
    expect(await report()).toMatchObject({ draft, decisions: 0, diverging: 0, items: [] });

    await workshop.settle(draft);
    const facts = agendaSettingFacts().map(({ fact, value }) => ({ fact, value }));
    await api.send(`PATCH /cycles/${api.engine.cycle('AT31')}/facts`, {
      as: 'authority-AT31',
      body: { facts },
    });
    const moved = await api.send(`POST /cycles/${api.engine.cycle('AT31')}/events`, {
      as: 'coordinator',
      body: { type: 'advance' },
    });
    // Five answers of civil society are enough for the rulebook that decides.
    expect(moved.status).toBe(200);
    expect(await report()).toMatchObject({ decisions: 1, diverging: 1, items: [{ region: 'AT31' }] });
  });
});

describe('waivers over HTTP', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  it('are listed with the cycle, shown on the board while they count, and kept when they have ended', async () => {
    const cycle = api.engine.cycle('AT31');
    const granted = await api.send(`POST /cycles/${cycle}/waivers`, {
      as: 'coordinator',
      body: { rule: 'R04', reason: 'late', secondedBy: 'administrator', endsOn: '2017-07-31' },
    });
    expect(granted.status).toBe(201);
    const list = async () =>
      waiverPageSchema
        .parse((await api.send(`GET /cycles/${cycle}/waivers`, { as: 'authority-AT31' })).body)
        .items.map(({ rule, reason, secondedBy, endsOn, isInForce }) => [
          rule,
          reason,
          secondedBy,
          endsOn,
          isInForce,
        ]);
    const onBoard = async () =>
      boardSchema
        .parse((await api.send(`GET /schemes/${api.engine.scheme.id}/board`, { as: 'coordinator' })).body)
        .regions.find(({ region }) => region === 'AT31')?.waivers;
    expect(await list()).toEqual([['R04', 'late', 'administrator', '2017-07-31', true]]);
    expect(await onBoard()).toEqual([{ rule: 'R04', endsOn: '2017-07-31' }]);
    api.engine.clock.advanceDays(30);
    expect(await list()).toEqual([['R04', 'late', 'administrator', '2017-07-31', false]]);
    expect(await onBoard()).toEqual([]);
    expectProblem(
      await api.send(`GET /cycles/${cycle}/waivers`, { as: 'authority-DE1' }),
      404,
      'cycle.not-found',
    );
  });
});
