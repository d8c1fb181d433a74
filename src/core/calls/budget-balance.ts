import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { compareRational, ratio, times, type Rational } from '../logic/rational.js';
import { callError } from './call-error.js';
import type { Currency, ExchangeRate, Money } from './money.js';

/** R21: the largest budget is at most so many times the smallest. A proposal; a rulebook may set another. */
export const BALANCE_FACTOR = 10;

/** Whether the regions' budgets of a call are in balance (R21). */
export interface BudgetBalance {
  readonly holds: boolean;
  /** NUTS codes of regions that have committed nothing. */
  readonly withoutBudget: readonly string[];
  /** NUTS codes; null without regions. Of equals the one that stands first. */
  readonly largest: string | null;
  readonly smallest: string | null;
}

/** What a region has committed, and the factor that it may be apart from others. */
export interface BalanceRules {
  /** The largest is at most so many times the smallest; positive. */
  readonly factor: number;
  /** In which budgets are compared. */
  readonly currency: Currency;
  /** Into that currency; used only for what is in another. */
  readonly rates: readonly ExchangeRate[];
  /** Rates of another day are not used. */
  readonly ratesOn: CalendarDate;
}

/**
 * Compares the budgets in one currency, at stated rates and without rounding: every region has committed something, and
 * the largest is at most `factor` times the smallest.
 *
 * @throws DomainError `definition.invalid` with the reason `money.rate-invalid` if a rate is missing for that day
 */
export function budgetBalance(
  budgets: readonly { readonly region: string; readonly committed: Money }[],
  rules: BalanceRules,
): BudgetBalance {
  const compared = budgets.map(({ region, committed }) => ({
    region,
    value: inOneCurrency(committed, rules),
  }));
  const inOrder = compared.toSorted((one, other) => compareRational(one.value, other.value));
  const withoutBudget = compared.filter(({ value }) => value.numerator <= 0n).map(({ region }) => region);
  const smallest = inOrder[0];
  const largest = inOrder.find(({ value }) => compareRational(value, inOrder.at(-1)?.value ?? value) === 0);
  const bound = smallest && times(smallest.value, ratio(BigInt(rules.factor), 1n));
  return {
    holds:
      withoutBudget.length === 0 &&
      largest !== undefined &&
      bound !== undefined &&
      compareRational(largest.value, bound) <= 0,
    withoutBudget,
    largest: largest?.region ?? null,
    smallest: smallest?.region ?? null,
  };
}

function inOneCurrency({ minor, currency }: Money, rules: BalanceRules): Rational {
  const amount = ratio(minor, 1n);
  if (currency === rules.currency) return amount;
  const rate = rules.rates.find(
    ({ from, to, on }) =>
      from === currency && to === rules.currency && toDayNumber(on) === toDayNumber(rules.ratesOn),
  );
  if (rate === undefined || rate.rate.numerator <= 0n) {
    throw callError('money.rate-invalid', { from: currency, to: rules.currency, on: rules.ratesOn });
  }
  return times(amount, rate.rate);
}
