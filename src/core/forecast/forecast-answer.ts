import type { CalendarDate } from '../calendar/calendar-date.js';

/** Fewer completed steps than this, and a forecast is only a range: a probability would claim to know too much. */
export const COMPLETED_STEPS_MIN = 8;

/** The part of all futures inside the range: from the one that a tenth comes before to the one that a tenth comes after. */
export const RANGE_SHARE = 0.8;

/** The probabilities for which the day is named by which they are reached. */
export const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** A region and how often it was the last one needed. */
export interface CriticalMember {
  readonly member: string;
  /** Of all runs, 0 to 1. */
  readonly share: number;
}

/** A step that the release waits for. */
export interface CriticalStep {
  readonly step: string;
  readonly region: string;
  readonly kind: string;
  /** The gate at its end; null: none. */
  readonly gate: string | null;
  /** In how many of all runs the release waited for it, 0 to 1. */
  readonly share: number;
  /** Calendar days that the release waits for it, as the mean of all runs. */
  readonly waitDays: number;
  /** Calendar days that the release comes earlier, as the mean of all runs, if this step takes a week less; null: not tried. */
  readonly daysGainedByAWeek: number | null;
}

/** Where the release can be looked ahead to. Dates are null where they lie beyond the calendars, or never come. */
interface Outlook {
  readonly point: string;
  readonly call: string | null;
  /** A tenth of all futures comes before it. */
  readonly earliestOn: CalendarDate | null;
  /** A tenth of all futures comes after it. */
  readonly latestOn: CalendarDate | null;
  /** How many completed steps of the region and its peers the forecast rests on. */
  readonly completedSteps: number;
  /** More often the last one needed first; members that never were are left out. */
  readonly members: readonly CriticalMember[];
  /** More days of waiting first. */
  readonly steps: readonly CriticalStep[];
}

/** Fewer than `COMPLETED_STEPS_MIN` completed steps: from when to when, and no more. */
export interface RangeOutlook extends Outlook {
  readonly kind: 'range';
  readonly completedStepsNeeded: number;
}

export interface DistributionOutlook extends Outlook {
  readonly kind: 'distribution';
  readonly quantiles: readonly { readonly share: number; readonly on: CalendarDate | null }[];
  /** Every day on which some run released it, ascending, and the probability that it has come by then. */
  readonly byDate: readonly { readonly on: CalendarDate; readonly probability: number }[];
  /** The part of the futures in which the last day comes before enough have arrived, 0 to 1. */
  readonly releasedAtLatestShare: number;
}

/** What a forecast says about one point. */
export type PointForecast =
  | RangeOutlook
  | DistributionOutlook
  | {
      readonly kind: 'released';
      readonly point: string;
      readonly call: string | null;
      readonly on: CalendarDate;
    }
  /** Not even with everybody there does its rule hold. */
  | { readonly kind: 'unreachable'; readonly point: string; readonly call: string | null }
  /** Of these kinds of step there is neither history nor a target. */
  | {
      readonly kind: 'unknown';
      readonly point: string;
      readonly call: string | null;
      readonly lacking: readonly string[];
    };

export interface Forecast {
  readonly asOf: CalendarDate;
  readonly seed: number;
  readonly runs: number;
  /** In the order of the question. */
  readonly points: readonly PointForecast[];
}

/**
 * The probability that a point has been released by the end of `date`, 0 to 1.
 *
 * @returns null where the forecast is no distribution; 1 or 0 where it is released
 */
export function probabilityBy(forecast: PointForecast, date: CalendarDate): number | null {
  switch (forecast.kind) {
    case 'released':
      return date >= forecast.on ? 1 : 0;
    case 'unreachable':
      return 0;
    case 'distribution':
      return forecast.byDate.findLast(({ on }) => on <= date)?.probability ?? 0;
    case 'range':
    case 'unknown':
      return null;
  }
}
