import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import type { DatePrecision } from '../../../src/core/calendar/date-span.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import type { FactCatalogue, FactDefinition } from '../../../src/core/facts/fact-catalogue.js';
import type { FactType } from '../../../src/core/facts/fact-type.js';
import type { FactScalar, Facts, FactValue } from '../../../src/core/facts/fact-value.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import type { GateContext } from '../../../src/core/gates/evaluate-gate.js';
import type { Realm } from '../../../src/core/gates/rule-universe.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import type { Interval } from '../../../src/core/logic/interval.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import type { Instant } from '../../../src/core/terms/instant.js';
import { day, labels } from '../logic/logic-fixtures.js';
import { action, definition, GATE, rule } from './gate-fixtures.js';

// A world so small that every case of it can be gone through: whole numbers of 0 to 3, six days, three words.

/** Fixed and printed with every failure, so that a failure is the same failure tomorrow. */
export const SEED = 20170320;

const integer: FactType = { kind: 'integer', min: 0, max: 3, unit: 'people' };

function define(name: string, type: FactType, owner: FactDefinition['owner']): FactDefinition {
  return { name, type, owner, scope: 'cycle', staleAfterMonths: null, labels };
}

export const smallCatalogue: FactCatalogue = new Map(
  [
    define('region.class', { kind: 'enum', values: ['advanced', 'convergence'] }, 'administrator'),
    define('region.country', { kind: 'text' }, 'administrator'),
    define('count.one', integer, 'cluster_manager'),
    define('count.two', integer, 'regional_authority'),
    define('count.three', integer, 'regional_authority'),
    define('count.derived', integer, 'engine'),
    { ...define('count.mean', integer, 'engine'), meanOf: ['count.one', 'count.two'] },
    define('score.one', { kind: 'decimal', min: 0, max: 1, unit: 'points' }, 'expert'),
    define('body.named', { kind: 'boolean' }, 'regional_authority'),
    define('state.one', { kind: 'enum', values: ['met', 'not_met', 'open'] }, 'regional_authority'),
    define('state.two', { kind: 'enum', values: ['met', 'open'] }, 'expert'),
    define('text.one', { kind: 'text' }, 'expert'),
    define('date.one', { kind: 'date' }, 'survey_import'),
    define('date.two', { kind: 'date' }, 'regional_authority'),
  ].map((fact) => [fact.name, fact]),
);

const FIRST_DAY = toDayNumber(day('2017-04-27'));

/** Over a month's end, with a weekend and a holiday in it; the last day lies outside the calendar's years. */
export const smallDays: Interval = { lo: FIRST_DAY, hi: FIRST_DAY + 5 };

export const smallCalendar = makeWorkingCalendar({
  id: 'AT-5',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: [day('2017-05-01')],
  coveredYears: { first: 2017, last: 2017 },
});

const days = Array.from({ length: 6 }, (_, i) => fromDayNumber(FIRST_DAY + i));

/** All that a fact can be here. Scores are compared with constants only, and never with one that is beside another, so quarters stand for all others. */
export function domainOf(fact: string): readonly FactScalar[] {
  const type = smallCatalogue.get(fact)?.type;
  switch (type?.kind) {
    case 'integer':
      return [0, 1, 2, 3];
    case 'decimal':
      return [0, 0.25, 0.5, 0.75, 1];
    case 'boolean':
      return [true, false];
    case 'enum':
      return type.values;
    case 'text':
      return ['AT', 'CH', 'another', 'yet another'];
    default:
      return days;
  }
}

/** A small fast generator of numbers: mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Dice {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomNumbers(seed);
  }

  upTo(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.upTo(list.length)] as T;
  }

  some<T>(list: readonly T[], least: number, most: number): readonly T[] {
    const shuffled = list.map((each) => [this.next(), each] as const).toSorted(([a], [b]) => a - b);
    return shuffled.slice(0, least + this.upTo(most - least + 1)).map(([, each]) => each);
  }

  chance(part: number): boolean {
    return this.next() < part;
  }
}

const ORDERS = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];
const EQUALITIES = ['equal', 'notEqual'];

export const smallParameters = {
  least: { by: 'region.class', values: { advanced: 2, convergence: 1 }, unit: 'people' },
  by_country: { by: 'region.country', values: { AT: 3, CH: 1 }, otherwise: 2, unit: 'people' },
  until: { value: '2017-04-29', unit: 'date' },
};

/** A comparison about some of these facts, as JSON; the parser may refuse it. */
function leaf(dice: Dice, facts: readonly string[]): unknown {
  const fact = dice.pick(facts);
  const ofKind = (kinds: readonly string[]) =>
    facts.filter((name) => kinds.includes(smallCatalogue.get(name)?.type.kind ?? ''));
  const type = smallCatalogue.get(fact)?.type;
  if (dice.chance(0.08)) return { fact, operator: 'isKnown', value: true };
  switch (type?.kind) {
    case 'boolean':
      return { fact, operator: dice.pick(EQUALITIES), value: dice.chance(0.5) };
    case 'text':
      if (dice.chance(0.3)) return { fact, operator: dice.pick(['in', 'notIn']), value: ['AT', 'CH'] };
      return {
        fact,
        operator: dice.pick(EQUALITIES),
        value: dice.chance(0.3) ? { fact: dice.pick(ofKind(['text'])) } : dice.pick(['AT', 'CH']),
      };
    case 'enum': {
      if (dice.chance(0.3)) {
        const value = dice.some(type.values, 1, type.values.length - 1);
        return { fact, operator: dice.pick(['in', 'notIn']), value };
      }
      const value = dice.chance(0.3) ? { fact: dice.pick(ofKind(['enum'])) } : dice.pick(type.values);
      return { fact, operator: dice.pick(EQUALITIES), value };
    }
    case 'decimal':
      return { fact, operator: dice.pick(ORDERS), value: dice.pick([0.25, 0.75]) };
    case 'date':
      return dateLeaf(dice, fact, ofKind(['date']));
    default:
      return numberLeaf(dice, fact, ofKind(['integer']));
  }
}

function dateLeaf(dice: Dice, fact: string, dates: readonly string[]): unknown {
  const operator = dice.pick(ORDERS);
  const ends = () => ({ from: dice.pick([...dates, 'today']), to: dice.pick([...dates, 'today']) });
  switch (dice.upTo(5)) {
    case 0:
      return { fact, operator, value: dice.pick(days) };
    case 1:
      return { fact, operator, value: { fact: dice.pick(dates) } };
    case 2:
      return {
        fact,
        operator,
        value: { fact: 'parameter', params: { name: 'until' } },
      };
    case 3:
      return {
        fact: dice.pick(['days-between', 'months-between']),
        params: ends(),
        operator,
        value: dice.chance(0.2) ? { fact: 'count.one' } : dice.upTo(5) - 2,
      };
    default:
      return {
        fact: 'working-days-between',
        params: { ...ends(), calendar: dice.pick(['own', 'neighbours']) },
        operator,
        value: dice.upTo(4) - 1,
      };
  }
}

function numberLeaf(dice: Dice, fact: string, numbers: readonly string[]): unknown {
  const operator = dice.pick(ORDERS);
  switch (dice.upTo(7)) {
    case 0:
      return { fact, operator: dice.pick(EQUALITIES), value: dice.upTo(4) };
    case 1:
      return { fact, operator, value: { fact: dice.pick(numbers) } };
    case 2: {
      const name = dice.pick(['least', 'by_country']);
      return { fact, operator, value: { fact: 'parameter', params: { name } } };
    }
    case 3:
      return {
        fact: dice.pick(['sum', 'mean']),
        params: { of: dice.some(numbers, 1, 3) },
        operator,
        value: dice.chance(0.3) ? { fact: dice.pick(numbers) } : dice.pick([1, 1.5, 2, 4]),
      };
    case 4:
      return {
        fact: 'share',
        params: { of: fact, in: dice.some(numbers, 1, 3) },
        operator,
        value: dice.pick([0, 25, 33.3, 50, 100]),
      };
    case 5:
      return {
        fact: 'difference',
        params: { of: fact, minus: dice.pick(numbers) },
        operator,
        value: dice.upTo(4) - 1,
      };
    default:
      return { fact, operator, value: dice.upTo(4) };
  }
}

function condition(dice: Dice, facts: readonly string[], depth: number): unknown {
  if (depth > 0 && dice.chance(depth === 1 ? 0.5 : 0.7)) return leaf(dice, facts);
  if (depth === 3) return leaf(dice, facts);
  if (dice.chance(0.15)) return { not: condition(dice, facts, depth + 1) };
  const parts = Array.from({ length: 1 + dice.upTo(3) }, () => condition(dice, facts, depth + 1));
  return { [dice.pick(['all', 'any'])]: parts };
}

const scope = {
  catalogue: smallCatalogue,
  parameters: new Map<string, readonly FactScalar[]>([
    ['least', [2, 1]],
    ['by_country', [3, 1, 2]],
    ['until', ['2017-04-29']],
  ]),
};

/** One that the parser takes: to compile a rulebook in vain would cost more than all the rest. */
function soundCondition(dice: Dice, facts: readonly string[]): unknown {
  for (;;) {
    const json = condition(dice, facts, 0);
    const isGroup = typeof json === 'object' && json !== null && !('fact' in json);
    const root = isGroup ? json : { all: [json] };
    if ('condition' in parseCondition(root, scope)) return root;
  }
}

const SEVERITIES = [
  'block',
  'block',
  'block',
  'conditional',
  'warn',
  { by: 'region.country', values: { CH: 'warn' }, otherwise: 'block' },
];

const FACTS = [...smallCatalogue.keys()].filter((name) => name !== 'count.mean');

/** Rules about at most `factsMax` facts. */
export function randomRules(
  dice: Dice,
  factsMax: number,
  rulesMax: number,
): readonly Record<string, unknown>[] {
  const facts = [...dice.some(FACTS, 2, factsMax), ...(dice.chance(0.1) ? ['count.mean'] : [])];
  return Array.from({ length: 1 + dice.upTo(rulesMax) }, (_, i) => {
    const severity = dice.pick(SEVERITIES);
    const conditions = soundCondition(dice, facts);
    const text = JSON.stringify(conditions);
    const used = Object.entries(smallParameters).filter(([name]) => text.includes(`"${name}"`));
    return rule(`R0${i + 1}`, {
      conditions,
      severity,
      parameters: Object.fromEntries(used),
      ...(severity === 'conditional' ? { action } : {}),
    });
  });
}

/** Null: the parser refuses the rules, or they are about too many facts to go through. */
export function smallRulebook(rules: readonly Record<string, unknown>[], factsMax = 5): Rulebook | null {
  const compiled = compileRulebook(definition(rules), smallCatalogue, 'a-hash');
  if ('problems' in compiled) return null;
  const names = new Set([...compiled.rulebook.rules.values()].flatMap(({ factNames }) => factNames));
  return names.size > factsMax ? null : compiled.rulebook;
}

export function fact(name: string, value: FactScalar, precision: DatePrecision = 'day'): FactValue {
  const isDate = smallCatalogue.get(name)?.type.kind === 'date';
  return {
    fact: name,
    value,
    precision: isDate ? precision : null,
    observedOn: null,
    evidence: null,
    note: null,
    recordedBy: 'a-person',
    recordedAt: '2017-03-20T08:00:00.000Z' as Instant,
    cycleNumber: 1,
  };
}

/** Facts of which some are missing and some dates are vague. */
export function randomFacts(dice: Dice, rulebook: Rulebook): Facts {
  const names = new Set([...rulebook.rules.values()].flatMap(({ factNames }) => factNames));
  return new Map(
    [...names].flatMap((name): [string, FactValue][] => {
      if (dice.chance(0.25)) return [];
      const precision = dice.chance(0.2) ? dice.pick(['month', 'approximate'] as const) : 'day';
      return [[name, fact(name, dice.pick(domainOf(name)), precision)]];
    }),
  );
}

export function smallContext(facts: Facts, dayOffset = 2): GateContext {
  return {
    facts,
    today: fromDayNumber(FIRST_DAY + dayOffset),
    calendar: smallCalendar,
    neighbourCalendars: [],
    stale: new Set(),
  };
}

/** Everything that these facts can be together. */
export function* allValues(names: readonly string[]): Generator<readonly FactValue[]> {
  const [first, ...others] = names;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of domainOf(first)) {
    for (const rest of allValues(others)) yield [fact(first, value), ...rest];
  }
}

/** Every case of these facts, on every day; on one day only if the rules do not ask for it. */
export function* allContexts(rulebooks: readonly Rulebook[]): Generator<GateContext> {
  const rules = rulebooks.flatMap((rulebook) => [...rulebook.rules.values()]);
  const names = [...new Set(rules.flatMap(({ factNames }) => factNames))];
  const asksToday = rules.some(({ conditions }) => JSON.stringify(conditions).includes('"today"'));
  for (const values of allValues(names)) {
    const facts = new Map(values.map((value) => [value.fact, value]));
    for (let offset = 0; offset < (asksToday ? days.length : 1); offset += 1)
      yield smallContext(facts, offset);
  }
}

export const smallRealm: Realm = { calendar: smallCalendar, neighbourCalendars: [], days: smallDays };

/** What a failure prints, so that it can be looked into. */
export function tell(...rulebooks: readonly Rulebook[]): string {
  const rules = rulebooks.map((rulebook) =>
    [...rulebook.rules.values()].map(({ id, severity, conditions }) => [id, severity, conditions]),
  );
  return JSON.stringify(rules);
}

export { GATE };
