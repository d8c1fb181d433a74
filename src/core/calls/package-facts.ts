import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import { compareRational, inverse, ratio, times, type Rational } from '../logic/rational.js';
import type { Instant } from '../terms/instant.js';
import type { Currency, ExchangeRate, Money } from './money.js';

/** In which budgets are compared. */
export const BALANCE_CURRENCY: Currency = 'EUR';

/** Places of the ratio behind the point, and the most that it can be. */
const RATIO_PLACES = 4;
const RATIO_MAX = 1_000_000;

/** The part of a region that takes part in a call, as far as its gates ask for it. */
export interface PackagePart {
  /** NUTS code. */
  readonly region: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Null: not known. */
  readonly class: 'advanced' | 'convergence' | 'less_advanced' | null;
  readonly hasAnnex: boolean;
  /** All that it has promised; null: nothing. */
  readonly committed: Money | null;
  /** Both null: as the common deadline. */
  readonly localClosesOn: CalendarDate | null;
  readonly localClosesAt: Instant | null;
}

/** The dates that all regions of a call share; null: not set yet. */
export interface CommonDates {
  readonly textFinalOn: CalendarDate | null;
  readonly opensOn: CalendarDate | null;
  readonly closesOn: CalendarDate | null;
  readonly closesAt: Instant | null;
}

/**
 * What the gates of a call ask of its package, by name of the fact; null: not known. The ratio of the budgets is rounded
 * up, so that one that is a cent too large for a rule never passes it.
 *
 * @param rates stated rates; one of the other direction is turned round
 */
export function packageFacts(
  dates: CommonDates,
  parts: readonly PackagePart[],
  rates: readonly ExchangeRate[],
): Readonly<Record<string, FactScalar | null>> {
  const deadlines = localDeadlines(dates, parts);
  return {
    'call.regions': parts.length,
    'call.countries': new Set(parts.map(({ country }) => country)).size,
    'call.all_advanced': areAllAdvanced(parts),
    'call.annexes_missing': parts.filter(({ hasAnnex }) => !hasAnnex).length,
    'call.budgets_missing': parts.filter((part) => !isFunded(part)).length,
    'call.budget_ratio': budgetRatio(parts, rates),
    'call.text_final_on': dates.textFinalOn,
    'call.opens_on': dates.opensOn,
    'call.closes_on': dates.closesOn,
    'call.local_deadlines_late': deadlines?.late ?? null,
    'call.local_lead_days_max': deadlines?.leadDaysMax ?? null,
  };
}

/** Whether a region has promised money at all. */
export function isFunded({ committed }: Pick<PackagePart, 'committed'>): boolean {
  return committed !== null && committed.minor > 0n;
}

/** By how many days a local deadline lies before the common one; negative: after it. */
export function leadDays(localClosesOn: CalendarDate, closesOn: CalendarDate): number {
  return toDayNumber(closesOn) - toDayNumber(localClosesOn);
}

/** Null while it depends on a class that is not known. */
function areAllAdvanced(parts: readonly PackagePart[]): boolean | null {
  if (parts.some((part) => part.class !== null && part.class !== 'advanced')) return false;
  return parts.length === 0 || parts.some((part) => part.class === null) ? null : true;
}

/** A deadline counts as late by its instant: one of the same day may lie an hour after the common one. */
function localDeadlines(
  { closesOn, closesAt }: CommonDates,
  parts: readonly PackagePart[],
): { readonly late: number; readonly leadDaysMax: number } | null {
  if (closesOn === null || closesAt === null) return null;
  const own = parts.flatMap(({ localClosesOn, localClosesAt }) =>
    localClosesOn === null || localClosesAt === null ? [] : [{ localClosesOn, localClosesAt }],
  );
  return {
    late: own.filter(({ localClosesAt }) => localClosesAt > closesAt).length,
    leadDaysMax: Math.max(0, ...own.map(({ localClosesOn }) => leadDays(localClosesOn, closesOn))),
  };
}

/** The largest through the smallest; null without regions, without a budget or without a rate. */
function budgetRatio(parts: readonly PackagePart[], rates: readonly ExchangeRate[]): number | null {
  const values = parts.map(({ committed }) => (committed === null ? null : valueOf(committed, rates)));
  const known = values.filter((value) => value !== null && value.numerator > 0n) as Rational[];
  const inOrder = known.toSorted(compareRational);
  const [smallest, largest] = [inOrder[0], inOrder.at(-1)];
  if (smallest === undefined || largest === undefined || known.length < parts.length) return null;
  return roundedUp(times(largest, inverse(smallest)));
}

function valueOf({ minor, currency }: Money, rates: readonly ExchangeRate[]): Rational | null {
  const amount = ratio(minor, 1n);
  if (currency === BALANCE_CURRENCY) return amount;
  const direct = rates.find(({ from, to }) => from === currency && to === BALANCE_CURRENCY);
  if (direct !== undefined) return times(amount, direct.rate);
  const reverse = rates.find(({ from, to }) => from === BALANCE_CURRENCY && to === currency);
  return reverse === undefined ? null : times(amount, inverse(reverse.rate));
}

function roundedUp({ numerator, denominator }: Rational): number {
  const scale = 10n ** BigInt(RATIO_PLACES);
  const scaled = (numerator * scale + denominator - 1n) / denominator;
  return Math.min(RATIO_MAX, Number(scaled) / Number(scale));
}
