import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leaveCall } from '../../../src/engine/calls/leave-call.js';
import { assignExpert } from '../../../src/engine/proposals/assign-expert.js';
import { checkEligibility } from '../../../src/engine/proposals/check-eligibility.js';
import { readBlocking, readProjects, readRanking } from '../../../src/engine/proposals/read-ranking.js';
import { readProposal, readReviews } from '../../../src/engine/proposals/read-proposals.js';
import { setCommonStart } from '../../../src/engine/proposals/set-common-start.js';
import { settleBlocking, type SettlingWay } from '../../../src/engine/proposals/settle-blocking.js';
import { submitReview } from '../../../src/engine/proposals/submit-review.js';
import { withdrawProposal } from '../../../src/engine/proposals/withdraw-proposal.js';
import { by, openTestEngine, type TestEngine } from '../../support/engine.js';
import { callHands, day, REGIONS } from './call-fixture.js';

const FIVE = { ...REGIONS, DE2: { own: '500000.00', currency: 'EUR' } } as const;

describe('what holds up a project, or takes it down', () => {
  let engine: TestEngine;
  let hands: ReturnType<typeof callHands>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    engine = await openTestEngine();
    hands = callHands(engine);
    await hands.open(FIVE);
    hands.at('2019-02-20T10:00:00Z');
    const { partner } = hands;
    const submitted = {
      ALPHA: [
        partner('AT31', '100000.00'),
        partner('CH022', '100000.00'),
        partner('ITC4', '100000.00'),
        partner('SI0', '100000.00'),
      ],
      BETA: [partner('AT31', '100000.00'), partner('DE2', '50000.00'), partner('CH022', '50000.05', null)],
      GAMMA: [partner('SI0', '50000.00'), partner('ITC4', '50000.00')],
      DELTA: [partner('DE2', '400000.00'), partner('ITC4', '250000.00')],
      OMEGA: [partner('DE2', '460000.00'), partner('AT31', '5.55')],
    };
    for (const [acronym, partners] of Object.entries(submitted)) {
      ids[acronym] = (await hands.submit(acronym, partners)).id;
    }
    hands.at('2019-03-28T08:00:00Z');
    await hands.advance();
    hands.at('2019-05-02T08:00:00Z');
  });
  afterAll(() => engine.close());

  const command = () => ({ ...by(engine.coordinator), ...hands.ref });
  const id = (acronym: string) => ids[acronym] ?? '';
  const settle = (acronym: string, settling: SettlingWay) =>
    settleBlocking(engine.deps, {
      ...command(),
      proposalId: id(acronym),
      settling,
      reason: 'Agreed in the steering group.',
    });
  const blocking = async () =>
    Object.fromEntries(
      (await readBlocking(engine.deps, hands.ref)).projects.map(({ acronym, kind, regions }) => [
        acronym,
        [
          kind,
          ...regions
            .filter(({ blocksSince }) => blocksSince !== null)
            .map(({ region, standing, blocksSince }) => `${region} ${standing} ${blocksSince}`),
        ],
      ]),
    );

  it('does not know whether a proposal is eligible while a partner has not shown what it is', async () => {
    const { eligibility } = await readProposal(engine.deps, { ...hands.ref, proposalId: id('BETA') });
    expect(eligibility.joint).toMatchObject({
      result: 'unknown',
      reasons: [{ rule: 'two-smes', result: 'unknown', leaves: [{ fact: 'consortium.sme_countries' }] }],
    });
  });

  it('lets a region overrule its own rules with a reason, and nobody those of another region', async () => {
    const check = (region: string, as: string, overrule: 'eligible' | 'ineligible' | null) =>
      checkEligibility(engine.deps, {
        ...by(engine.authority(as)),
        ...hands.ref,
        proposalId: id('OMEGA'),
        region,
        overrule: overrule === null ? null : { result: overrule, reason: 'Its owner is a public body.' },
      });
    await expect(check('AT31', 'DE2', 'eligible')).rejects.toMatchObject({ code: 'region.not-leading' });
    await expect(check('SI0', 'SI0', 'eligible')).rejects.toMatchObject({ code: 'proposal.not-possible' });
    expect((await check('DE2', 'DE2', 'ineligible')).eligibility.result).toBe('ineligible');
    expect((await check('DE2', 'DE2', null)).eligibility.result).toBe('unknown');
    expect((await check('AT31', 'AT31', null)).eligibility.result).toBe('eligible');
  });

  it('refuses an expert who is not independent, and drops what one has said who names a conflict later', async () => {
    const declare = (more: object) =>
      assignExpert(engine.deps, {
        ...command(),
        proposalId: id('ALPHA'),
        declaration: {
          expert: 'neighbour',
          region: null,
          declaredOn: day('2019-04-01'),
          hasConflict: false,
          ...more,
        },
      });
    const review = (expert: string) =>
      submitReview(engine.deps, {
        ...command(),
        proposalId: id('ALPHA'),
        review: { expert, scores: { excellence: 5, impact: 5, implementation: 5 }, comments: null },
      });
    await expect(declare({ region: 'CH022' })).rejects.toMatchObject({ code: 'expert.conflict' });
    await expect(declare({ hasConflict: true })).rejects.toMatchObject({ code: 'expert.conflict' });
    await expect(review('neighbour')).rejects.toMatchObject({ code: 'expert.unknown' });
    await declare({ declaredOn: null, region: 'DE2' });
    await expect(review('neighbour')).rejects.toMatchObject({ code: 'expert.conflict' });
    await declare({ region: 'DE2' });
    await review('neighbour');
    expect(await hands.facts()).toMatchObject({ reviews_with_conflict: 0 });
    await declare({ region: 'DE2', hasConflict: true });
    expect(await hands.facts()).toMatchObject({ reviews_with_conflict: 1 });
    const reviews = (actor: typeof engine.coordinator) =>
      readReviews(engine.deps, { actor, ...hands.ref, proposalId: id('ALPHA') });
    expect((await reviews(engine.auditor)).experts).toMatchObject([{ fault: 'expert.undeclared' }]);
    await expect(reviews(engine.authority('DE1'))).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    await expect(reviews(engine.administrator)).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('blocks a project by the region that is late, by name and since when', async () => {
    const { judge, advance, closeEvaluations, approve, decide, at } = hands;
    await judge(id('ALPHA'), ['AT31', 'CH022', 'ITC4', 'SI0'], 4.5);
    await checkEligibility(engine.deps, {
      ...by(engine.authority('CH022')),
      ...hands.ref,
      proposalId: id('BETA'),
      region: 'CH022',
      overrule: null,
    });
    await judge(id('BETA'), ['AT31', 'DE2'], 4);
    await judge(id('GAMMA'), ['SI0', 'ITC4'], 3.5);
    await judge(id('DELTA'), ['DE2', 'ITC4'], 3);
    await judge(id('OMEGA'), [], 2.6);
    // What is not known of a partner of BETA nobody may pass over.
    expect(await hands.facts()).toMatchObject({ evaluations_open: 1 });
    await withdrawProposal(engine.deps, { ...command(), proposalId: id('BETA'), reason: null });
    await advance();
    await closeEvaluations(Object.keys(FIVE));
    await approve();
    await advance();
    at('2019-05-31T08:00:00Z');
    const funds = (acronym: string) => ({ proposal: id(acronym), result: 'funds', amount: null }) as const;
    await decide('AT31', '2019-05-31', [funds('ALPHA')]);
    await decide('SI0', '2019-05-31', [funds('ALPHA'), funds('GAMMA')]);
    await decide('ITC4', '2019-05-31', [funds('ALPHA'), funds('GAMMA'), funds('DELTA')]);
    expect(await blocking()).toEqual({ ALPHA: ['waiting'], GAMMA: ['ready'], DELTA: ['waiting'] });
    at('2019-06-05T08:00:00Z');
    const reminded = await readBlocking(engine.deps, hands.ref);
    expect(reminded.projects[0]?.regions.find(({ region }) => region === 'CH022')).toMatchObject({
      standing: 'reminded',
      blocksSince: null,
    });
    // Sixty days after 2 May is 1 July.
    at('2019-07-02T08:00:00Z');
    expect(await blocking()).toEqual({
      ALPHA: ['blocked', 'CH022 blocks 2019-07-02'],
      GAMMA: ['ready'],
      DELTA: ['blocked', 'DE2 blocks 2019-07-02'],
    });
    await expect(settle('ALPHA', { way: 'go-on-without', region: 'CH022' })).rejects.toMatchObject({
      code: 'project.not-possible',
    });
  });

  it('lets a late decision count when the coordinator says so, and the gate knows', async () => {
    const { decide } = hands;
    await expect(settle('DELTA', { way: 'accept-late', region: 'DE2' })).rejects.toMatchObject({
      code: 'project.not-possible',
    });
    await decide('DE2', '2019-07-02', [{ proposal: id('DELTA'), result: 'funds', amount: null }]);
    expect((await blocking())['DELTA']).toEqual(['blocked', 'DE2 blocks 2019-07-02']);
    expect(await hands.facts()).toMatchObject({
      decisions_late: 1,
      decisions_open: 1,
      decision_days_max: 61,
    });
    await settle('DELTA', { way: 'accept-late', region: 'DE2' });
    expect((await blocking())['DELTA']).toEqual(['ready']);
    expect(await hands.facts()).toMatchObject({ decisions_late: 0 });
  });

  it('starts what is ready without what is blocked, and goes on without the late region after 120 days', async () => {
    const start = (text: string) => setCommonStart(engine.deps, { ...command(), startOn: day(text) });
    // Fourteen days after 2 July, on the first of a month.
    await start('2019-08-01');
    hands.at('2019-08-31T08:00:00Z');
    expect((await blocking())['ALPHA']).toEqual(['blocked', 'CH022 may-be-left 2019-07-02']);
    await settle('ALPHA', { way: 'go-on-without', region: 'CH022' });
    expect((await blocking())['ALPHA']).toEqual(['ready']);
    expect(await hands.facts()).toMatchObject({ decisions_open: 0, projects: 3 });
    const { money } = await readProjects(engine.deps, hands.ref);
    expect(money.rows.find(({ region }) => region === 'CH022')).toMatchObject({
      committed: '250000.05',
      reserved: '0.00',
      granted: '0.00',
      free: '250000.05',
    });
  });

  it('judges again what a region was part of that leaves; the ranking stays, and it is not waited for', async () => {
    const ranked = JSON.stringify((await readRanking(engine.deps, hands.ref)).approved);
    const before = await readProjects(engine.deps, hands.ref);
    expect(before.projects.map(({ acronym, status }) => [acronym, status])).toEqual([
      ['ALPHA', 'funded'],
      ['GAMMA', 'funded'],
      ['DELTA', 'funded'],
      ['OMEGA', 'unpaid'],
    ]);
    await leaveCall(engine.deps, { ...command(), region: 'SI0', reason: 'No budget after the election.' });
    const { projects, money } = await readProjects(engine.deps, hands.ref);
    // GAMMA has begun and is under contract; ALPHA goes on with what is left of it: Austria and Lombardy.
    expect(projects[0]).toMatchObject({
      status: 'funded',
      parted: [
        { region: 'CH022', way: 'went-on' },
        { region: 'SI0', way: 'left-the-call', reason: 'No budget after the election.' },
      ],
    });
    expect(projects[0]?.grants.map(({ region, state }) => [region, state])).toEqual([
      ['AT31', 'granted'],
      ['ITC4', 'granted'],
    ]);
    expect(money.rows.map(({ region }) => region)).not.toContain('SI0');
    await leaveCall(engine.deps, { ...command(), region: 'AT31', reason: 'Neither.' });
    const after = await readProjects(engine.deps, hands.ref);
    expect(after.projects[0]).toMatchObject({ acronym: 'ALPHA', status: 'dropped', grants: [] });
    expect(JSON.stringify((await readRanking(engine.deps, hands.ref)).approved)).toBe(ranked);
    // OMEGA had no money anyway, and is no consortium any more.
    expect(after.projects[3]).toMatchObject({ acronym: 'OMEGA', status: 'dropped' });
    const proposal = await readProposal(engine.deps, { ...hands.ref, proposalId: id('OMEGA') });
    expect(proposal.eligibility.joint.result).toBe('ineligible');
    const told = (await hands.changes()).map(({ change }) => change);
    expect(told).toEqual(
      expect.arrayContaining([
        'region-left',
        'proposal-judged-again',
        'project-goes-on-without',
        'project-dropped',
        'late-decision-accepted',
      ]),
    );
  });
});
