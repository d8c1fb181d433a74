import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { budgetBalance } from '../../../src/core/calls/budget-balance.js';
import {
  commitmentTable,
  grant,
  openBudget,
  recommit,
  refusalText,
  release,
  reserve,
  type CallBudget,
  type Commitment,
  type PotKind,
  type Purse,
} from '../../../src/core/calls/commitments.js';
import { formatMoney, parseMoney, type Currency, type Money } from '../../../src/core/calls/money.js';
import { ratio } from '../../../src/core/logic/rational.js';
import { day } from './call-fixtures.js';

const eur = (text: string): Money => parseMoney(text, 'EUR');
const chf = (text: string): Money => parseMoney(text, 'CHF');
const promise = (region: string, committed: Money, purse: Purse = 'own'): Commitment => ({
  region,
  purse,
  committed,
});
const asking = (region: string, amount: Money) => ({ region, amount });
const reason = (text: string): unknown =>
  expect.objectContaining({ details: expect.objectContaining({ reason: text }) });

function done(change: ReturnType<typeof reserve>): CallBudget {
  if (change.kind !== 'done') throw new Error(change.reasons.map(refusalText).join());
  return change.budget;
}

/** Region, purse, committed, reserved, granted, free. */
const rowsOf = (budget: CallBudget): string[] =>
  commitmentTable(budget).rows.map(({ region, purse, committed, reserved, granted, free }) =>
    [region, purse, ...[committed, reserved, granted, free].map(formatMoney)].join(' '),
  );

describe('the commitments of a virtual pot', () => {
  const budget = openBudget('virtual', [promise('AT31', eur('500')), promise('CH022', chf('300'))]);

  it('let each region pay its own partners, in its own currency', () => {
    const reserved = done(
      reserve(budget, 'P1', [asking('AT31', eur('200.01')), asking('CH022', chf('300'))]),
    );
    expect(rowsOf(grant(reserved, 'P1', 'AT31'))).toEqual([
      'AT31 own 500.00 0.00 200.01 299.99',
      'CH022 own 300.00 300.00 0.00 0.00',
    ]);
    expect(
      commitmentTable(reserved).totals.map(({ currency, free }) => [currency, formatMoney(free)]),
    ).toEqual([
      ['EUR', '299.99'],
      ['CHF', '0.00'],
    ]);
    expect(rowsOf(release(reserved, 'P1'))).toEqual(rowsOf(budget));
  });

  it('refuse all of a proposal and give every reason', () => {
    const change = reserve(budget, 'P1', [
      asking('AT31', eur('500.01')),
      asking('CH022', eur('1')),
      asking('SI0', eur('1')),
    ]);
    expect(change).toEqual({
      kind: 'refused',
      reasons: [
        { region: 'AT31', code: 'commitment.exceeded', missing: eur('0.01') },
        { region: 'CH022', code: 'commitment.currency-differs', missing: null },
        { region: 'SI0', code: 'commitment.none', missing: null },
      ],
    });
    expect(change.kind === 'refused' && change.reasons.map(refusalText)).toEqual([
      'AT31 lacks 0.01 EUR',
      'CH022: commitment.currency-differs',
      'SI0: commitment.none',
    ]);
  });

  it('can be raised, and lowered to what is in use', () => {
    const reserved = done(reserve(budget, 'P1', [asking('AT31', eur('200'))]));
    expect(rowsOf(done(recommit(reserved, promise('AT31', eur('200')))))[0]).toBe(
      'AT31 own 200.00 200.00 0.00 0.00',
    );
    expect(recommit(reserved, promise('AT31', eur('199.99')))).toEqual({
      kind: 'refused',
      reasons: [{ region: 'AT31', code: 'commitment.exceeded', missing: eur('0.01') }],
    });
    expect(() => recommit(budget, promise('SI0', eur('1')))).toThrow(reason('commitment.unknown'));
    expect(() => recommit(budget, promise('AT31', chf('1')))).toThrow(reason('money.currency-differs'));
    expect(() => grant(budget, 'P1', 'AT31')).toThrow(reason('commitment.unknown'));
  });
});

describe('the commitments of a real pot', () => {
  it('pay every partner by the parts that the regions have committed', () => {
    const budget = openBudget('real', [
      promise('AT31', eur('500'), 'pot'),
      promise('SI0', eur('300'), 'pot'),
      promise('ITH3', eur('200'), 'pot'),
    ]);
    expect(rowsOf(done(reserve(budget, 'P1', [asking('SI0', eur('100.05'))])))).toEqual([
      'AT31 pot 500.00 50.03 0.00 449.97',
      'SI0 pot 300.00 30.01 0.00 269.99',
      'ITH3 pot 200.00 20.01 0.00 179.99',
    ]);
    expect(reserve(budget, 'P1', [asking('SI0', eur('1000.01'))]).kind).toBe('refused');
    expect(reserve(budget, 'P1', [asking('SI0', eur('1000'))]).kind).toBe('done');
  });

  it('are in one currency', () => {
    expect(() =>
      openBudget('real', [promise('AT31', eur('1'), 'pot'), promise('CH022', chf('1'), 'pot')]),
    ).toThrow(reason('commitment.invalid'));
  });
});

describe('the commitments of a mixed pot', () => {
  const budget = openBudget('mixed', [
    promise('AT31', eur('100')),
    promise('SI0', eur('50')),
    promise('AT31', eur('30'), 'pot'),
    promise('ITH3', eur('10'), 'pot'),
    promise('CH022', chf('80')),
  ]);

  it('let the pot pay what the own purse lacks', () => {
    expect(rowsOf(done(reserve(budget, 'P1', [asking('SI0', eur('70'))])))).toEqual([
      'AT31 own 100.00 0.00 0.00 100.00',
      'SI0 own 50.00 50.00 0.00 0.00',
      'AT31 pot 30.00 15.00 0.00 15.00',
      'ITH3 pot 10.00 5.00 0.00 5.00',
      'CH022 own 80.00 0.00 0.00 80.00',
    ]);
    expect(reserve(budget, 'P1', [asking('SI0', eur('91'))])).toMatchObject({
      reasons: [{ code: 'commitment.exceeded', missing: eur('1') }],
    });
  });

  it('never let a pot in one currency pay in another', () => {
    expect(reserve(budget, 'P1', [asking('CH022', chf('81'))])).toMatchObject({
      reasons: [{ code: 'commitment.exceeded', missing: chf('1') }],
    });
  });
});

describe('a budget', () => {
  it.each<[string, PotKind, Commitment[]]>([
    ['a negative amount', 'virtual', [promise('AT31', eur('-1'))]],
    ['a region twice', 'virtual', [promise('AT31', eur('1')), promise('AT31', eur('2'))]],
    ['a pot in a virtual one', 'virtual', [promise('AT31', eur('1'), 'pot')]],
    ['an own purse in a real one', 'real', [promise('AT31', eur('1'))]],
  ])('is refused with %s', (_, kind, commitments) => {
    expect(() => openBudget(kind, commitments)).toThrow(reason('commitment.invalid'));
  });

  it('refuses a proposal twice, a region twice in one, and a negative amount', () => {
    const budget = openBudget('virtual', [promise('AT31', eur('9'))]);
    const one = done(reserve(budget, 'P1', [asking('AT31', eur('1'))]));
    const negative = [asking('AT31', eur('-1'))];
    expect(() => reserve(one, 'P1', [asking('AT31', eur('1'))])).toThrow(reason('commitment.invalid'));
    expect(() => reserve(one, 'P2', [...negative, ...negative])).toThrow(reason('commitment.invalid'));
    expect(() => reserve(one, 'P2', negative)).toThrow(reason('commitment.invalid'));
  });
});

const REGIONS = ['AT31', 'AT32', 'CH022', 'ITH3'] as const;
const currencyOf = (region: string): Currency => (region === 'CH022' ? 'CHF' : 'EUR');
const cents = fc.bigInt({ min: 0n, max: 100_000n });
const regions = fc.constantFrom(...REGIONS);
const proposals = fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', 'P6');
const purses = fc.constantFrom<Purse>('own', 'pot');

const steps = fc.oneof(
  fc.record({
    verb: fc.constant('reserve' as const),
    proposal: proposals,
    asked: fc.uniqueArray(fc.tuple(regions, cents), { selector: ([region]) => region, minLength: 1 }),
  }),
  fc.record({ verb: fc.constant('grant' as const), proposal: proposals, region: regions }),
  fc.record({ verb: fc.constant('release' as const), proposal: proposals }),
  fc.record({ verb: fc.constant('recommit' as const), region: regions, purse: purses, minor: cents }),
);
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;

describe('the table of commitments', () => {
  it('always adds up, whatever is reserved, granted, released and promised in whatever order', () => {
    const met = { done: 0, refused: 0 };
    const kinds = fc.constantFrom<PotKind>('virtual', 'real', 'mixed');
    fc.assert(
      fc.property(
        kinds,
        fc.array(cents, { minLength: 8, maxLength: 8 }),
        fc.array(steps),
        (kind, first, all) => {
          let budget = openBudget(kind, commitmentsOf(kind, first));
          for (const step of all) {
            const change = take(budget, step);
            if (change.kind === 'done') budget = change.budget;

            expect(change.kind === 'done' || change.reasons.length > 0).toBe(true);
            met[change.kind] += 1;
            checkTable(budget);
          }
        },
      ),
      { seed: 20211210, numRuns: 1_000 },
    );
    expect(met.done).toBeGreaterThan(1_000);
    expect(met.refused).toBeGreaterThan(500);
  });
});

function commitmentsOf(kind: PotKind, minors: readonly bigint[]): Commitment[] {
  const own = REGIONS.map((region, index) =>
    promise(region, { minor: minors[index]!, currency: currencyOf(region) }),
  );
  const pot = REGIONS.map((region, index) =>
    promise(region, { minor: minors[4 + index]!, currency: 'EUR' }, 'pot'),
  );
  return [...(kind === 'real' ? [] : own), ...(kind === 'virtual' ? [] : pot)];
}

function take(budget: CallBudget, step: Step): ReturnType<typeof reserve> {
  switch (step.verb) {
    case 'reserve': {
      if (budget.grants.some(({ proposal }) => proposal === step.proposal)) return { kind: 'done', budget };
      const requests = step.asked.map(([region, minor]) => {
        return asking(region, { minor, currency: budget.kind === 'real' ? 'EUR' : currencyOf(region) });
      });
      return reserve(budget, step.proposal, requests);
    }
    case 'grant': {
      const isThere = budget.grants.some(
        ({ proposal, region, state }) =>
          proposal === step.proposal && region === step.region && state === 'reserved',
      );
      return { kind: 'done', budget: isThere ? grant(budget, step.proposal, step.region) : budget };
    }
    case 'release':
      return { kind: 'done', budget: release(budget, step.proposal) };
    case 'recommit': {
      const found = budget.commitments.find(
        ({ region, purse }) => region === step.region && purse === step.purse,
      );
      if (found === undefined) return { kind: 'done', budget };
      return recommit(budget, { ...found, committed: { ...found.committed, minor: step.minor } });
    }
  }
}

/** Reckons everything again from the grants, by another way. */
function checkTable(budget: CallBudget): void {
  const { rows, totals } = commitmentTable(budget);
  for (const { committed, reserved, granted, free } of rows) {
    expect(committed.minor).toBe(reserved.minor + granted.minor + free.minor);
    expect(free.minor >= 0n).toBe(true);
  }
  for (const { amount, charges } of budget.grants) {
    expect(charges.reduce((sum, each) => sum + each.amount.minor, 0n)).toBe(amount.minor);
    expect(charges.every((each) => each.amount.currency === amount.currency)).toBe(true);
  }
  for (const { currency, committed, reserved, granted, free } of totals) {
    expect(committed.minor).toBe(reserved.minor + granted.minor + free.minor);
    const promised = budget.commitments.filter((each) => each.committed.currency === currency);
    expect(committed.minor).toBe(promised.reduce((sum, each) => sum + each.committed.minor, 0n));
    const grants = budget.grants.filter(({ amount }) => amount.currency === currency);
    const sumOf = (state: string): bigint =>
      grants.filter((each) => each.state === state).reduce((sum, { amount }) => sum + amount.minor, 0n);
    expect([reserved.minor, granted.minor]).toEqual([sumOf('reserved'), sumOf('granted')]);
  }
}

describe('the balance of budgets (R21)', () => {
  const on = day('2026-11-24');
  const rules = {
    factor: 10,
    currency: 'EUR' as const,
    rates: [{ from: 'CHF' as const, to: 'EUR' as const, rate: ratio(105n, 100n), on }],
    ratesOn: on,
  };
  const balance = (...all: Money[]) =>
    budgetBalance(
      all.map((committed, index) => ({ region: `R${index}`, committed })),
      rules,
    );

  it('holds up to ten times the smallest, to the cent', () => {
    expect(balance(eur('100'), eur('1000'))).toEqual({
      holds: true,
      withoutBudget: [],
      largest: 'R1',
      smallest: 'R0',
    });
    expect(balance(eur('100'), eur('1000.01')).holds).toBe(false);
    expect(balance(eur('105'), chf('1000')).holds).toBe(true);
    expect(balance(eur('104.99'), chf('1000')).holds).toBe(false);
  });

  it('does not hold while a region has committed nothing, or there is none', () => {
    expect(balance(eur('0'), eur('0'))).toMatchObject({ holds: false, withoutBudget: ['R0', 'R1'] });
    expect(balance()).toEqual({ holds: false, withoutBudget: [], largest: null, smallest: null });
  });

  it('asks for the rate of the day', () => {
    const late = { ...rules, ratesOn: day('2026-11-25') };
    expect(() => budgetBalance([{ region: 'CH022', committed: chf('1') }], late)).toThrow(
      reason('money.rate-invalid'),
    );
  });
});
