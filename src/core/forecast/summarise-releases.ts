import { fromDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { Network } from './compile-network.js';
import { lastArrivals, type Criticality } from './critical-path.js';
import { NEVER } from './day-counter.js';
import {
  COMPLETED_STEPS_MIN,
  QUANTILES,
  RANGE_SHARE,
  type CriticalMember,
  type CriticalStep,
  type DistributionOutlook,
  type RangeOutlook,
} from './forecast-answer.js';
import type { Outcome } from './simulate-network.js';

/** What has been simulated for one point. */
export interface Releases {
  readonly outcome: Outcome;
  /** Place of the point in the network. */
  readonly point: number;
  readonly critical: readonly Criticality[];
  /** By place of a step, the same futures with that step a week shorter. */
  readonly weekShorter: ReadonlyMap<number, Outcome>;
  readonly completedSteps: number;
}

/** Puts the days on which a point was released into what a forecast says about it. */
export function summariseReleases(network: Network, releases: Releases): RangeOutlook | DistributionOutlook {
  const { outcome, completedSteps } = releases;
  const { id, call } = network.points[releases.point]?.point ?? { id: '', call: null };
  const days = outcome.releases[releases.point] ?? new Int32Array(0);
  const sorted = days.toSorted();
  const outlook = {
    point: id,
    call,
    earliestOn: quantile(sorted, (1 - RANGE_SHARE) / 2),
    latestOn: quantile(sorted, (1 + RANGE_SHARE) / 2),
    completedSteps,
    members: criticalMembers(network, releases),
    steps: releases.critical.map((step) => criticalStep(network, releases, step)),
  };
  if (completedSteps < COMPLETED_STEPS_MIN) {
    return { kind: 'range', ...outlook, completedStepsNeeded: COMPLETED_STEPS_MIN };
  }
  const atLatest = (outcome.last[releases.point] ?? days).filter(
    (arrival, run) => arrival < 0 && days[run] !== NEVER,
  );
  return {
    kind: 'distribution',
    ...outlook,
    quantiles: QUANTILES.map((share) => ({ share, on: quantile(sorted, share) })),
    byDate: cumulate(sorted),
    releasedAtLatestShare: atLatest.length / outcome.runs,
  };
}

function criticalMembers(network: Network, { outcome, point }: Releases): readonly CriticalMember[] {
  const counts = lastArrivals(network, outcome, point);
  return (network.points[point]?.members ?? [])
    .map((member, place) => ({ member, share: (counts[place] ?? 0) / outcome.runs }))
    .filter(({ share }) => share > 0)
    .toSorted((one, other) => other.share - one.share);
}

function criticalStep(
  network: Network,
  releases: Releases,
  { step: index, runs, days }: Criticality,
): CriticalStep {
  const { outcome, point, weekShorter } = releases;
  const found = network.steps[index];
  const shorter = weekShorter.get(index)?.releases[point];
  return {
    step: found?.step.id ?? '',
    region: found?.step.region ?? '',
    kind: found?.kind.id ?? '',
    gate: found?.kind.gate ?? null,
    share: runs / outcome.runs,
    waitDays: days / outcome.runs,
    daysGainedByAWeek: shorter === undefined ? null : meanGain(outcome.releases[point] ?? shorter, shorter),
  };
}

/** Runs in which the point does not come gain nothing: a number of days cannot be put on "at all". */
function meanGain(before: Int32Array, after: Int32Array): number {
  const gains = before.map((day, run) => (day === NEVER ? 0 : day - (after[run] ?? day)));
  return gains.reduce((sum, gain) => sum + gain, 0) / before.length;
}

/** The first day by which at least this share of the runs has come; null where that many never do. */
function quantile(sorted: Int32Array, share: number): CalendarDate | null {
  const day = sorted[Math.max(0, Math.ceil(share * sorted.length - Number.EPSILON * sorted.length) - 1)];
  return day === undefined ? null : dateOf(day);
}

function cumulate(sorted: Int32Array): DistributionOutlook['byDate'] {
  const byDate: { on: CalendarDate; probability: number }[] = [];
  sorted.forEach((day, index) => {
    const on = dateOf(day);
    if (on === null || day === sorted[index + 1]) return;
    byDate.push({ on, probability: (index + 1) / sorted.length });
  });
  return byDate;
}

function dateOf(day: number): CalendarDate | null {
  return day === NEVER ? null : fromDayNumber(day);
}
