import * as fc from 'fast-check';
import { fromDayNumber } from '../../../src/core/calendar/calendar-date.js';
import type { ParameterDefinition } from '../../../src/core/gates/rulebook-schema.js';
import { catalogue } from './wording-fixtures.js';

const facts = [...catalogue.values()];
const named = (isIt: (kind: string) => boolean) =>
  facts.filter(({ type }) => isIt(type.kind)).map(({ name }) => name);

const NUMBERS = named((kind) => kind === 'integer' || kind === 'decimal');
const COUNTS = named((kind) => kind === 'integer');
const DATES = named((kind) => kind === 'date');
const BOOLEANS = named((kind) => kind === 'boolean');
const ENUMS = facts.flatMap(({ name, type }) =>
  type.kind === 'enum' ? [{ name, values: type.values }] : [],
);
const TEXTS = named((kind) => kind === 'text');
const ORDERS = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const EQUALITIES = ['equal', 'notEqual'];

/** What the conditions may refer to: plain values and values by class and by country, of every type. */
export const parameters: Readonly<Record<string, ParameterDefinition>> = {
  some_min: { value: 2, unit: 'answers' },
  class_min: {
    by: 'region.class',
    values: { advanced: 4, convergence: 3.5, less_advanced: 3 },
    unit: 'points',
  },
  country_max: { by: 'region.country', values: { CH: 1, SI: 2 }, otherwise: 3, unit: 'widgets' },
  closed_by: { value: '2017-03-08', unit: 'date' },
  closed_by_country: {
    by: 'region.country',
    values: { IT: '2017-01-01' },
    otherwise: '2018-12-31',
    unit: 'date',
  },
  flag: { value: true, unit: 'yes or no' },
  criterion: { by: 'region.class', values: { advanced: 'met' }, otherwise: 'not_met', unit: 'word' },
  country: { value: "Côte d'Azur; \u202e[x] 'y'", unit: 'text' },
};

const pick = <T>(words: readonly T[]) => fc.constantFrom(...words);
const parameter = (...names: readonly string[]) =>
  pick(names).map((name) => ({ fact: 'parameter', params: { name } }));
const fact = (names: readonly string[]) => pick(names).map((name) => ({ fact: name }));

const number = fc.oneof(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 1, max: 999 }).map((tenths) => tenths / 10),
  fc.integer({ min: -120_000, max: 120_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e-7, 5e-324, 1e21, 0.1 + 0.2),
);
const date = fc.integer({ min: -20_000, max: 80_000 }).map(fromDayNumber);
const anyText = fc.oneof(
  pick(['CH', 'SI', 'ITH2', 'a  b', ' a', 'a ', "it's", '\\u{41}', '"', "'", ']', '']),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const several = fc.array(pick(NUMBERS), { minLength: 1, maxLength: 4 });
const end = pick([...DATES, 'today']);

const functions = fc.oneof(
  fc.record({ fact: pick(['days-between', 'months-between']), params: fc.record({ from: end, to: end }) }),
  fc.record({
    fact: fc.constant('working-days-between'),
    params: fc.record({ from: end, to: end, calendar: pick(['own', 'neighbours']) }),
  }),
  fc.record({ fact: pick(['sum', 'mean']), params: fc.record({ of: several }) }),
  fc.record({ fact: fc.constant('share'), params: fc.record({ of: pick(NUMBERS), in: several }) }),
  fc.record({
    fact: fc.constant('difference'),
    params: fc.record({ of: pick(NUMBERS), minus: pick(NUMBERS) }),
  }),
);

/** A left side with an operator and a right side, as one leaf. */
const leafOf = (
  left: fc.Arbitrary<Readonly<Record<string, unknown>>>,
  operators: readonly string[],
  value: fc.Arbitrary<unknown>,
) =>
  fc
    .tuple(left, pick(operators), value)
    .map(([one, operator, other]): unknown => ({ ...one, operator, value: other }));

const thresholds = parameter('some_min', 'class_min', 'country_max');
const leaf = fc.oneof(
  leafOf(fact(NUMBERS), ORDERS, fc.oneof(number, thresholds, fact(NUMBERS), functions)),
  leafOf(functions, ORDERS, fc.oneof(number, thresholds, fact(NUMBERS), functions)),
  leafOf(
    fact(COUNTS),
    EQUALITIES,
    fc.oneof(fc.integer({ min: 0, max: 7 }), thresholds, fact(COUNTS), functions),
  ),
  leafOf(fact(DATES), ORDERS, fc.oneof(date, parameter('closed_by', 'closed_by_country'), fact(DATES))),
  leafOf(fact(BOOLEANS), EQUALITIES, fc.oneof(fc.boolean(), parameter('flag'), fact(BOOLEANS))),
  pick(ENUMS).chain(({ name, values }) =>
    fc.oneof(
      leafOf(
        fact([name]),
        EQUALITIES,
        fc.oneof(pick(values), parameter('criterion'), fact(ENUMS.map((each) => each.name))),
      ),
      leafOf(fact([name]), ['in', 'notIn'], fc.array(pick(values), { minLength: 1, maxLength: 3 })),
    ),
  ),
  leafOf(fact(TEXTS), EQUALITIES, fc.oneof(anyText, parameter('country'), fact(TEXTS))),
  leafOf(fact(TEXTS), ['in', 'notIn'], fc.array(anyText, { minLength: 1, maxLength: 4 })),
  leafOf(fact([...catalogue.keys()]), ['isKnown'], fc.constant(true)),
);

/** Conditions over the shipped catalogue, as JSON; some are refused by the parser of conditions. */
export const conditions: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { arbitrary: leaf, weight: 3 }, tie('group')),
  group: fc.oneof(
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).group;
