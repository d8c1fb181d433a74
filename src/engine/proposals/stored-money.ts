import type { Grant, MoneyRefusal } from '../../core/calls/commitments.js';
import { formatMoney, parseMoney, type Money } from '../../core/calls/money.js';
import { ratio, type Rational } from '../../core/logic/rational.js';
import type { ProjectRow, StoredGrant, StoredMoney, StoredRational } from '../../store/award-store.js';

/** An amount as a row and an answer hold it: a decimal in text. */
export function storedMoney(money: Money): StoredMoney {
  return { amount: formatMoney(money), currency: money.currency };
}

export function readMoney({ amount, currency }: StoredMoney): Money {
  return parseMoney(amount, currency);
}

export function storedRational({ numerator, denominator }: Rational): StoredRational {
  return [String(numerator), String(denominator)];
}

export function readRational([numerator, denominator]: StoredRational): Rational {
  return ratio(BigInt(numerator), BigInt(denominator));
}

export function storedGrant({ region, amount, state, charges }: Grant): StoredGrant {
  return {
    region,
    state,
    ...storedMoney(amount),
    charges: charges.map((charge) => ({
      region: charge.region,
      purse: charge.purse,
      ...storedMoney(charge.amount),
    })),
  };
}

export function readGrant(proposal: string, stored: StoredGrant): Grant {
  return {
    proposal,
    region: stored.region,
    amount: readMoney(stored),
    state: stored.state,
    charges: stored.charges.map((charge) => ({
      region: charge.region,
      purse: charge.purse,
      amount: readMoney(charge),
    })),
  };
}

export function storedRefusal({ region, code, missing }: MoneyRefusal): ProjectRow['unpaidBy'][number] {
  return { region, code, missing: missing === null ? null : storedMoney(missing) };
}
