import { fromDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactValue } from '../facts/fact-value.js';
import { evaluateRule } from '../gates/evaluate-rule.js';
import { severityIn } from '../gates/regional-value.js';
import { assumedFact, ruleFails, ruleFormula, ruleOpens, type RuleSite } from '../gates/rule-formula.js';
import type { Rule } from '../gates/rulebook.js';
import type { Severity } from '../gates/rulebook-schema.js';
import { within } from '../logic/extreme-value.js';
import type { DayEnd, Formula } from '../logic/formula.js';
import type { Interval } from '../logic/interval.js';
import { opposite } from '../logic/opposite.js';
import type { Truth } from '../logic/truth.js';
import type { Universe } from '../logic/universe.js';
import { ENTERED_ON, givenFacts, regionFacts, WORKING_DAYS, type ModelRegion } from './model-check-model.js';

/** Something that is to be so of a rule. `opens`: it lets its gate open; `fails`: it makes its gate fail. */
export interface Claim {
  readonly rule: Rule;
  readonly says: 'opens' | 'shuts' | 'fails' | 'true' | 'false' | 'untrue';
}

/** Where, when and with which facts a gate is asked. */
export interface Situation {
  readonly region: ModelRegion;
  /** The days on which it may be asked, as day numbers. */
  readonly days: Interval;
  /** Day number of the entry into the stage; null: any of the days up to the question. */
  readonly enteredOn: number | null;
  /** Facts that have no value and will have none. */
  readonly missing: ReadonlySet<string>;
}

/** A universe in which facts are what the situation says. */
export function universeOf(free: Universe, { region, days, enteredOn, missing }: Situation): Universe {
  const known = regionFacts(region);
  return {
    ...free,
    nearDay: days.lo,
    knowledge: (fact) => {
      if (missing.has(fact)) return 'missing';
      if (fact === ENTERED_ON && enteredOn !== null) {
        return assumedFact(fact, fromDayNumber(enteredOn), 'day');
      }
      const value = known.get(fact);
      return value === undefined ? 'free' : assumedFact(fact, value, null);
    },
  };
}

/** When a claim holds. */
export function claimFormula({ rule, says }: Claim, site: RuleSite): Formula {
  switch (says) {
    case 'opens':
      return ruleOpens(rule, site);
    case 'shuts':
      return opposite(ruleOpens(rule, site), site.space);
    case 'fails':
      return ruleFails(rule, site);
    case 'true':
    case 'false':
      return ruleFormula(rule, says === 'true', site);
    case 'untrue':
      return opposite(ruleFormula(rule, true, site), site.space);
  }
}

/** That the question is put on one of the days, and how the facts that Cordata gives follow from it. */
export function daysFormulas(
  rules: readonly Rule[],
  { space, universe, catalogue }: RuleSite,
  { region, days, enteredOn }: Situation,
): readonly Formula[] {
  const names = new Set(rules.flatMap(({ factNames }) => factNames));
  const [asksEntry, counts] = [names.has(ENTERED_ON), names.has(WORKING_DAYS)];
  if (space.numberNamed('today') === null && !asksEntry && !counts) return [];
  const day = (name: string) => space.number(name, () => ({ range: universe.days, hint: universe.nearDay }));
  const today = day('today');
  const formulas = [within(today, days)];
  const entry: DayEnd = enteredOn === null ? { variable: day(ENTERED_ON) } : { day: enteredOn };
  if ('variable' in entry) {
    formulas.push(within(entry.variable, days), notAbove(entry.variable, today));
  }
  const type = catalogue.get(WORKING_DAYS)?.type;
  if (counts && type?.kind === 'integer') {
    const range = { lo: type.min, hi: type.max };
    const given = space.number(WORKING_DAYS, () => ({ range, hint: 0 }));
    const relation = { kind: 'working-days', from: entry, to: { variable: today } } as const;
    const count = space.count('working days in the stage', range, {
      ...relation,
      calendars: [region.calendar],
    });
    formulas.push(notAbove(given, count), notAbove(count, given));
  }
  return formulas;
}

function notAbove(one: number, other: number): Formula {
  const terms = [[one, 1] as const, [other, -1] as const].toSorted(([a], [b]) => a - b);
  const says = { fact: `#${one}`, operator: 'lessThanInclusive', value: `#${other}` };
  return { kind: 'atom', atom: { kind: 'linear', terms, max: 0 }, says };
}

/** Whether the claims hold, by evaluation; null as the day: whenever. */
export function claimsHold(
  claims: readonly Claim[],
  {
    facts: recorded,
    today: found,
  }: { readonly facts: readonly FactValue[]; readonly today: CalendarDate | null },
  { region, days, enteredOn }: Situation & { readonly enteredOn: number },
): boolean {
  const today = found ?? fromDayNumber(days.lo);
  const given = givenFacts(region, fromDayNumber(enteredOn), today);
  const facts = new Map([...given, ...recorded].map((value) => [value.fact, value]));
  const { calendar, neighbourCalendars } = region;
  return claims.every(({ rule, says }) => {
    const { truth } = evaluateRule(rule, { facts, today, calendar, neighbourCalendars });
    return isSo(says, truth, severityIn(rule.severity, facts));
  });
}

function isSo(says: Claim['says'], truth: Truth, severity: Severity): boolean {
  const opens = severity === 'warn' || truth === true || (severity === 'conditional' && truth === false);
  switch (says) {
    case 'opens':
      return opens;
    case 'shuts':
      return !opens;
    case 'fails':
      return severity === 'block' && truth === false;
    case 'true':
      return truth === true;
    case 'false':
      return truth === false;
    case 'untrue':
      return truth !== true;
  }
}
