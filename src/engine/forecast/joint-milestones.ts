import type { ForecastPoint, ForecastStep } from '../../core/forecast/forecast-question.js';
import type { JointScope } from '../../core/sync/sync-scope.js';
import type { Labels } from '../../core/terms/language.js';
import type { JointTraveller } from './forecast-records.js';
import { stepOfFact, wayOfSteps } from './way-of-steps.js';

/** The milestones that lie ahead of an activity or a call, as points of a forecast. */
export interface JointMilestones {
  readonly scope: JointScope;
  readonly steps: readonly ForecastStep[];
  readonly points: readonly {
    readonly point: ForecastPoint;
    readonly milestone: string;
    readonly labels: Labels;
  }[];
}

/** Each milestone of the workflow that is still to come, with the one arrival by which it is reached. */
export function jointMilestones({ kind, key, traveller }: JointTraveller): JointMilestones {
  const way = wayOfSteps(traveller);
  const steps = [...way.steps];
  const points: JointMilestones['points'][number][] = [];
  for (const [milestone, { labels, reachedBy }] of traveller.workflow.milestones) {
    const step =
      'entering' in reachedBy ? way.entering(reachedBy.entering) : stepOfFact(traveller, reachedBy.fact, way);
    if (step === null) continue;
    if (typeof step !== 'string' && !steps.some(({ id }) => id === step.id)) steps.push(step);
    const point: ForecastPoint = {
      id: `${traveller.id}/${milestone}`,
      call: kind === 'call' ? key : null,
      arrivals: [{ member: traveller.id, step: typeof step === 'string' ? step : step.id }],
      holds: (arrived) => arrived.length > 0,
      releasesAtLatestOn: null,
      releasedOn: null,
    };
    points.push({ point, milestone, labels });
  }
  return { scope: { kind, key }, steps, points };
}
