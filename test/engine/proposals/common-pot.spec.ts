import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leaveCall } from '../../../src/engine/calls/leave-call.js';
import { parseMoney, type Currency } from '../../../src/core/calls/money.js';
import { fundRanking } from '../../../src/engine/proposals/fund-ranking.js';
import type { ProjectsView } from '../../../src/engine/proposals/projects-view.js';
import { readProjects, readRanking } from '../../../src/engine/proposals/read-ranking.js';
import { settleBlocking } from '../../../src/engine/proposals/settle-blocking.js';
import { by, openTestEngine, type TestEngine } from '../../support/engine.js';
import { callHands, type FixtureRegion } from './call-fixture.js';

const POT: Readonly<Record<string, FixtureRegion>> = {
  AT31: { own: '50000.00', pot: '60000.00', currency: 'EUR' },
  SI0: { own: '20000.00', pot: '40000.01', currency: 'EUR' },
  ITC4: { own: '70000.00', pot: '33333.33', currency: 'EUR' },
  DE2: { own: '80000.00', currency: 'EUR' },
};

const minor = (text: string, currency: string) => parseMoney(text, currency as Currency).minor;

/** What each purse pays by the grants, which is what the table has to say. */
function expectToAddUp({ projects, money }: ProjectsView): void {
  const grants = projects.flatMap((project) => project.grants);
  for (const { amount, currency, charges } of grants) {
    expect(charges.reduce((sum, charge) => sum + minor(charge.amount, currency), 0n)).toBe(
      minor(amount, currency),
    );
  }
  for (const row of money.rows) {
    const used = grants
      .flatMap(({ charges }) => charges)
      .filter(({ region, purse }) => region === row.region && purse === row.purse)
      .reduce((sum, { amount }) => sum + minor(amount, row.currency), 0n);
    const [committed, reserved, granted, free] = [row.committed, row.reserved, row.granted, row.free].map(
      (text) => minor(text, row.currency),
    );
    expect((reserved ?? 0n) + (granted ?? 0n)).toBe(used);
    expect(used + (free ?? 0n)).toBe(committed);
    expect(free).toBeGreaterThanOrEqual(0n);
  }
}

describe('projects paid by the regions and a common pot', () => {
  let engine: TestEngine;
  let hands: ReturnType<typeof callHands>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    engine = await openTestEngine();
    hands = callHands(engine);
    await hands.open(POT, 'mixed');
    hands.at('2019-02-20T10:00:00Z');
    const { partner } = hands;
    const submitted = {
      ONE: [partner('AT31', '80000.00'), partner('SI0', '50000.01'), partner('ITC4', '10000.00')],
      TWO: [partner('AT31', '40000.00'), partner('ITC4', '60000.01')],
      THREE: [partner('DE2', '10000.00'), partner('ITC4', '33333.33')],
    };
    for (const [acronym, partners] of Object.entries(submitted)) {
      ids[acronym] = (await hands.submit(acronym, partners)).id;
    }
    hands.at('2019-03-28T08:00:00Z');
    await hands.advance();
    hands.at('2019-05-02T08:00:00Z');
    await hands.judge(ids['ONE'] ?? '', ['AT31', 'SI0', 'ITC4'], 5);
    await hands.judge(ids['TWO'] ?? '', ['AT31', 'ITC4'], 4);
    await hands.judge(ids['THREE'] ?? '', ['DE2', 'ITC4'], 3);
    await hands.advance();
    await hands.closeEvaluations(Object.keys(POT));
  });
  afterAll(() => engine.close());

  const projects = () => readProjects(engine.deps, hands.ref);
  const standing = async () =>
    (await projects()).projects.map(({ acronym, status }) => `${acronym} ${status}`);

  it('approves one ranking when two are sent at once', async () => {
    const outcomes = await Promise.allSettled([hands.approve(), hands.approve()]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { code: 'ranking.approved' },
    });
    expect((await readRanking(engine.deps, hands.ref)).approved?.ranked).toHaveLength(3);
  });

  it('charges own purses first, then every part of the pot, to the cent', async () => {
    expect(await standing()).toEqual(['ONE funded', 'TWO funded', 'THREE unpaid']);
    const view = await projects();
    expectToAddUp(view);
    // ONE lacks 30000.00 and 30000.01, TWO all 40000.00 of Upper Austria and a cent in Lombardy.
    const pot = view.money.rows.filter(({ purse }) => purse === 'pot');
    expect(pot.reduce((sum, { reserved }) => sum + minor(reserved, 'EUR'), 0n)).toBe(10_000_002n);
    expect(view.projects[2]?.unpaidBy).toMatchObject([{ region: 'ITC4', code: 'commitment.exceeded' }]);
  });

  it('sets money aside anew when a region takes its part of the pot away, and tells who lacks it', async () => {
    hands.at('2019-05-03T08:00:00Z');
    await leaveCall(engine.deps, {
      ...by(engine.authority('SI0')),
      ...hands.ref,
      region: 'SI0',
      reason: 'The programme has ended.',
    });
    const view = await projects();
    expectToAddUp(view);
    expect(view.projects[0]?.grants.map(({ region }) => region)).toEqual(['AT31', 'ITC4']);
    expect(
      view.projects.flatMap(({ grants }) => grants.flatMap(({ charges }) => charges)),
    ).not.toContainEqual(expect.objectContaining({ region: 'SI0' }));
    expect(await standing()).toEqual(['ONE funded', 'TWO funded', 'THREE unpaid']);
    const judgedAgain = (await hands.changes()).filter(({ change }) => change === 'proposal-judged-again');
    expect(judgedAgain).toMatchObject([{ proposal: ids['ONE'], after: { joint: 'eligible' } }]);
    await leaveCall(engine.deps, {
      ...by(engine.coordinator),
      ...hands.ref,
      region: 'DE2',
      reason: 'No money.',
    });
    const all = (await hands.changes()).filter(({ change }) => change === 'proposal-judged-again');
    // Those that the second region had no part in are not told of twice.
    expect(all.map(({ proposal }) => proposal)).toEqual([ids['ONE'], ids['THREE']]);
  });

  it('frees the money of a project that is given up, and keeps what the ranking says', async () => {
    await settleBlocking(engine.deps, {
      ...by(engine.coordinator),
      ...hands.ref,
      proposalId: ids['TWO'] ?? '',
      settling: { way: 'drop', region: null },
      reason: 'The lead partner is insolvent.',
    });
    expect(await standing()).toEqual(['ONE funded', 'TWO dropped', 'THREE dropped']);
    expectToAddUp(await projects());
    const again = await fundRanking(engine.deps, { ...by(engine.coordinator), ...hands.ref });
    expect(again).toEqual(await projects());
  });
});
