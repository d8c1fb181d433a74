import type { z } from 'zod';
import type { BlockingView } from '../../engine/proposals/blocking-view.js';
import type { ProjectsView } from '../../engine/proposals/projects-view.js';
import type { RankingView } from '../../engine/proposals/ranking-view.js';
import type { blockingSchema, projectsSchema, rankingSchema } from '../schemas/call-award.js';

const PLACES = 4;
const SCALE = 10n ** BigInt(PLACES);

type RankingAnswer = z.output<typeof rankingSchema>;
type Score = NonNullable<RankingAnswer['approved']>['ranked'][number]['total'];

export function rankingAnswer({ callKey, approved, ...view }: RankingView): RankingAnswer {
  return {
    scheme: view.scheme,
    call: callKey,
    cycleId: view.cycleId,
    version: view.version,
    evaluations: view.evaluations.map((each) => ({ ...each })),
    waitsFor: [...view.waitsFor],
    approved:
      approved === null
        ? null
        : {
            approvedOn: approved.approvedOn,
            approvedBy: approved.approvedBy,
            approvedAt: approved.approvedAt,
            reference: approved.reference,
            weights: { ...approved.scoring.weights },
            ranked: approved.ranked.map((entry) => ({
              proposal: entry.proposal,
              acronym: entry.acronym,
              rank: entry.rank,
              decidedBy: entry.decidedBy,
              total: scoreAnswer(entry.total),
              criteria: {
                excellence: scoreAnswer(entry.criteria.excellence),
                impact: scoreAnswer(entry.criteria.impact),
                implementation: scoreAnswer(entry.criteria.implementation),
              },
              requests: entry.requests.map((request) => ({ ...request })),
            })),
            unranked: approved.unranked.map((entry) => ({ ...entry })),
          },
  };
}

/** A score is never below zero: rounded to the nearest, the half upwards. */
function scoreAnswer([numerator, denominator]: readonly [string, string]): Score {
  const [over, under] = [BigInt(numerator), BigInt(denominator)];
  const digits = String((2n * over * SCALE + under) / (2n * under)).padStart(PLACES + 1, '0');
  return {
    decimal: `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`,
    exact: under === 1n ? numerator : `${numerator}/${denominator}`,
  };
}

export function blockingAnswer({
  callKey,
  projects,
  ...view
}: BlockingView): z.output<typeof blockingSchema> {
  return {
    ...view,
    call: callKey,
    projects: projects.map((project) => ({
      ...project,
      regions: project.regions.map((region) => ({ ...region })),
      parted: project.parted.map((parting) => ({ ...parting })),
    })),
  };
}

export function projectsAnswer({
  callKey,
  projects,
  money,
  ...view
}: ProjectsView): z.output<typeof projectsSchema> {
  return {
    ...view,
    call: callKey,
    projects: projects.map((project) => ({
      ...project,
      unpaidBy: project.unpaidBy.map((each) => ({ ...each })),
      grants: project.grants.map((grant) => ({
        ...grant,
        charges: grant.charges.map((charge) => ({ ...charge })),
      })),
      parted: project.parted.map((parting) => ({ ...parting })),
    })),
    money: {
      rows: money.rows.map((row) => ({ ...row })),
      totals: money.totals.map((row) => ({ ...row })),
    },
  };
}
