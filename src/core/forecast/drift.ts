import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';

/** A region reached a milestone on a day. */
export interface Arrival {
  readonly region: string;
  readonly milestone: string;
  readonly on: CalendarDate;
}

/** How a region stands at one milestone on one day. */
export interface Drift {
  readonly region: string;
  readonly milestone: string;
  /** Null: not reached by then. */
  readonly arrivedOn: CalendarDate | null;
  /**
   * Calendar days before the median of the other regions; negative: behind it. Halves are possible. Null: neither the
   * region nor more than half of the others have arrived, or there are no others.
   */
  readonly daysAhead: number | null;
  /** False: the day still to come makes it more, ahead or behind; true: it stays. */
  readonly isSettled: boolean;
}

/** A region or milestone that is not in the list is left out; the lists give the order. */
export interface DriftQuestion {
  readonly regions: readonly string[];
  readonly milestones: readonly string[];
  /** The first of a region at a milestone counts. */
  readonly arrivals: readonly Arrival[];
}

/**
 * How many days each region is ahead of the others or behind them at each milestone, as one could know on `asOf`.
 *
 * Others that have not arrived are later than all that have: the median is known once more than half of the others
 * are there, and it does not move with those that follow. Before that, a region that has arrived is ahead by at least
 * the days since; once it is known, one that has not is behind by at least the days since the median.
 */
export function driftOn(
  { regions, milestones, arrivals }: DriftQuestion,
  asOf: CalendarDate,
): readonly Drift[] {
  const today = toDayNumber(asOf);
  return milestones.flatMap((milestone) => {
    const arrivedOn = firstArrivals(arrivals, milestone, asOf);
    const dayOf = (region: string) => {
      const on = arrivedOn.get(region);
      return on === undefined ? Number.POSITIVE_INFINITY : toDayNumber(on);
    };
    return regions.map((region): Drift => {
      const others = regions.filter((other) => other !== region);
      const own = dayOf(region);
      const median = medianOf(others.map(dayOf));
      // Whoever is not there comes after today: measured up to today, the distance is the least it can become.
      const distance = Math.min(median, today) - Math.min(own, today);
      const isKnown = others.length > 0 && Math.min(own, median) <= today;
      return {
        region,
        milestone,
        arrivedOn: arrivedOn.get(region) ?? null,
        daysAhead: isKnown ? distance : null,
        isSettled: others.length > 0 && Math.max(own, median) <= today,
      };
    });
  });
}

/** The drift on each of these days, in their order: how it has grown or closed. */
export function driftOverTime(
  question: DriftQuestion,
  days: readonly CalendarDate[],
): readonly { readonly asOf: CalendarDate; readonly drifts: readonly Drift[] }[] {
  return days.map((asOf) => ({ asOf, drifts: driftOn(question, asOf) }));
}

function firstArrivals(
  arrivals: readonly Arrival[],
  milestone: string,
  asOf: CalendarDate,
): ReadonlyMap<string, CalendarDate> {
  const firsts = new Map<string, CalendarDate>();
  for (const arrival of arrivals) {
    if (arrival.milestone !== milestone || arrival.on > asOf) continue;
    const first = firsts.get(arrival.region);
    if (first === undefined || arrival.on < first) firsts.set(arrival.region, arrival.on);
  }
  return firsts;
}

/** Infinite where it lies with those that have not arrived, or nobody is there. */
function medianOf(days: readonly number[]): number {
  const sorted = days.toSorted((one, other) => one - other);
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.POSITIVE_INFINITY;
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
  return (low + high) / 2;
}
