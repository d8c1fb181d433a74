import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import type { DatePrecision } from '../../../src/core/calendar/date-span.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import type { FactCatalogue, FactDefinition } from '../../../src/core/facts/fact-catalogue.js';
import type { FactType } from '../../../src/core/facts/fact-type.js';
import type { Facts, FactScalar, FactValue } from '../../../src/core/facts/fact-value.js';
import type { Condition } from '../../../src/core/logic/condition.js';
import type { EvaluationContext } from '../../../src/core/logic/evaluation-context.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import type { Instant } from '../../../src/core/terms/instant.js';
import type { Problem } from '../../../src/core/terms/problem.js';

/** A date written in a test; throws if it is not one. */
export function day(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === null) throw new Error(`${text} is not a date`);
  return date;
}

export const labels = { de: 'x', fr: 'x', it: 'x', sl: 'x', en: 'x' };

const integer: FactType = { kind: 'integer', min: 0, max: 100, unit: 'people' };
const decimal: FactType = { kind: 'decimal', min: 0, max: 100, unit: 'points' };

function define(name: string, type: FactType, more: Partial<FactDefinition> = {}): FactDefinition {
  return { name, type, owner: 'regional_authority', scope: 'cycle', staleAfterMonths: null, labels, ...more };
}

/** A small catalogue with every type of fact. */
export const catalogue: FactCatalogue = new Map(
  [
    define(
      'region.class',
      { kind: 'enum', values: ['advanced', 'convergence', 'less_advanced'] },
      { owner: 'administrator', scope: 'region' },
    ),
    define('region.country', { kind: 'text' }, { owner: 'administrator', scope: 'region' }),
    define('region.nuts', { kind: 'text' }, { owner: 'administrator', scope: 'region' }),
    define('people.business', integer, { owner: 'cluster_manager' }),
    define('people.civil', integer, { owner: 'cluster_manager' }),
    define('score.one', decimal),
    define('score.two', decimal),
    define('score.mean', decimal, { owner: 'engine', meanOf: ['score.one', 'score.two'] }),
    define('survey.opened_on', { kind: 'date' }),
    define('survey.closed_on', { kind: 'date' }),
    define('body.named', { kind: 'boolean' }),
    define('body.reference', { kind: 'text' }),
    define('meetings.held', integer, { scope: 'region', staleAfterMonths: 12 }),
  ].map((fact) => [fact.name, fact]),
);

/** A recorded value; `precision` of dates is a day unless said otherwise. */
export function recorded(fact: string, value: FactScalar, precision?: DatePrecision): FactValue {
  const isDate = catalogue.get(fact)?.type.kind === 'date';
  return {
    fact,
    value,
    precision: isDate ? (precision ?? 'day') : null,
    observedOn: null,
    evidence: null,
    note: null,
    recordedBy: 'a-person',
    recordedAt: '2017-03-20T08:00:00.000Z' as Instant,
    cycleNumber: 1,
  };
}

type Given = FactScalar | readonly [value: string, precision: DatePrecision];

/** Facts by name; a date with a precision is written as a pair. */
export function facts(given: Readonly<Record<string, Given>>): Facts {
  return new Map(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'object' ? recorded(name, value[0], value[1]) : recorded(name, value),
    ]),
  );
}

/** Monday to Friday, New Year and 1 May off; 2015 to 2020. */
export const calendar = makeWorkingCalendar({
  id: 'AT-5',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: ['2016-01-01', '2017-01-01', '2017-05-01', '2018-01-01'].map(day),
  coveredYears: { first: 2015, last: 2020 },
});

/** As `calendar`, and a whole week off in April 2017. */
export const neighbourCalendar = makeWorkingCalendar({
  ...calendar,
  id: 'SI',
  holidays: [...calendar.holidays, ...['17', '18', '19', '20', '21'].map((date) => day(`2017-04-${date}`))],
});

export function context(
  given: Readonly<Record<string, Given>>,
  more: Partial<EvaluationContext> = {},
): EvaluationContext {
  return {
    facts: facts(given),
    today: day('2017-06-01'),
    calendar,
    neighbourCalendars: [],
    parameters: () => ({ value: 0 }),
    ...more,
  };
}

export type ParameterValues = Readonly<Record<string, readonly FactScalar[]>>;

export function problemsOf(json: unknown, parameters: ParameterValues = {}): readonly Problem[] {
  const parsed = parseCondition(json, { catalogue, parameters: new Map(Object.entries(parameters)) });
  return 'problems' in parsed ? parsed.problems : [];
}

/** Codes and pointers of what is wrong with a condition. */
export function faultsOf(json: unknown, parameters: ParameterValues = {}): readonly string[] {
  return problemsOf(json, parameters).map(({ code, pointer }) => `${code} ${pointer}`);
}

export function parsed(json: unknown, parameters: ParameterValues = {}): Condition {
  const result = parseCondition(json, { catalogue, parameters: new Map(Object.entries(parameters)) });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.condition;
}
