import { fromDayNumber, toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactType } from '../facts/fact-type.js';
import type { FactScalar, Facts, FactValue } from '../facts/fact-value.js';
import { leavesOf } from '../logic/condition.js';
import type { Interval } from '../logic/interval.js';
import type { Assignment, Space } from '../logic/space.js';
import { ALL_DAYS, type Knowledge, type Universe } from '../logic/universe.js';
import type { GateContext } from './evaluate-gate.js';
import { valuesOfParameter } from './regional-value.js';
import { assumedFact } from './rule-formula.js';
import type { Rule } from './rulebook.js';

/** Decimals are taken to have so many places more than any constant that they are compared with. */
const PLACES_MORE = 2;

const PLACES_MAX = 9;

/** Calendars, and what dates and the day of the decision may be. */
export interface Realm {
  readonly calendar: WorkingCalendar;
  /** Empty: the region's own stands in for them. */
  readonly neighbourCalendars: readonly WorkingCalendar[];
  /** The days that a free date may be, as day numbers; without it, every day of Cordata's calendar. */
  readonly days?: Interval;
}

/** Every fact of the rules may be anything of its type, and so may the day of the decision. */
export function freeUniverse(rules: readonly Rule[], catalogue: FactCatalogue, realm: Realm): Universe {
  const days = realm.days ?? ALL_DAYS;
  const covered = [toDayNumber(realm.calendar.firstDay), toDayNumber(realm.calendar.lastDay)] as const;
  const middle = Math.floor((covered[0] + covered[1]) / 2);
  return {
    ...realm,
    days,
    knowledge: () => 'free',
    today: 'free',
    nearDay: Math.min(days.hi, Math.max(days.lo, middle)),
    decimalPlaces: placesOf(rules, []),
    texts: textsOf(rules, catalogue, []),
  };
}

/** What is known in a region, and what may be changed there. */
export interface RegionKnowledge {
  readonly context: GateContext;
  /** The days that a free date may be, as day numbers. */
  readonly days: Interval;
  readonly isFree: (fact: string) => boolean;
}

/** What is known in a region, where some facts may be changed to anything. */
export function regionUniverse(
  rules: readonly Rule[],
  catalogue: FactCatalogue,
  { context, days, isFree }: RegionKnowledge,
): Universe {
  const known = [...context.facts.values()];
  return {
    calendar: context.calendar,
    neighbourCalendars: context.neighbourCalendars,
    days,
    knowledge: (fact): Knowledge => (isFree(fact) ? 'free' : (context.facts.get(fact) ?? 'missing')),
    today: context.today,
    nearDay: Math.min(days.hi, Math.max(days.lo, toDayNumber(context.today))),
    decimalPlaces: placesOf(rules, known),
    texts: textsOf(rules, catalogue, known),
  };
}

/** An example that was found, and what it is about. */
export interface Example {
  readonly assignment: Assignment;
  readonly space: Space;
  readonly universe: Universe;
  readonly catalogue: FactCatalogue;
}

/** The facts of an example, of those that are named; one that no formula speaks of takes any value of its type. */
export function factsOf(names: Iterable<string>, example: Example): Facts {
  const found = new Map<string, FactValue>();
  for (const name of names) {
    const type = example.catalogue.get(name)?.type;
    if (type === undefined) continue;
    found.set(name, assumedFact(name, valueOf(name, type, example), type.kind === 'date' ? 'day' : null));
  }
  return found;
}

/** The day of the decision in an example. */
export function todayOf({ assignment, space, universe }: Example): CalendarDate {
  if (universe.today !== 'free') return universe.today;
  const variable = space.numberNamed('today');
  return fromDayNumber(
    variable === null ? universe.nearDay : (assignment.numbers[variable] ?? universe.nearDay),
  );
}

function valueOf(name: string, type: FactType, { assignment, space, universe }: Example): FactScalar {
  const variable = space.numberNamed(name) ?? space.wordNamed(name);
  switch (type.kind) {
    case 'integer':
    case 'decimal': {
      const any = Math.min(type.max, Math.max(type.min, 0));
      const steps = type.kind === 'integer' ? 1 : 10 ** universe.decimalPlaces;
      return variable === null ? any : (assignment.numbers[variable] ?? 0) / steps;
    }
    case 'date':
      return fromDayNumber(variable === null ? universe.nearDay : (assignment.numbers[variable] ?? 0));
    case 'boolean':
      return variable === null ? true : (space.wordIn(assignment, variable) ?? true);
    case 'enum':
    case 'text': {
      const any = (type.kind === 'enum' ? type.values : universe.texts)[0] ?? '';
      return variable === null ? any : (space.wordIn(assignment, variable) ?? any);
    }
  }
}

function constantsOf(rules: readonly Rule[]): readonly FactScalar[] {
  return rules.flatMap(({ condition, parameters }) => [
    ...leavesOf(condition).flatMap(({ right }): readonly FactScalar[] =>
      right.kind === 'constant' ? [right.value] : right.kind === 'list' ? right.values : [],
    ),
    ...[...parameters.values()].flatMap(valuesOfParameter),
  ]);
}

/** All numbers that the rules compare facts, sums and means with, ascending: not percentages, nor numbers of days. */
export function numbersOf(rules: readonly Rule[]): readonly number[] {
  const numbers = rules.flatMap(({ condition, parameters }) =>
    leavesOf(condition).flatMap(({ left, right }): readonly unknown[] => {
      if (left.kind === 'share' || 'from' in left) return [];
      if (right.kind === 'constant') return [right.value];
      const parameter = right.kind === 'parameter' ? parameters.get(right.name) : undefined;
      return parameter === undefined ? [] : valuesOfParameter(parameter);
    }),
  );
  return [...new Set(numbers.filter((each) => typeof each === 'number'))].toSorted((a, b) => a - b);
}

function placesOf(rules: readonly Rule[], known: readonly FactValue[]): number {
  const numbers = [...constantsOf(rules), ...known.map(({ value }) => value)];
  const places = numbers.map((value) => (typeof value === 'number' ? placesOfNumber(value) : 0));
  return Math.min(PLACES_MAX, Math.max(0, ...places) + PLACES_MORE);
}

function placesOfNumber(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** Texts are compared by equality only, so besides those that occur only their number matters. */
function textsOf(
  rules: readonly Rule[],
  catalogue: FactCatalogue,
  known: readonly FactValue[],
): readonly string[] {
  const names = new Set(rules.flatMap(({ factNames }) => factNames));
  const texts = [...names].filter((name) => catalogue.get(name)?.type.kind === 'text');
  const choices = rules.flatMap(({ parameters, severity }) => [...parameters.values(), severity]);
  const keys = choices.flatMap((choice) =>
    typeof choice === 'object' && 'by' in choice ? Object.keys(choice.values) : [],
  );
  const recorded = known.filter(({ fact }) => texts.includes(fact)).map(({ value }) => value);
  const mentioned = [...constantsOf(rules), ...keys, ...recorded].filter((each) => typeof each === 'string');
  const others = ['other', ...texts.map((_, i) => `other ${i + 2}`)];
  return [...new Set([...mentioned, ...others])];
}
