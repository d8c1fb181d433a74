import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseMoney, sumMoney } from '../../../src/core/calls/money.js';
import { readBlocking, readProjects, readRanking } from '../../../src/engine/proposals/read-ranking.js';
import { setCommonStart } from '../../../src/engine/proposals/set-common-start.js';
import { readCycle } from '../../../src/engine/cycles/read-cycle.js';
import { verifyCycles } from '../../../src/engine/history/verify-cycles.js';
import { SYSTEM_ACTOR } from '../../../src/core/terms/actor.js';
import { by, openTestEngine, type TestEngine } from '../../support/engine.js';
import { callHands, day, REGIONS } from './call-fixture.js';

const ALL = Object.keys(REGIONS);

describe('a joint call from the opening to the common start', () => {
  let engine: TestEngine;
  let hands: ReturnType<typeof callHands>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    engine = await openTestEngine();
    hands = callHands(engine);
    await hands.open();
  });
  afterAll(() => engine.close());

  it('takes proposals of consortia until the deadline of each of their regions', async () => {
    const { submit, partner, at } = hands;
    at('2019-02-20T10:00:00Z');
    const heat = [
      partner('AT31', '100000.10'),
      partner('CH022', '150000.03'),
      partner('SI0', '99999.99'),
      partner('ITC4', '120000.00', 'large'),
    ];
    ids['HEAT'] = (await submit('HEAT', heat)).id;
    const grid = [partner('AT31', '150000.00'), partner('CH022', '100000.02'), partner('ITC4', '200000.00')];
    ids['GRID'] = (await submit('GRID', grid, engine.authority('AT31'))).id;
    await expect(submit('GRID', grid)).rejects.toMatchObject({ code: 'proposal.invalid' });
    await expect(submit('NONE', grid, engine.authority('SI0'))).rejects.toMatchObject({
      code: 'proposal.invalid',
    });
    await expect(submit('OUT', [partner('DE1', '1')])).rejects.toMatchObject({ code: 'proposal.invalid' });
    await expect(submit('FLOAT', [partner('AT31', '1.005'), partner('SI0', '1')])).rejects.toMatchObject({
      code: 'proposal.invalid',
    });

    // 1 March, 12:00 in Vienna: from this millisecond on no applicant of Austria.
    at('2019-03-01T11:00:00Z');
    const late = [partner('AT31', '10.00'), partner('SI0', '10.00')];
    await expect(submit('LATE', late)).rejects.toMatchObject({
      code: 'proposal.too-late',
      details: { region: 'AT31', localTime: '2019-03-01T12:00+01:00[Europe/Vienna]' },
    });
    ids['WIND'] = (await submit('WIND', [partner('SI0', '100000.00'), partner('ITC4', '150000.00')])).id;
    ids['LONE'] = (await submit('LONE', [partner('SI0', '1000.00')])).id;
    at('2019-03-27T11:00:00Z');
    await expect(submit('LAST', [partner('SI0', '1'), partner('ITC4', '1')])).rejects.toMatchObject({
      code: 'proposal.too-late',
    });
    expect(await hands.facts()).toMatchObject({ proposals: 4, proposals_eligible: 0, evaluations_open: 3 });
  });

  it('ranks only when every region has checked and at least three independent experts have judged', async () => {
    const { judge, advance, at } = hands;
    at('2019-03-28T08:00:00Z');
    await advance();
    at('2019-05-20T08:00:00Z');
    await judge(ids['HEAT'] ?? '', ALL, 4);
    await judge(ids['GRID'] ?? '', ['AT31', 'CH022', 'ITC4'], 3);
    await expect(hands.closeEvaluations(['SI0'])).rejects.toMatchObject({ code: 'call.not-possible' });
    await judge(ids['WIND'] ?? '', ['SI0', 'ITC4'], 4.5);
    await expect(hands.closeEvaluations(['SI0'])).rejects.toMatchObject({
      details: { reason: 'Still open: LONE (eligibility).' },
    });
    await judge(ids['LONE'] ?? '', ['SI0'], 0, 0);
    expect(await hands.facts()).toMatchObject({
      proposals_eligible: 3,
      experts_per_proposal_min: 3,
      reviews_with_conflict: 0,
      evaluations_open: 0,
    });
    await advance();
    await hands.closeEvaluations(['AT31', 'CH022', 'SI0']);
    await expect(hands.approve()).rejects.toMatchObject({
      code: 'ranking.not-ready',
      details: { reasons: ['ITC4: evaluation not finished'] },
    });
    await hands.closeEvaluations(['ITC4', 'ITC4']);
  });

  it('funds along the ranking what the regions can pay, to the cent and centime', async () => {
    const ranking = await hands.approve();
    expect(ranking.approved?.ranked.map(({ acronym, rank }) => [rank, acronym])).toEqual([
      [1, 'WIND'],
      [2, 'HEAT'],
      [3, 'GRID'],
    ]);
    expect(ranking.approved?.unranked).toMatchObject([{ acronym: 'LONE', reason: 'ineligible' }]);
    const { projects, money } = await readProjects(engine.deps, hands.ref);
    expect(projects.map(({ acronym, status }) => [acronym, status])).toEqual([
      ['WIND', 'funded'],
      ['HEAT', 'funded'],
      ['GRID', 'unpaid'],
    ]);
    // 400000.00 - 150000.00 - 120000.00 = 130000.00 are free in Lombardy, and GRID wants 200000.00 there.
    expect(projects[2]?.unpaidBy).toEqual([
      { region: 'ITC4', code: 'commitment.exceeded', missing: { amount: '70000.00', currency: 'EUR' } },
    ]);
    expect(money.totals).toEqual([
      { currency: 'EUR', committed: '900000.00', reserved: '570000.09', granted: '0.00', free: '329999.91' },
      { currency: 'CHF', committed: '250000.05', reserved: '150000.03', granted: '0.00', free: '100000.02' },
    ]);
    expect(await hands.facts()).toMatchObject({
      ranking_approved_on: '2019-05-20',
      decisions_open: 6,
      decisions_late: 0,
      projects: 2,
    });
  });

  it('keeps the ranking as it was approved, whatever is tried', async () => {
    const before = JSON.stringify((await readRanking(engine.deps, hands.ref)).approved);
    await expect(hands.approve()).rejects.toMatchObject({ code: 'ranking.approved' });
    await expect(hands.judge(ids['HEAT'] ?? '', [], 1)).rejects.toMatchObject({
      code: 'proposal.not-possible',
    });
    await expect(
      engine.deps.database.transact((tx) => tx.execute(`update call_rankings set reference = 'another'`)),
    ).rejects.toThrow('call_rankings');
    await expect(
      engine.deps.database.transact((tx) => tx.execute('delete from call_rankings')),
    ).rejects.toThrow('call_rankings');
    expect(JSON.stringify((await readRanking(engine.deps, hands.ref)).approved)).toBe(before);
  });

  it('lets the regions decide, and starts on the first of a month after the last of them', async () => {
    const { advance, at, decide } = hands;
    await advance();
    at('2019-07-10T08:00:00Z');
    const funds = (acronym: string, amount: string | null = null) =>
      ({ proposal: ids[acronym] ?? '', result: 'funds', amount }) as const;
    await expect(decide('SI0', '2019-05-19', [funds('WIND')])).rejects.toMatchObject({
      code: 'call-decision.invalid',
    });
    await expect(decide('SI0', '2019-07-11', [funds('WIND')])).rejects.toMatchObject({
      code: 'date.in-the-future',
    });
    await expect(decide('CH022', '2019-07-01', [funds('HEAT', '150000.04')])).rejects.toMatchObject({
      code: 'call-decision.invalid',
    });
    await decide('SI0', '2019-06-20', [funds('WIND'), funds('HEAT')]);
    await decide('ITC4', '2019-06-28', [funds('WIND'), funds('HEAT')]);
    // Fribourg cuts one centime.
    await decide('CH022', '2019-07-01', [funds('HEAT', '150000.02')]);
    const early = { ...by(engine.coordinator), ...hands.ref, startOn: day('2019-08-01') };
    await decide('AT31', '2019-07-05', [funds('HEAT')]);
    const blocking = await readBlocking(engine.deps, hands.ref);
    expect(blocking.projects.map(({ acronym, kind }) => [acronym, kind])).toEqual([
      ['WIND', 'ready'],
      ['HEAT', 'ready'],
    ]);
    expect(await hands.facts()).toMatchObject({ decisions_open: 0, decision_days_max: 46 });
    await advance();
    await expect(setCommonStart(engine.deps, { ...early, startOn: day('2019-07-15') })).rejects.toMatchObject(
      {
        code: 'start.not-allowed',
      },
    );
    const { projects, money } = await setCommonStart(engine.deps, early);
    expect(projects.map(({ startOn }) => startOn)).toEqual(['2019-08-01', '2019-08-01', null]);
    for (const { currency, committed, reserved, granted, free } of money.totals) {
      const parts = [reserved, granted, free].map((text) => parseMoney(text, currency as 'EUR'));
      expect(sumMoney(parts, currency as 'EUR').minor).toBe(parseMoney(committed, currency as 'EUR').minor);
    }
    expect(money.totals.map(({ currency, granted }) => [currency, granted])).toEqual([
      ['EUR', '570000.09'],
      ['CHF', '150000.02'],
    ]);
    expect(await hands.facts()).toMatchObject({
      start_on: '2019-08-01',
      start_gap_days: 27,
      start_is_first_of_month: true,
    });
    await advance();
    const { cycle } = await readCycle(engine.deps, { actor: engine.coordinator, cycleId: hands.cycleId() });
    expect(cycle.stage).toBe('running');
  });

  it('has told every change in its history, which proves itself, and what experts said in none', async () => {
    const words = (await hands.changes()).map(({ change }) => change);
    for (const word of [
      'proposal-submitted',
      'eligibility-checked',
      'expert-assigned',
      'review-recorded',
      'evaluation-closed',
      'ranking-approved',
      'project-funding',
      'decision-recorded',
      'start-set',
    ]) {
      expect(words).toContain(word);
    }
    expect(JSON.stringify(await hands.changes())).not.toMatch(/secret|scores/);
    const arrived = await engine.deps.database.read((tx) =>
      tx.execute<{ milestone: string; regions: string[] }[]>(
        `select payload->>'milestone' as milestone, array_agg(payload->>'region' order by payload->>'region') as regions
         from outbox where payload->>'type' = 'sync-milestone' and payload->'scope'->>'kind' = 'call'
           and payload->>'milestone' in ('evaluation-finished', 'decision-made') group by 1 order by 1`,
      ),
    );
    // Each once, although the decisions came one by one.
    expect(arrived).toEqual([
      { milestone: 'decision-made', regions: ALL.toSorted() },
      { milestone: 'evaluation-finished', regions: ALL.toSorted() },
    ]);
    const { faults } = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: hands.cycleId() });
    expect(faults).toEqual([]);
  });
});
