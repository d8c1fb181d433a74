import { callError } from './call-error.js';
import {
  addMoney,
  compareMoney,
  CURRENCIES,
  formatMoney,
  shareMoney,
  subtractMoney,
  sumMoney,
  zero,
  type Currency,
  type Money,
} from './money.js';

/**
 * Who pays for a call's projects (ERA-LEARN, call planning): `virtual`, each region its own partners; `real`, all from
 * one pot, by the parts that the regions have committed to it; `mixed`, each its own, and what that lacks from a pot.
 */
export type PotKind = 'virtual' | 'real' | 'mixed';

/** `own`: for the region's own partners. `pot`: the region's part of the common pot. */
export type Purse = 'own' | 'pot';

/** What a region has promised for a call. One per region and purse. */
export interface Commitment {
  /** NUTS code. */
  readonly region: string;
  readonly purse: Purse;
  readonly committed: Money;
}

/** What a partner of a region is to get, and which purses pay it. */
export interface Grant {
  readonly proposal: string;
  /** NUTS code of the partner's region. */
  readonly region: string;
  readonly amount: Money;
  /** Set aside, or decided. */
  readonly state: 'reserved' | 'granted';
  /** They add up to `amount`. */
  readonly charges: readonly { readonly region: string; readonly purse: Purse; readonly amount: Money }[];
}

/** The money of a call: a ledger from which the table is reckoned, so that the two cannot differ. */
export interface CallBudget {
  readonly kind: PotKind;
  readonly commitments: readonly Commitment[];
  readonly grants: readonly Grant[];
}

/** What a proposal asks of a region. */
export interface Request {
  readonly region: string;
  readonly amount: Money;
}

/** Why a region cannot pay. `missing`: by how much the request is more than what is free; null if no purse fits. */
export interface MoneyRefusal {
  readonly region: string;
  readonly code: 'commitment.none' | 'commitment.exceeded' | 'commitment.currency-differs';
  readonly missing: Money | null;
}

/** Refusals are expected, and all of them are given; the budget stays as it was. */
export type BudgetChange =
  | { readonly kind: 'done'; readonly budget: CallBudget }
  | { readonly kind: 'refused'; readonly reasons: readonly MoneyRefusal[] };

/**
 * A budget without grants.
 *
 * @throws DomainError `definition.invalid` with the reason `commitment.invalid`: a negative amount, a region twice with
 *   one purse, a purse that the kind does not know, a pot in two currencies (each part has to be converted first, at a
 *   rate that somebody states)
 */
export function openBudget(kind: PotKind, commitments: readonly Commitment[]): CallBudget {
  const purses: readonly Purse[] = kind === 'virtual' ? ['own'] : kind === 'real' ? ['pot'] : ['own', 'pot'];
  const keys = commitments.map(({ region, purse }) => `${region} ${purse}`);
  const currencies = new Set(
    commitments.filter(({ purse }) => purse === 'pot').map(({ committed }) => committed.currency),
  );
  const what = commitments.some(({ committed }) => committed.minor < 0n)
    ? 'a negative amount'
    : new Set(keys).size < keys.length
      ? 'a region twice'
      : commitments.some(({ purse }) => !purses.includes(purse))
        ? `a purse that a ${kind} pot has not`
        : currencies.size > 1
          ? 'a pot in two currencies'
          : null;
  if (what !== null) throw callError('commitment.invalid', { what });
  return { kind, commitments, grants: [] };
}

/**
 * Sets money aside for all partners of a proposal, or for none. Own purses pay first; what they lack, or all in a `real`
 * pot, comes from the pot: from each part in proportion to what is free of it, so that none is overdrawn by a cent.
 *
 * @throws DomainError `definition.invalid` with the reason `commitment.invalid` for an amount below zero, a region named
 *   twice or a proposal that has money set aside already
 */
export function reserve(budget: CallBudget, proposal: string, requests: readonly Request[]): BudgetChange {
  const isTwice = new Set(requests.map(({ region }) => region)).size < requests.length;
  if (isTwice || requests.some(({ amount }) => amount.minor < 0n)) {
    throw callError('commitment.invalid', { proposal, what: 'a region twice or a negative amount' });
  }
  if (budget.grants.some((grant) => grant.proposal === proposal)) {
    throw callError('commitment.invalid', { proposal, what: 'has money set aside already' });
  }
  const reasons: MoneyRefusal[] = [];
  let after = budget;
  for (const request of requests) {
    const charged = charge(after, request);
    if ('code' in charged) reasons.push(charged);
    else {
      const grant: Grant = { proposal, ...request, state: 'reserved', charges: charged.charges };
      after = { ...after, grants: [...after.grants, grant] };
    }
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'done', budget: after };
}

/**
 * A region has decided for its partner: what was set aside is granted.
 *
 * @throws DomainError `definition.invalid` with the reason `commitment.unknown` if nothing is set aside for it
 */
export function grant(budget: CallBudget, proposal: string, region: string): CallBudget {
  const isMeant = (each: Grant): boolean =>
    each.proposal === proposal && each.region === region && each.state === 'reserved';
  if (!budget.grants.some(isMeant)) throw callError('commitment.unknown', { proposal, region });
  const grants = budget.grants.map((each) => (isMeant(each) ? { ...each, state: 'granted' as const } : each));
  return { ...budget, grants };
}

/** The proposal gets nothing, or no more: all that was set aside or granted for it is free again. */
export function release(budget: CallBudget, proposal: string): CallBudget {
  return { ...budget, grants: budget.grants.filter((each) => each.proposal !== proposal) };
}

/**
 * A region promises more, or less.
 *
 * @returns refused, with how much is missing, if less than what is set aside and granted
 * @throws DomainError `definition.invalid` with the reason `commitment.unknown` if it has promised nothing so far,
 *   `commitment.invalid` for a negative amount, `money.currency-differs` for another currency
 */
export function recommit(budget: CallBudget, { region, purse, committed }: Commitment): BudgetChange {
  const before = budget.commitments.find((each) => each.region === region && each.purse === purse);
  if (before === undefined) throw callError('commitment.unknown', { region, purse });
  if (committed.minor < 0n) throw callError('commitment.invalid', { region, what: 'a negative amount' });
  const used = usedOf(budget, before);
  if (compareMoney(committed, used) < 0) {
    const missing = subtractMoney(used, committed);
    return { kind: 'refused', reasons: [{ region, code: 'commitment.exceeded', missing }] };
  }
  const commitments = budget.commitments.map((each) => (each === before ? { ...each, committed } : each));
  return { kind: 'done', budget: { ...budget, commitments } };
}

/** What is neither set aside nor granted of a commitment. */
export function freeOf(budget: CallBudget, commitment: Commitment): Money {
  return subtractMoney(commitment.committed, usedOf(budget, commitment));
}

function usedOf(budget: CallBudget, { region, purse, committed }: Commitment, state?: Grant['state']): Money {
  const charges = budget.grants
    .filter((each) => state === undefined || each.state === state)
    .flatMap((each) => each.charges)
    .filter((each) => each.region === region && each.purse === purse);
  return sumMoney(
    charges.map(({ amount }) => amount),
    committed.currency,
  );
}

/** One line of the table: `committed` = `reserved` + `granted` + `free`. */
export interface CommitmentSums {
  readonly committed: Money;
  readonly reserved: Money;
  readonly granted: Money;
  readonly free: Money;
}

export interface CommitmentTable {
  readonly rows: readonly (Pick<Commitment, 'region' | 'purse'> & CommitmentSums)[];
  /** Per currency that occurs: the sums of the rows. Different currencies are never added. */
  readonly totals: readonly ({ readonly currency: Currency } & CommitmentSums)[];
}

/** The table of commitments, rows in the order of the commitments. */
export function commitmentTable(budget: CallBudget): CommitmentTable {
  const rows = budget.commitments.map((commitment) => ({
    region: commitment.region,
    purse: commitment.purse,
    committed: commitment.committed,
    reserved: usedOf(budget, commitment, 'reserved'),
    granted: usedOf(budget, commitment, 'granted'),
    free: freeOf(budget, commitment),
  }));
  const totals = CURRENCIES.flatMap((currency) => {
    const own = rows.filter(({ committed }) => committed.currency === currency);
    if (own.length === 0) return [];
    const sum = (column: keyof CommitmentSums): Money =>
      sumMoney(
        own.map((row) => row[column]),
        currency,
      );
    const sums = { reserved: sum('reserved'), granted: sum('granted'), free: sum('free') };
    return [{ currency, committed: sum('committed'), ...sums }];
  });
  return { rows, totals };
}

function charge(budget: CallBudget, { region, amount }: Request): Pick<Grant, 'charges'> | MoneyRefusal {
  const { currency } = amount;
  const all = budget.commitments.filter(({ purse, region: payer }) => purse === 'pot' || payer === region);
  if (all.length === 0) return { region, code: 'commitment.none', missing: null };
  const fitting = all.filter(({ committed }) => committed.currency === currency);
  if (fitting.length === 0) return { region, code: 'commitment.currency-differs', missing: null };

  const free = fitting.map((commitment) => ({ ...commitment, free: freeOf(budget, commitment) }));
  const [own, pot] = [
    free.filter(({ purse }) => purse === 'own'),
    free.filter(({ purse }) => purse === 'pot'),
  ];
  const ownFree = own[0]?.free ?? zero(currency);
  const potFree = pot.reduce((sum, part) => addMoney(sum, part.free), zero(currency));
  const fromOwn = compareMoney(amount, ownFree) < 0 ? amount : ownFree;
  const fromPot = subtractMoney(amount, fromOwn);
  if (compareMoney(fromPot, potFree) > 0) {
    return { region, code: 'commitment.exceeded', missing: subtractMoney(fromPot, potFree) };
  }
  const shares =
    fromPot.minor === 0n
      ? []
      : shareMoney(
          fromPot,
          pot.map((part) => part.free.minor),
        );
  const charges = [
    ...own.map((part) => ({ region: part.region, purse: part.purse, amount: fromOwn })),
    ...pot.flatMap((part, index) => {
      const share = shares[index];
      return share === undefined ? [] : [{ region: part.region, purse: part.purse, amount: share }];
    }),
  ];
  return { charges: charges.filter((each) => each.amount.minor !== 0n) };
}

/** For a reader: `AT31 lacks 1250.00 EUR`. */
export function refusalText({ region, code, missing }: MoneyRefusal): string {
  return missing === null
    ? `${region}: ${code}`
    : `${region} lacks ${formatMoney(missing)} ${missing.currency}`;
}
