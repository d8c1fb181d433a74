import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { callRules } from '../../../src/core/calls/call-rules.js';
import { openBudget } from '../../../src/core/calls/commitments.js';
import { evaluateProposal, type Review, type ScoringRules } from '../../../src/core/calls/evaluation.js';
import { fundAlongRanking } from '../../../src/core/calls/funding.js';
import { parseMoney } from '../../../src/core/calls/money.js';
import { rankProposals, type Proposal } from '../../../src/core/calls/ranking.js';
import { ratio } from '../../../src/core/logic/rational.js';
import { day } from './call-fixtures.js';

const rules = callRules();
const scoring: ScoringRules = {
  scale: { least: 0, most: 5 },
  weights: { excellence: 1, impact: 1, implementation: 1 },
  thresholds: { criteria: null, total: null },
};
type Triple = readonly [number, number, number];

const review = (
  expert: string,
  [excellence, impact, implementation]: Triple,
  other: Partial<Review> = {},
): Review => {
  const scores = { excellence, impact, implementation };
  return { expert, region: null, declaredOn: day('2026-05-01'), scores, ...other };
};
const eur = (text: string) => parseMoney(text, 'EUR');

/** A proposal whose experts all agree; `AT31 100` asks 100 EUR of AT31. */
function proposalOf(id: string, scores: Triple, ...asked: readonly string[]): Proposal {
  const requests = asked.map((text) => {
    const [region = '', amount = ''] = text.split(' ');
    return { region, amount: eur(amount) };
  });
  return { id, requests, reviews: ['E1', 'E2', 'E3'].map((expert) => review(expert, scores)) };
}

describe('the evaluation of a proposal (R25)', () => {
  it('is exact: three opinions of a tenth have a mean of a tenth', () => {
    const reviews = [review('E1', [0.1, 4.4, 5]), review('E2', [0.1, 4.5, 5]), review('E3', [0.1, 4.5, 5])];
    expect(evaluateProposal(reviews, ['AT31'], scoring, rules).consensus).toEqual({
      criteria: { excellence: ratio(1n, 10n), impact: ratio(67n, 15n), implementation: ratio(5n, 1n) },
      total: ratio(287n, 90n),
    });
  });

  it('leaves out experts without a declaration, from the region of an applicant, or named twice', () => {
    const reviews = [
      review('E1', [5, 5, 5]),
      review('E1', [5, 5, 5]),
      review('E2', [5, 5, 5], { declaredOn: null }),
      review('E3', [5, 5, 5], { region: 'SI0' }),
      review('E4', [5, 5, 5], { region: 'ITH3' }),
    ];
    expect(evaluateProposal(reviews, ['AT31', 'SI0'], scoring, rules)).toEqual({
      experts: ['E1', 'E4'],
      faults: [
        { expert: 'E1', fault: 'expert.twice' },
        { expert: 'E2', fault: 'expert.undeclared' },
        { expert: 'E3', fault: 'expert.from-applicant-region' },
      ],
      lacking: 1,
      consensus: null,
    });
  });

  it.each([[[5.1, 0, 0]], [[0, -1, 0]], [[0, 0, NaN]]] as [Triple][])('refuses the scores %j', (scores) => {
    expect(() => evaluateProposal([review('E1', scores)], [], scoring, rules)).toThrow('review.invalid');
  });
});

describe('the ranking', () => {
  it('orders by the total, then the criteria, then more regions, then the id, and says which', () => {
    const { ranked } = rankProposals(
      [
        proposalOf('F', [4, 4, 4], 'AT31 1'),
        proposalOf('E', [4, 4, 4], 'AT31 1'),
        proposalOf('D', [4, 4, 4], 'AT31 1', 'SI0 1'),
        proposalOf('C', [4, 5, 3], 'AT31 1'),
        proposalOf('B', [5, 3, 4], 'AT31 1'),
        proposalOf('A', [5, 5, 5], 'AT31 1'),
      ],
      scoring,
      rules,
    );
    expect(ranked.map(({ rank, proposal, decidedBy }) => [rank, proposal.id, decidedBy])).toEqual([
      [1, 'A', null],
      [2, 'B', 'total'],
      [3, 'C', 'excellence'],
      [4, 'D', 'impact'],
      [5, 'E', 'regions'],
      [6, 'F', 'id'],
    ]);
  });

  it('holds back what is below a threshold or lacks experts', () => {
    const bars = { criteria: { excellence: 3, impact: 3, implementation: 3 }, total: 3.5 };
    const few = { ...proposalOf('A', [5, 5, 5], 'AT31 1'), reviews: [] };
    const all = [
      few,
      proposalOf('B', [5, 5, 2.9], 'AT31 1'),
      proposalOf('C', [3.5, 3.5, 3.4], 'AT31 1'),
      proposalOf('D', [3.5, 3.5, 3.5], 'AT31 1'),
    ];
    const { ranked, unranked } = rankProposals(all, { ...scoring, thresholds: bars }, rules);
    expect(ranked.map(({ proposal }) => proposal.id)).toEqual(['D']);
    expect(unranked.map(({ proposal, reason }) => [proposal.id, reason])).toEqual([
      ['A', 'experts-lacking'],
      ['B', 'below-threshold'],
      ['C', 'below-threshold'],
    ]);
  });

  it('does not depend on the order in which proposals arrive', () => {
    const score = fc.integer({ min: 3, max: 5 });
    const lists = fc
      .array(fc.tuple(score, score, score), { maxLength: 8 })
      .map((all) => all.map((scores, index) => proposalOf(`P${index}`, scores, 'AT31 1')));
    const shuffled = lists.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(rankProposals(other, scoring, rules)).toEqual(rankProposals(one, scoring, rules));
      }),
      { seed: 20190327, numRuns: 200 },
    );
  });
});

describe('funding along the ranking', () => {
  const budget = openBudget('virtual', [
    { region: 'AT31', purse: 'own', committed: eur('100') },
    { region: 'SI0', purse: 'own', committed: eur('50') },
  ]);
  const { ranked } = rankProposals(
    [
      proposalOf('A', [5, 5, 5], 'AT31 60', 'SI0 10'),
      proposalOf('B', [4, 4, 4], 'AT31 50', 'SI0 41'),
      proposalOf('C', [3, 3, 3], 'AT31 40', 'SI0 40'),
    ],
    scoring,
    rules,
  );

  it('names the regions that block a project, by how much, and goes on to what can be paid', () => {
    expect(fundAlongRanking(ranked, budget, 'skip').outcomes).toEqual([
      { proposal: 'A', rank: 1, kind: 'fundable' },
      {
        proposal: 'B',
        rank: 2,
        kind: 'blocked',
        by: [
          { region: 'AT31', code: 'commitment.exceeded', missing: eur('10') },
          { region: 'SI0', code: 'commitment.exceeded', missing: eur('1') },
        ],
      },
      { proposal: 'C', rank: 3, kind: 'fundable' },
    ]);
  });

  it('or stops there', () => {
    expect(fundAlongRanking(ranked, budget, 'stop').outcomes.map(({ kind }) => kind)).toEqual([
      'fundable',
      'blocked',
      'after-the-line',
    ]);
  });
});
