import {
  fromDayNumber,
  parseCalendarDate,
  toDayNumber,
  YEAR_LAST,
  type CalendarDate,
} from '../calendar/calendar-date.js';
import { addMonths } from '../calendar/calendar-months.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Facts, FactValue } from '../facts/fact-value.js';
import type { Truth } from '../logic/truth.js';
import { leavesOf, type Leaf } from '../logic/condition.js';
import { evaluateLeaf } from '../logic/evaluate-condition.js';
import type { DateTerm, Operand } from '../logic/term.js';
import { compileGate } from './compile-gate.js';
import { gateOf, type GateContext, type GateQuestion } from './evaluate-gate.js';
import { parametersOf } from './evaluate-rule.js';
import type { Rule } from './rulebook.js';
import type { VerdictWord } from './verdict.js';

/** How far ahead is looked, unless the caller says otherwise. */
export const HORIZON_YEARS = 10;

const MONTHS_PER_YEAR = 12;

export interface GateHorizon {
  readonly gate: string;
  /** Whether it is open today. */
  readonly isOpen: boolean;
  /** The first day on which it is the other way round if no fact changes; null: not up to `until`. */
  readonly turnsOn: CalendarDate | null;
  /** The verdict of that day; null if there is none. */
  readonly verdict: VerdictWord | null;
  /** Ids of the block and conditional rules that come out otherwise on that day than today. */
  readonly because: readonly string[];
  /** The last day that was looked at. */
  readonly until: CalendarDate;
}

/**
 * When a gate turns by the passing of time alone: an open one closes because a document ages or a waiver ends, a
 * closed one opens because enough days have passed.
 *
 * Exact up to `until`. A comparison with today comes out another way only on few days, which are found by halving;
 * only where today stands on both sides every day is tried. On those days, on the days after which facts are too old,
 * waivers end and calendars begin or end, the gate is judged; in between it can't change.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function gateHorizon(question: GateQuestion & { readonly years?: number }): GateHorizon {
  const { rulebook, context, waivers, years = HORIZON_YEARS } = question;
  const gate = gateOf(question);
  const until = lastDayOf(context.today, years);
  const compiled = compileGate(rulebook, gate.id);
  const at = (today: CalendarDate): GateContext => ({
    ...context,
    today,
    facts: factsOn(today, context.facts, rulebook.catalogue),
  });
  const isOpenAt = (word: VerdictWord) => word !== 'fail' && word !== 'unknown';
  const isOpen = isOpenAt(compiled.word(context, waivers));
  const days = [
    ...gate.rules.flatMap((rule) => daysOfRule(rule, context, until)),
    ...agingDays(context.facts, rulebook.catalogue),
    ...waivers.map(({ endsOn }) => toDayNumber(endsOn) + 1),
  ];
  const first = toDayNumber(context.today);
  const last = toDayNumber(until);
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    if (day <= first || day > last) continue;
    const today = fromDayNumber(day);
    const word = compiled.word(at(today), waivers);
    if (isOpenAt(word) === isOpen) continue;
    const before = compiled.verdict(context, waivers).rules;
    const because = compiled
      .verdict(at(today), waivers)
      .rules.flatMap(({ id, severity, result }, i) =>
        severity !== 'warn' && result !== before[i]?.result ? [id] : [],
      );
    return { gate: gate.id, isOpen, turnsOn: today, verdict: word, because, until };
  }
  return { gate: gate.id, isOpen, turnsOn: null, verdict: null, because: [], until };
}

function lastDayOf(today: CalendarDate, years: number): CalendarDate {
  const left = YEAR_LAST - Number(today.slice(0, 4));
  return addMonths(today, Math.min(years, left) * MONTHS_PER_YEAR);
}

/** The first day on which each fact is too old to count. Source of the rule: `usableFacts`. */
function agingDays(facts: Facts, catalogue: FactCatalogue): readonly number[] {
  return [...facts.values()].flatMap((fact) => {
    const day = agesOn(fact, catalogue);
    return day === null ? [] : [day];
  });
}

function agesOn(fact: FactValue, catalogue: FactCatalogue): number | null {
  const months = catalogue.get(fact.fact)?.staleAfterMonths ?? null;
  const trueOn = fact.observedOn ?? parseCalendarDate(fact.recordedAt.slice(0, 'YYYY-MM-DD'.length));
  if (months === null || trueOn === null) return null;
  const year = Number(trueOn.slice(0, 4)) + Math.ceil(months / MONTHS_PER_YEAR);
  return year >= YEAR_LAST ? null : toDayNumber(addMonths(trueOn, months)) + 1;
}

function factsOn(today: CalendarDate, facts: Facts, catalogue: FactCatalogue): Facts {
  const day = toDayNumber(today);
  return new Map(
    [...facts].filter(([, fact]) => {
      const agedOn = agesOn(fact, catalogue);
      return agedOn === null || day < agedOn;
    }),
  );
}

/** The days after today on which a comparison of the rule comes out another way than the day before. */
function daysOfRule(rule: Rule, context: GateContext, until: CalendarDate): readonly number[] {
  const parameters = parametersOf(rule, context);
  const [first, last] = [toDayNumber(context.today), toDayNumber(until)];
  const edges = [context.calendar, ...context.neighbourCalendars]
    .flatMap(({ firstDay, lastDay }) => [toDayNumber(firstDay), toDayNumber(lastDay) + 1])
    .filter((day) => day > first && day <= last)
    .toSorted((a, b) => a - b);
  return leavesOf(rule.condition).flatMap((leaf) => {
    const sides = [asksToday(leaf.left), asksToday(leaf.right)];
    if (!sides.includes(true)) return [];
    const result = (day: number): Truth => {
      const outcome = evaluateLeaf(leaf, { ...context, today: fromDayNumber(day), parameters });
      return outcome.result === 'unknown' ? null : outcome.result === 'pass';
    };
    if (!sides.includes(false)) return everyChange(result, first, last);
    const starts = [first, ...edges];
    const turns = starts.flatMap((start, i) => changes(result, start, (edges[i] ?? last + 1) - 1));
    return [...edges, ...turns];
  });
}

/** Where a truth that goes one way (false, unknown, true or back) changes between two days. */
function changes(truth: (day: number) => Truth, lo: number, hi: number): readonly number[] {
  const search = (before: number, after: number, ends: readonly [Truth, Truth]): readonly number[] => {
    if (ends[0] === ends[1]) return [];
    if (after - before === 1) return [after];
    const middle = Math.floor((before + after) / 2);
    const found = truth(middle);
    return [...search(before, middle, [ends[0], found]), ...search(middle, after, [found, ends[1]])];
  };
  return lo >= hi ? [] : search(lo, hi, [truth(lo), truth(hi)]);
}

function everyChange(truth: (day: number) => Truth, lo: number, hi: number): readonly number[] {
  const found: number[] = [];
  for (let [day, before] = [lo + 1, truth(lo)]; day <= hi; day += 1) {
    const now = truth(day);
    if (now !== before) found.push(day);
    before = now;
  }
  return found;
}

function asksToday(side: Leaf['left'] | Operand): boolean {
  const isToday = (term: DateTerm) => term.kind === 'today';
  return 'from' in side && [side.from, side.to].some(isToday);
}
