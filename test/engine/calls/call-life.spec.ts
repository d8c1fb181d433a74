import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCommitments } from '../../../src/engine/calls/read-commitments.js';
import { resumeCycle } from '../../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../../src/engine/cycles/withdraw-cycle.js';
import { verifyCycles } from '../../../src/engine/history/verify-cycles.js';
import { readIncidents } from '../../../src/engine/incidents/read-incidents.js';
import { readInbox } from '../../../src/engine/notices/read-inbox.js';
import { readSyncPoint } from '../../../src/engine/sync/read-sync-points.js';
import { formatMoney } from '../../../src/core/calls/money.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { callHands, day, readyPart } from './call-hands.js';

/** The dates of IraSME's 23rd call: the common deadline of 27 March 2019, and 1 March in Austria. */
const OPENS = { on: day('2018-11-05'), time: '09:00' };
const CLOSES = { on: day('2019-03-27'), time: '12:00' };
const RATES = [{ from: 'CHF', to: 'EUR', rate: '0.8842', on: '2018-10-01' }] as const;

describe('a joint call up to its closing', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof callHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2018-09-03T08:00:00Z'));
    hand = callHands(engine);
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const tell = async (actor: TestEngine['coordinator'], template: string) =>
    (await readInbox(engine.deps, { actor, unread: false, after: null, limit: 500 }))
      .filter((notice) => notice.template === template)
      .map(({ subject }) => subject);
  const goTo = async (text: string) => {
    engine.clock.set(instant(text));
    await carryOutEffects(engine);
  };

  it('begins as a proposal of its regions, each with a part of its own, in the currency of its country', async () => {
    const { call, cycle, parts } = await hand.propose('IRASME');
    expect(cycle).toMatchObject({ stage: 'proposed', status: 'active', region: 'AT31' });
    expect(cycle.workflow).toMatchObject({ id: 'joint-call', version: 1 });
    expect(call).toMatchObject({ version: 1, zone: 'Europe/Vienna', lead: 'AT31' });
    expect(parts.map(({ part, gaps }) => [part.region, part.currency, gaps.join()])).toEqual([
      ['DE1', 'EUR', 'annex,budget,text'],
      ['AT31', 'EUR', 'annex,budget,text'],
      ['CH022', 'CHF', 'annex,budget,text'],
      ['SI0', 'EUR', 'annex,budget,text'],
    ]);
    await carryOutEffects(engine);
    expect(await tell(engine.authority('SI0'), 'call.region-joined')).toHaveLength(1);
    expect(await tell(engine.authority('ITC1'), 'call.region-joined')).toEqual([]);
    await expect(hand.propose('IRASME')).rejects.toMatchObject({ code: 'call.exists' });
  });

  it('has what is derived from its records as facts of its cycle', async () => {
    expect(await hand.facts('IRASME')).toEqual({
      'call.regions': 4,
      'call.countries': 4,
      'call.all_advanced': false,
      'call.annexes_missing': 4,
      'call.budgets_missing': 4,
      'call.proposals': 0,
      'call.proposals_eligible': 0,
      'call.reviews_with_conflict': 0,
      'call.evaluations_open': 0,
    });
  });

  it('is agreed once its regions have agreed on the theme', async () => {
    expect(await hand.advance('IRASME')).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    await hand.agree('IRASME');
    expect(await hand.advance('IRASME')).toMatchObject({ kind: 'moved', transition: { to: 'agreed' } });
  });

  it('opens and closes at one instant for all, kept with the zone that was announced', async () => {
    const { call, packageUntil } = await hand.joint('IRASME', { opens: OPENS, closes: CLOSES, rates: RATES });
    expect(call).toMatchObject({
      opensAt: '2018-11-05T08:00:00.000Z',
      closesAt: '2019-03-27T11:00:00.000Z',
      zone: 'Europe/Vienna',
      version: 2,
    });
    expect(packageUntil).toBe('2018-10-06');
    const summer = await hand.joint('IRASME', { closes: { on: day('2019-06-27'), time: '13:00' } });
    expect(summer.call.closesAt).toBe('2019-06-27T11:00:00.000Z');
    await hand.joint('IRASME', { closes: CLOSES });
    await expect(
      hand.joint('IRASME', { closes: { on: day('2018-11-05'), time: '09:00' } }),
    ).rejects.toMatchObject({ code: 'call.invalid' });
    await expect(hand.joint('IRASME', {}, 2)).rejects.toMatchObject({ code: 'version.stale' });
    await expect(hand.joint('IRASME', { theme: 'Tourism' })).rejects.toMatchObject({
      code: 'call.not-possible',
    });
  });

  it('lets a local deadline lie 26 days before the common one, but neither 32 nor after it', async () => {
    const local = (on: string, time = '12:00') => readyPart({ localCloses: { on: day(on), time } });
    await expect(hand.part('IRASME', 'AT31', local('2019-02-23'))).rejects.toMatchObject({
      code: 'call.invalid',
    });
    await expect(hand.part('IRASME', 'AT31', local('2019-03-28'))).rejects.toMatchObject({
      code: 'call.invalid',
    });
    await expect(hand.part('IRASME', 'AT31', local('2019-03-27', '12:01'))).rejects.toMatchObject({
      code: 'call.invalid',
    });
    const { part, gaps } = await hand.part('IRASME', 'AT31', local('2019-03-01'));
    expect(part).toMatchObject({ localClosesAt: '2019-03-01T11:00:00.000Z', version: 2 });
    expect(gaps).toEqual(['text']);
    const facts = await hand.facts('IRASME');
    expect(facts).toMatchObject({ 'call.local_lead_days_max': 26, 'call.local_deadlines_late': 0 });
  });

  it('is refused by its gate where the common deadline is moved away from a local one', async () => {
    await hand.joint('IRASME', { closes: { on: day('2019-04-02'), time: '12:00' } });
    expect((await hand.facts('IRASME'))['call.local_lead_days_max']).toBe(32);
    const move = await hand.advance('IRASME');
    expect(move).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    expect('verdict' in move && move.verdict?.failing).toContain('R24');
    await hand.joint('IRASME', { closes: CLOSES });
  });

  it("lets nobody but a region's authority write its part, and nobody but the coordinator the joint one", async () => {
    const de1 = engine.authority('DE1');
    await expect(hand.part('IRASME', 'SI0', readyPart(), de1)).rejects.toMatchObject({
      code: 'region.not-leading',
    });
    await expect(hand.part('IRASME', 'SI0', readyPart(), engine.coordinator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    await expect(hand.part('IRASME', 'ITC1', readyPart())).rejects.toMatchObject({
      code: 'call.region-not-in',
    });
    expect((await hand.read('IRASME', de1)).call.key).toBe('IRASME');
  });

  it('has one table for francs and euros that adds up and never adds the two', async () => {
    await hand.part(
      'IRASME',
      'DE1',
      readyPart({ commitments: { own: '2000000.01', pot: null, currency: 'EUR' } }),
    );
    await hand.part(
      'IRASME',
      'CH022',
      readyPart({ commitments: { own: '300000.00', pot: null, currency: 'CHF' } }),
    );
    const table = await readCommitments(engine.deps, {
      actor: engine.auditor,
      scheme: engine.scheme.id,
      key: 'IRASME',
    });
    expect(
      table.rows.map(({ region, committed, free }) => [region, formatMoney(committed), formatMoney(free)]),
    ).toEqual([
      ['AT31', '1500000.00', '1500000.00'],
      ['CH022', '300000.00', '300000.00'],
      ['DE1', '2000000.01', '2000000.01'],
    ]);
    expect(table.totals.map(({ currency, committed }) => [currency, formatMoney(committed)])).toEqual([
      ['EUR', '3500000.01'],
      ['CHF', '300000.00'],
    ]);
    expect(table.withoutBudget).toEqual(['SI0']);
    await expect(
      hand.part('IRASME', 'SI0', readyPart({ commitments: { own: null, pot: '1.00', currency: 'EUR' } })),
    ).rejects.toMatchObject({ code: 'call.invalid' });
  });

  it('compares the budgets at the stated rate, and does not without one', async () => {
    expect((await hand.facts('IRASME'))['call.budget_ratio'] ?? null).toBeNull();
    await hand.part(
      'IRASME',
      'SI0',
      readyPart({ annex: null, commitments: { own: '250000', pot: null, currency: 'EUR' } }),
    );
    // 2,000,000.01 through 250,000; the francs are worth 265,260 euros.
    expect((await hand.facts('IRASME'))['call.budget_ratio']).toBe(8.0001);
    await hand.joint('IRASME', { rates: [] });
    expect((await hand.facts('IRASME'))['call.budget_ratio'] ?? null).toBeNull();
    await hand.joint('IRASME', { rates: RATES });
  });

  it('goes on without a region that is not ready on the last day for the packages', async () => {
    await goTo('2018-10-05T08:00:00Z');
    await hand.joint('IRASME', { textFinalOn: day('2018-10-05') });
    await goTo('2018-10-06T20:00:00Z');
    expect((await hand.read('IRASME')).parts.every(({ part }) => part.state === 'in')).toBe(true);
    await goTo('2018-10-07T06:00:00Z');
    const { parts, mass } = await hand.read('IRASME');
    expect(parts.map(({ part }) => `${part.region} ${part.state}`)).toEqual([
      'DE1 in',
      'AT31 in',
      'CH022 in',
      'SI0 dropped',
    ]);
    // Three regions of three countries, and nobody knows of the class of Fribourg.
    expect(mass).toMatchObject({ regions: 3, countries: 3, verdict: 'unknown', classless: ['CH022'] });
    expect(await tell(engine.coordinator, 'call.region-left')).toEqual(['Call IRASME: Slovenia has left']);
    expect(await tell(engine.authority('SI0'), 'call.region-left')).toHaveLength(1);
    expect((await hand.changes('IRASME')).filter(({ change }) => change === 'region-dropped')).toMatchObject([
      { region: 'SI0', before: 'in', after: 'dropped' },
    ]);
    const { members } = await readSyncPoint(engine.deps, { id: 'S3-IRASME', scheme: null });
    expect(members.find(({ region }) => region === 'SI0')?.state).toBe('left');
  });

  it('takes a region in as long as it has not opened, and opens by itself at the announced instant', async () => {
    await hand.join('IRASME', 'FRC2');
    await hand.part('IRASME', 'FRC2', readyPart());
    expect((await hand.facts('IRASME'))['call.all_advanced']).toBe(false);
    expect(await hand.advance('IRASME')).toMatchObject({ kind: 'moved', transition: { to: 'packaged' } });
    expect(await hand.advance('IRASME')).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    await goTo('2018-11-05T07:59:59Z');
    expect((await hand.read('IRASME')).cycle.stage).toBe('packaged');
    await goTo('2018-11-05T08:00:00Z');
    expect((await hand.read('IRASME')).cycle.stage).toBe('open');
    const s4 = await readSyncPoint(engine.deps, { id: 'S4-IRASME', scheme: null });
    expect(s4.point.releasedAt).toBe('2018-11-05T08:00:00.000Z');
    await expect(hand.join('IRASME', 'ITC1')).rejects.toMatchObject({ code: 'call.not-possible' });
  });

  it('keeps what was announced with the opening, and lets budgets grow', async () => {
    await expect(hand.joint('IRASME', { closes: CLOSES })).rejects.toMatchObject({
      code: 'call.not-possible',
    });
    await hand.joint('IRASME', { startOn: day('2019-10-01') });
    await expect(hand.part('IRASME', 'FRC2', readyPart({ localCloses: OPENS }))).rejects.toMatchObject({
      code: 'call.not-possible',
    });
    const { part } = await hand.part(
      'IRASME',
      'FRC2',
      readyPart({ commitments: { own: '1600000.00', pot: null, currency: 'EUR' } }),
    );
    expect(part.ownAmount).toBe('1600000.00');
  });

  it('loses a region that withdraws from the scheme, with everything counted anew in its history', async () => {
    await withdrawCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('FRC2'),
      note: 'new government',
      decidedOn: null,
    });
    await carryOutEffects(engine);
    const { parts } = await hand.read('IRASME');
    expect(parts.find(({ part }) => part.region === 'FRC2')?.part).toMatchObject({ state: 'withdrawn' });
    expect((await hand.facts('IRASME'))['call.regions']).toBe(3);
    expect((await hand.changes('IRASME')).at(-1)).toMatchObject({
      change: 'region-withdrawn',
      region: 'FRC2',
    });
  });

  it('closes by itself, and its history can be rebuilt from its journal', async () => {
    await goTo('2019-03-27T11:00:00Z');
    expect((await hand.read('IRASME')).cycle.stage).toBe('closed');
    const found = await verifyCycles(engine.deps, { actor: engine.auditor, cycleId: null });
    expect(found).toMatchObject({ differing: 0, faults: [] });
  });

  it('opens on the morning after it goes on, where it rests at the announced instant', async () => {
    await hand.propose('REST', { regions: ['AT31', 'DE1', 'SI0'] });
    await hand.agree('REST');
    await hand.advance('REST');
    await hand.joint('REST', {
      textFinalOn: day('2019-03-27'),
      opens: { on: day('2019-05-06'), time: '09:00' },
      closes: { on: day('2019-07-10'), time: '12:00' },
    });
    for (const region of ['AT31', 'DE1', 'SI0']) await hand.part('REST', region, readyPart());
    expect(await hand.advance('REST')).toMatchObject({ kind: 'moved', transition: { to: 'packaged' } });
    await carryOutEffects(engine);
    const s3 = await readSyncPoint(engine.deps, { id: 'S3-REST', scheme: null });
    expect(s3.point.releasedAt).toBe('2019-03-27T11:00:00.000Z');
    expect((await tell(engine.authority('SI0'), 'call.stage-entered')).length).toBeGreaterThan(0);

    const command = { ...by(engine.coordinator), cycleId: (await hand.read('REST')).cycle.id };
    await suspendCycle(engine.deps, { ...command, note: 'election', decidedOn: null });
    await goTo('2019-05-06T07:00:00Z');
    expect((await hand.read('REST')).cycle).toMatchObject({ stage: 'packaged', status: 'suspended' });
    await resumeCycle(engine.deps, { ...command, note: null, decidedOn: null });
    await goTo('2019-05-07T04:00:00Z');
    expect((await hand.read('REST')).cycle).toMatchObject({ stage: 'open', status: 'active' });
  });

  it('stops where too few regions are left, which is an incident until another joins', async () => {
    await hand.propose('SMALL', { regions: ['AT31', 'DE1', 'SI0'] });
    await hand.agree('SMALL');
    await hand.advance('SMALL');
    const losses = async () =>
      (await readIncidents(engine.deps, { actor: engine.coordinator, limit: 50 })).filter(
        ({ kind }) => kind === 'call.mass-lost',
      );
    expect(await losses()).toEqual([]);
    const { mass } = await hand.leave('SMALL', 'SI0');
    expect(mass).toMatchObject({ verdict: 'missed', regions: 2 });
    expect(await losses()).toMatchObject([{ details: { call: 'SMALL', regions: 2 } }]);
    await carryOutEffects(engine);
    expect(await tell(engine.coordinator, 'call.mass-lost')).toHaveLength(1);
    expect(await hand.advance('SMALL')).toMatchObject({ kind: 'refused' });
    await hand.join('SMALL', 'SI0');
    expect(await losses()).toEqual([]);
  });

  it('waits for nobody once it is cancelled', async () => {
    const { cycle } = await hand.read('SMALL');
    await withdrawCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: cycle.id,
      note: 'no budget',
      decidedOn: null,
    });
    await carryOutEffects(engine);
    const { point } = await readSyncPoint(engine.deps, { id: 'S3-SMALL', scheme: null });
    expect(point.cancelledAt ?? null).not.toBeNull();
    expect(await tell(engine.coordinator, 'call.cancelled')).toEqual(['Call SMALL: call cancelled']);
    await expect(hand.join('SMALL', 'ITC1')).rejects.toMatchObject({ code: 'cycle.ended' });
    expect((await hand.read('IRASME')).cycle.status).toBe('active');
  });
});
