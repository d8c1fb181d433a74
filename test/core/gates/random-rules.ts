import * as fc from 'fast-check';
import { fromDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { DATE_PRECISIONS } from '../../../src/core/calendar/date-span.js';
import type { Facts, FactValue } from '../../../src/core/facts/fact-value.js';
import { recorded } from '../logic/logic-fixtures.js';

const NUMBERS = ['people.business', 'people.civil', 'score.one', 'score.two', 'score.mean', 'meetings.held'];
const COUNTS = ['people.business', 'people.civil', 'meetings.held'];
const DATES = ['survey.opened_on', 'survey.closed_on'];
const CLASSES = ['advanced', 'convergence', 'less_advanced'];
const TEXTS = ['SI', 'CH02', 'FR43'];
const ORDERS = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const EQUALITIES = ['equal', 'notEqual'];

const pick = (words: readonly string[]) => fc.constantFrom(...words);

/** Few values, so that thresholds are met exactly again and again. */
const count = fc.integer({ min: 1, max: 6 });
const score = fc.constantFrom(0.1, 3.3, 3.5, 44.4, 54.4, 64.4, 99.9);
const dayNumber = fc.integer({ min: 17_150, max: 17_400 });
const date = dayNumber.map(fromDayNumber);

const orders = fc.record({ fact: pick(NUMBERS), operator: pick(ORDERS), value: fc.oneof(count, score) });
const factsInOrder = fc.record({
  fact: pick(NUMBERS),
  operator: pick(ORDERS),
  value: fc.record({ fact: pick(NUMBERS) }),
});
const equalities = fc.record({ fact: pick(COUNTS), operator: pick(EQUALITIES), value: count });
const thresholds = fc.record({
  fact: pick(COUNTS),
  operator: pick([...ORDERS, ...EQUALITIES]),
  value: fc.constant({ fact: 'parameter', params: { name: 'people_min' } }),
});
const dates = fc.record({
  fact: pick(DATES),
  operator: pick(ORDERS),
  value: fc.oneof(
    date,
    fc.record({ fact: pick(DATES) }),
    fc.constant({ fact: 'parameter', params: { name: 'closed_by' } }),
  ),
});
const words = fc.oneof(
  fc.record({ fact: fc.constant('region.class'), operator: pick(EQUALITIES), value: pick(CLASSES) }),
  fc.record({ fact: fc.constant('region.nuts'), operator: pick(EQUALITIES), value: pick(TEXTS) }),
  fc.record({
    fact: fc.constant('region.class'),
    operator: pick(['in', 'notIn']),
    value: fc.uniqueArray(pick(CLASSES), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ fact: fc.constant('body.named'), operator: pick(EQUALITIES), value: fc.boolean() }),
);
const known = fc.record({
  fact: pick([...NUMBERS, ...DATES, 'region.class', 'body.named']),
  operator: fc.constant('isKnown'),
  value: fc.constant(true),
});

const end = pick([...DATES, 'today']);
const times = fc.oneof(
  fc.record({
    fact: pick(['days-between', 'months-between']),
    params: fc.record({ from: end, to: end }),
    operator: pick(ORDERS),
    value: fc.integer({ min: -40, max: 60 }),
  }),
  fc.record({
    fact: fc.constant('working-days-between'),
    params: fc.record({ from: end, to: end, calendar: pick(['own', 'neighbours']) }),
    operator: pick(ORDERS),
    value: fc.integer({ min: -30, max: 40 }),
  }),
);
const several = fc.array(pick(NUMBERS), { minLength: 1, maxLength: 3 });
const sums = fc.oneof(
  fc.record({
    fact: pick(['sum', 'mean']),
    params: fc.record({ of: several }),
    operator: pick(ORDERS),
    value: fc.oneof(count, score),
  }),
  fc.record({
    fact: fc.constant('share'),
    params: fc.record({ of: pick(NUMBERS), in: several }),
    operator: pick(ORDERS),
    value: fc.constantFrom(0, 25, 40, 50, 100),
  }),
  fc.record({
    fact: fc.constant('difference'),
    params: fc.record({ of: pick(NUMBERS), minus: pick(NUMBERS) }),
    operator: pick(ORDERS),
    value: fc.constantFrom(-10, 0, 1, 10),
  }),
);

const leaf = fc.oneof(orders, factsInOrder, equalities, thresholds, dates, words, known, times, sums);

/** Conditions of up to four levels, as JSON; some are refused by the parser. */
export const conditions: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3, withCrossShrink: true }, { arbitrary: leaf, weight: 2 }, tie('group')),
  group: fc.oneof(
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).group;

/** The parameters that `conditions` may use, with the values that they can have. */
export const parameters = {
  people_min: { by: 'region.class', values: { advanced: 4, convergence: 3 }, otherwise: 2, unit: 'people' },
  closed_by: { value: '2017-03-20', unit: 'date' },
};

const vagueDate = fc.tuple(date, fc.constantFrom('day' as const, ...DATE_PRECISIONS));

const values: Readonly<Record<string, fc.Arbitrary<FactValue>>> = {
  ...Object.fromEntries(COUNTS.map((name) => [name, count.map((value) => recorded(name, value))])),
  ...Object.fromEntries(
    ['score.one', 'score.two'].map((name) => [name, score.map((value) => recorded(name, value))]),
  ),
  ...Object.fromEntries(
    DATES.map((name) => [name, vagueDate.map(([value, precision]) => recorded(name, value, precision))]),
  ),
  'region.class': pick(CLASSES).map((value) => recorded('region.class', value)),
  'region.nuts': pick(TEXTS).map((value) => recorded('region.nuts', value)),
  'body.named': fc.boolean().map((value) => recorded('body.named', value)),
};

/** A value for every fact of the small catalogue that is recorded by somebody. */
export const allFacts: fc.Arbitrary<Facts> = fc.record(values).map((found) => new Map(Object.entries(found)));

/** Such facts, of which some are missing. */
export const someFacts: fc.Arbitrary<Facts> = fc
  .record(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fc.option(value, { freq: 2 })])),
  )
  .map(
    (found) =>
      new Map(Object.entries(found).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  );
