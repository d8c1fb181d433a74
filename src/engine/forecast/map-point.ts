import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { StepKind } from '../../core/forecast/completed-step.js';
import type { ForecastPoint, ForecastStep } from '../../core/forecast/forecast-question.js';
import type { MilestoneDefinition } from '../../core/machines/workflow-schema.js';
import { judgeBarrier } from '../../core/sync/barrier.js';
import { leavesOf } from '../../core/sync/barrier-rule.js';
import type { RegionRow } from '../../store/scheme-store.js';
import { scopeKindId } from './stage-kinds.js';
import type { PointAt } from './points-at.js';
import { stepOfFact, type Traveller, type WayOfSteps } from './way-of-steps.js';

/**
 * What a forecast of a sync point leaves out, or why there is none:
 * - `rule.asks-facts`: the rule asks the facts of its members, which nobody knows ahead (none is made);
 * - `point.cancelled`: it never comes (none is made);
 * - `milestone.not-ahead`: of some member no step is known that leads to the milestone; it is taken to never arrive;
 * - `member.resting`: of a region that rests nobody knows when it goes on; it counts as the point's policy says;
 * - `deadline.passed`: the day has passed and the point waits; it is taken to go on waiting;
 * - `deadline.drops-late`: on its last day the point goes on without the late; it is taken to wait for them.
 */
export type ForecastLimit =
  | 'rule.asks-facts'
  | 'point.cancelled'
  | 'milestone.not-ahead'
  | 'member.resting'
  | 'deadline.passed'
  | 'deadline.drops-late';

/** A sync point in the words of a forecast; `point` is null where they do not suffice, and `limits` says why. */
export interface MappedPoint {
  readonly point: ForecastPoint | null;
  /** Those that only this point asks for. */
  readonly steps: readonly ForecastStep[];
  readonly limits: readonly ForecastLimit[];
}

/** What a point is mapped by. */
export interface PointSurroundings {
  readonly asOf: CalendarDate;
  readonly zone: string;
  readonly regions: readonly RegionRow[];
  /** By NUTS code; a region without a cycle is not there. */
  readonly ways: ReadonlyMap<string, { readonly traveller: Traveller; readonly way: WayOfSteps }>;
}

/** Of what is over nobody asks how long it took. */
export const ARRIVED_KIND: StepKind = {
  id: 'arrived',
  gate: null,
  counts: 'calendar-days',
  targetDays: null,
};

/** Puts a sync point into the words of a forecast. */
export function mapPoint(found: PointAt, surroundings: PointSurroundings): MappedPoint {
  const limits = new Set<ForecastLimit>();
  const hindrance = hindranceOf(found);
  if (hindrance !== null) return { point: null, steps: [], limits: [hindrance] };
  const steps: ForecastStep[] = [];
  const arrivals: { member: string; step: string }[] = [];
  for (const member of found.members) {
    if (member.state === 'left') continue;
    if (member.state === 'resting') {
      limits.add('member.resting');
      continue;
    }
    const arrival =
      member.state === 'arrived'
        ? arrivedStep(found, member, surroundings)
        : arrivalStep(found, member.region, surroundings);
    if (arrival === null) {
      limits.add('milestone.not-ahead');
      continue;
    }
    if (typeof arrival === 'string') arrivals.push({ member: member.region, step: arrival });
    else {
      steps.push(arrival);
      arrivals.push({ member: member.region, step: arrival.id });
    }
  }
  return {
    point: {
      id: found.id,
      call: found.scope.kind === 'call' ? found.scope.key : null,
      arrivals,
      holds: rulesOf(found, surroundings),
      releasesAtLatestOn: lastDay(found, surroundings.asOf, limits),
      releasedOn: found.releasedAt === null ? null : dateInZone(found.releasedAt, surroundings.zone),
    },
    steps,
    limits: found.releasedAt === null ? [...limits] : [],
  };
}

function hindranceOf({ isCancelled, releasedAt, rule }: PointAt): ForecastLimit | null {
  if (isCancelled) return 'point.cancelled';
  const asksFacts = leavesOf(rule).some(({ kind }) => kind === 'predicate');
  return releasedAt === null && asksFacts ? 'rule.asks-facts' : null;
}

function rulesOf({ rule, members, leaver }: PointAt, { regions }: PointSurroundings): ForecastPoint['holds'] {
  const places = new Map(regions.map((region) => [region.nuts, region]));
  const standing = members.map(({ region, state }) => {
    const place = places.get(region);
    const gone = state === 'left' || state === 'resting' ? state : 'waiting';
    return { region, state: gone, country: place?.country ?? '', class: place?.class ?? null } as const;
  });
  return (arrived) => {
    const there = new Set(arrived);
    const states = standing.map((one) =>
      there.has(one.region) ? { ...one, state: 'arrived' as const } : one,
    );
    return judgeBarrier(rule, states, leaver).holds;
  };
}

function lastDay(
  { deadline, deadlineOn }: PointAt,
  asOf: CalendarDate,
  limits: Set<ForecastLimit>,
): CalendarDate | null {
  if (deadlineOn === null || (deadline.policy !== 'release' && deadline.policy !== 'drop-late')) return null;
  if (deadlineOn < asOf) limits.add('deadline.passed');
  else if (deadline.policy === 'drop-late') limits.add('deadline.drops-late');
  // It is over with the end of the day, and what follows of it is done in the night.
  else return fromDayNumber(toDayNumber(deadlineOn) + 1);
  return null;
}

/** A step that is over, for one who is there. */
function arrivedStep(
  { id }: PointAt,
  { region, since }: PointAt['members'][number],
  { zone, asOf, ways }: PointSurroundings,
): ForecastStep | null {
  const traveller = ways.get(region)?.traveller;
  if (traveller === undefined) return null;
  const on = dateInZone(since, zone);
  return {
    id: `${id}/${region}`,
    region,
    class: traveller.class,
    kind: ARRIVED_KIND.id,
    calendar: null,
    after: [],
    notBefore: null,
    // Zones may differ by a day from the one in which the forecast looks ahead.
    state: { is: 'done', on: on <= asOf ? on : asOf },
  };
}

function arrivalStep(
  point: PointAt,
  region: string,
  { ways, zone }: PointSurroundings,
): ForecastStep | string | null {
  const found = ways.get(region);
  if (found === undefined) return null;
  const { id, milestone, scope, placedAt } = point;
  const { traveller, way } = found;
  const definition: MilestoneDefinition | undefined = traveller.workflow.milestones.get(milestone);
  if (definition === undefined) {
    if (scope.kind === 'scheme') return null;
    // Of what a region does for an activity or a call there is one step: from when the point was placed to the arrival.
    return {
      id: `${id}/${region}`,
      region,
      class: traveller.class,
      calendar: traveller.calendar,
      kind: scopeKindId(milestone),
      after: [],
      notBefore: null,
      state: {
        is: 'open',
        since: dateInZone(placedAt, zone),
      },
    };
  }
  const { reachedBy } = definition;
  if ('entering' in reachedBy) return way.entering(reachedBy.entering);
  const step = stepOfFact(traveller, reachedBy.fact, way);
  return step === null ? null : { ...step, id: `${step.id}/${id}` };
}
