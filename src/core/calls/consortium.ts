import type { Request } from './commitments.js';
import { addMoney, type Money } from './money.js';

/** What a partner of a consortium can be. */
export const PARTNER_KINDS = ['sme', 'large', 'research', 'public', 'civil', 'cluster'] as const;

export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** One organisation of a consortium. */
export interface Partner {
  readonly organisation: string;
  /** NUTS code of the region that is asked to pay for it. */
  readonly region: string;
  /** Null: not shown yet, and then how many of each kind there are is not known. */
  readonly kind: PartnerKind | null;
  /** In the currency of its region. */
  readonly requested: Money;
}

/** Digits of a request in all: so many a floating point number keeps apart, which conditions compare. */
export const REQUEST_DIGITS_MAX = 15;

/** What each region is asked for, in the order in which the regions appear. @throws DomainError as `addMoney` */
export function requestsOf(partners: readonly Partner[]): Request[] {
  const sums = new Map<string, Money>();
  for (const { region, requested } of partners) {
    const before = sums.get(region);
    sums.set(region, before === undefined ? requested : addMoney(before, requested));
  }
  return [...sums].map(([region, amount]) => ({ region, amount }));
}
