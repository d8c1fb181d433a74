import type { MassRegion } from '../../core/activities/critical-mass.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import { openBudget, type CallBudget, type Commitment } from '../../core/calls/commitments.js';
import { parseMoney, sumMoney, type ExchangeRate, type Money } from '../../core/calls/money.js';
import { parseRate } from '../../core/calls/parse-rate.js';
import { isFunded, type PackagePart } from '../../core/calls/package-facts.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CallRegionRow, CallRow, StoredRate } from '../../store/call-store.js';

/** Whether a region takes part. */
export const isIn = ({ state }: Pick<CallRegionRow, 'state'>): boolean => state === 'in';

/** What a region has promised, purse by purse. */
export function commitmentsOf(part: CallRegionRow): readonly Commitment[] {
  const { region, currency } = part;
  const purses = [
    ['own', part.ownAmount ?? null],
    ['pot', part.potAmount ?? null],
  ] as const;
  return purses.flatMap(([purse, amount]) =>
    amount === null ? [] : [{ region, purse, committed: parseMoney(amount, currency) }],
  );
}

/** All that a region has promised; null: nothing. */
export function committedOf(part: CallRegionRow): Money | null {
  const amounts = commitmentsOf(part).map(({ committed }) => committed);
  return amounts.length === 0 ? null : sumMoney(amounts, part.currency);
}

/** The budget of a call without what was set aside of it: of the regions that take part. */
export function budgetOf({ pot }: Pick<CallRow, 'pot'>, parts: readonly CallRegionRow[]): CallBudget {
  return openBudget(pot, parts.filter(isIn).flatMap(commitmentsOf));
}

/** The exchange rates of a call. */
export function ratesOf(rates: readonly StoredRate[]): readonly ExchangeRate[] {
  return rates.map(parseRate);
}

/** A region's part as the gates look at it. */
export function packagePart(part: CallRegionRow, mass: MassRegion): PackagePart {
  return {
    ...mass,
    hasAnnex: (part.annexPublishedOn ?? null) !== null,
    committed: committedOf(part),
    localClosesOn: part.localClosesOn ?? null,
    localClosesAt: part.localClosesAt ?? null,
  };
}

/** What a region still owes to the package; `text`: it is the common text that is not final. */
export type PackageGap = 'annex' | 'budget' | 'text';

/** What is missing of a region's part of the package; empty: it is ready. */
export function gapsOf({ textFinalOn }: Pick<CallRow, 'textFinalOn'>, part: CallRegionRow): PackageGap[] {
  return [
    ...((part.annexPublishedOn ?? null) === null ? (['annex'] as const) : []),
    ...(isFunded({ committed: committedOf(part) }) ? [] : (['budget'] as const)),
    ...((textFinalOn ?? null) === null ? (['text'] as const) : []),
  ];
}

/** A day, a time and a zone as they are announced, with the instant that they mean; all null where nothing is set. */
export function momentIn(
  moment: { readonly on: CalendarDate; readonly time: string } | null,
  zone: string,
): { readonly on: CalendarDate | null; readonly time: string | null; readonly at: Instant | null } {
  if (moment === null) return { on: null, time: null, at: null };
  return { on: moment.on, time: moment.time, at: instantAt(moment.on, moment.time, zone) };
}
