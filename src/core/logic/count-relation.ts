import { begunMonthsBetween, fewestWorkingDaysBetween } from './date-arithmetic.js';
import type { Domains } from './domains.js';
import type { CountRelation, DayEnd } from './formula.js';
import { exactly } from './interval.js';

/** The count between two days; null where a calendar does not cover them. */
export function countBetween({ kind, calendars }: CountRelation, from: number, to: number): number | null {
  return kind === 'months'
    ? begunMonthsBetween(exactly(from), exactly(to)).lo
    : (fewestWorkingDaysBetween(calendars, exactly(from), exactly(to))?.lo ?? null);
}

/**
 * Ties a count to its days. A count grows with `to` and shrinks with `from`, so the ends of one tell about the ends of
 * the others, and the first day that is late enough is found by halving. Whether anything was taken away.
 */
export function narrowCount(relation: CountRelation, domains: Domains): boolean {
  const { from, to, count } = relation;
  const at = (fromDay: number, toDay: number) => countBetween(relation, fromDay, toDay);
  const least = at(endOf(from, domains).hi, endOf(to, domains).lo);
  const most = at(endOf(from, domains).lo, endOf(to, domains).hi);
  if (least === null || most === null) return false;
  let changed = domains.raise(count, least);
  changed = domains.lower(count, most) || changed;
  if (domains.isEmpty) return true;

  const [wantedLeast, wantedMost] = [domains.low(count), domains.high(count)];
  const enough = (fromDay: number, toDay: number) => (at(fromDay, toDay) ?? 0) >= wantedLeast;
  const notTooMany = (fromDay: number, toDay: number) => (at(fromDay, toDay) ?? 0) <= wantedMost;
  if ('variable' in to) {
    const { lo, hi } = endOf(to, domains);
    const days = endOf(from, domains);
    changed =
      domains.raise(
        to.variable,
        firstDay(lo, hi, (day) => enough(days.lo, day)),
      ) || changed;
    changed =
      domains.lower(
        to.variable,
        lastDay(lo, hi, (day) => notTooMany(days.hi, day)),
      ) || changed;
  }
  if ('variable' in from && !domains.isEmpty) {
    const { lo, hi } = endOf(from, domains);
    const days = endOf(to, domains);
    changed =
      domains.raise(
        from.variable,
        firstDay(lo, hi, (day) => notTooMany(day, days.lo)),
      ) || changed;
    changed =
      domains.lower(
        from.variable,
        lastDay(lo, hi, (day) => enough(day, days.hi)),
      ) || changed;
  }
  return changed;
}

export function endOf(end: DayEnd, domains: Domains): { readonly lo: number; readonly hi: number } {
  return 'day' in end
    ? { lo: end.day, hi: end.day }
    : { lo: domains.low(end.variable), hi: domains.high(end.variable) };
}

/** The first of the days for which `fits`, which stays so from then on; the day after the last if it never does. */
function firstDay(lo: number, hi: number, fits: (day: number) => boolean): number {
  if (fits(lo)) return lo;
  let [before, at] = [lo, hi + 1];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (fits(middle)) at = middle;
    else before = middle;
  }
  return at;
}

/** The last of the days for which `fits`, which was so all the time before; the day before the first if never. */
function lastDay(lo: number, hi: number, fits: (day: number) => boolean): number {
  return firstDay(lo, hi, (day) => !fits(day)) - 1;
}
