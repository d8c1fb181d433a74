import { toDayNumber } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { countBetween } from './count-relation.js';
import { exactShare } from './exact-decimal.js';
import { spanOf } from './fact-frame.js';
import { ALWAYS, and, NEVER, type CountRelation, type DayEnd, type Formula, type Saying } from './formula.js';
import { atMostZero, combined, constantForm, sumOf, variableForm, type LinearForm } from './linear-form.js';
import { fromNumber, negated, ONE, ratio, toNumber } from './rational.js';
import type { Space } from './space.js';
import { spellTerm, type DateTerm, type FactTerm, type NumberTerm, type Term } from './term.js';
import { typeOfTerm } from './term-type.js';
import type { Universe } from './universe.js';

/** What a number or a day is at least and at most; `given`: only if this holds is it known at all. */
export interface TermEnds {
  readonly lo: LinearForm;
  readonly hi: LinearForm;
  readonly given: Formula;
}

/** `missing`: a fact has no value; `opaque`: it is no sum of the variables. */
export type FoundEnds = TermEnds | 'missing' | 'opaque';

/**
 * A number, day or count as sums of variables. Facts that are known are constants in it; of a vague date the two ends
 * take the days that make the term least and most, so that a comparison holds just when the evaluation says so.
 */
export function termEnds(term: Term, space: Space, universe: Universe): FoundEnds {
  const exact = (form: LinearForm | 'missing'): FoundEnds =>
    form === 'missing' ? form : { lo: form, hi: form, given: ALWAYS };
  const total = (terms: readonly NumberTerm[], divisor: number) => {
    const forms = formsOf(terms, space, universe);
    return exact(forms === 'missing' ? forms : sumOf(forms, ratio(1n, BigInt(divisor))));
  };
  switch (term.kind) {
    case 'fact':
      return term.type.kind === 'date'
        ? dateEnds(term, space, universe)
        : exact(numberForm(term, space, universe));
    case 'derived':
    case 'mean':
      return total(term.of, term.of.length);
    case 'sum':
      return total(term.of, 1);
    case 'difference': {
      const forms = formsOf([term.of, term.minus], space, universe);
      if (forms === 'missing') return forms;
      const [of = constantForm(ONE), minus = of] = forms;
      return exact(combined(of, minus, negated(ONE)));
    }
    case 'share':
      return shareEnds(term, space, universe);
    case 'days-between': {
      const [from, to] = [dateEnds(term.from, space, universe), dateEnds(term.to, space, universe)];
      if (typeof from === 'string') return from;
      if (typeof to === 'string') return to;
      const less = negated(ONE);
      return { lo: combined(to.lo, from.hi, less), hi: combined(to.hi, from.lo, less), given: ALWAYS };
    }
    case 'months-between':
    case 'working-days-between':
      return countEnds(term, space, universe);
  }
}

/** A share is no sum, unless all its numbers are known. */
function shareEnds(
  { of, in: parts }: Extract<Term, { kind: 'share' }>,
  space: Space,
  universe: Universe,
): FoundEnds {
  const forms = formsOf([of, ...parts], space, universe);
  if (forms === 'missing') return forms;
  if (forms.some(({ factors }) => factors.size > 0)) return 'opaque';
  const [part = 0, ...whole] = forms.map(({ constant }) => toNumber(constant));
  const form = constantForm(fromNumber(exactShare(part, whole)));
  return { lo: form, hi: form, given: ALWAYS };
}

/** The numbers as sums of variables; `missing` if one is. */
export function formsOf(
  terms: readonly NumberTerm[],
  space: Space,
  universe: Universe,
): readonly LinearForm[] | 'missing' {
  const forms = terms.map((term): LinearForm | 'missing' => {
    if (term.kind === 'fact') return numberForm(term, space, universe);
    const ends = termEnds(term, space, universe);
    return typeof ends === 'string' ? 'missing' : ends.lo;
  });
  return forms.every((form) => form !== 'missing') ? forms : 'missing';
}

function numberForm({ name, type }: FactTerm, space: Space, universe: Universe): LinearForm | 'missing' {
  const known = universe.knowledge(name);
  if (known === 'missing') return known;
  if (known !== 'free') return constantForm(fromNumber(Number(known.value)));
  if (type.kind !== 'integer' && type.kind !== 'decimal') return 'missing';
  const steps = type.kind === 'integer' ? 1 : 10 ** universe.decimalPlaces;
  const variable = space.number(name, () => {
    const range = { lo: Math.ceil(type.min * steps), hi: Math.floor(type.max * steps) };
    return { range, hint: Math.min(range.hi, Math.max(range.lo, 0)) };
  });
  return variableForm(variable, ratio(1n, BigInt(steps)));
}

interface DayEnds {
  readonly lo: DayEnd;
  readonly hi: DayEnd;
}

function dateEnds(term: DateTerm, space: Space, universe: Universe): TermEnds | 'missing' {
  const ends = dayEnds(term, space, universe);
  if (ends === 'missing') return ends;
  const form = (end: DayEnd) =>
    'day' in end ? constantForm(fromNumber(end.day)) : variableForm(end.variable);
  return { lo: form(ends.lo), hi: form(ends.hi), given: ALWAYS };
}

function dayEnds(term: DateTerm, space: Space, universe: Universe): DayEnds | 'missing' {
  const same = (end: DayEnd) => ({ lo: end, hi: end });
  const free = (name: string) =>
    same({ variable: space.number(name, () => ({ range: universe.days, hint: universe.nearDay })) });
  if (term.kind === 'today') {
    return universe.today === 'free' ? free('today') : same({ day: toDayNumber(universe.today) });
  }
  const known = universe.knowledge(term.name);
  if (known === 'missing') return known;
  if (known === 'free') return free(term.name);
  const { lo, hi } = spanOf(known);
  return { lo: { day: lo }, hi: { day: hi } };
}

type CountTerm = Extract<Term, { readonly from: DateTerm }>;

function countEnds(term: CountTerm, space: Space, universe: Universe): FoundEnds {
  const [from, to] = [dayEnds(term.from, space, universe), dayEnds(term.to, space, universe)];
  if (from === 'missing' || to === 'missing') return 'missing';
  const calendars = calendarsOf(term, universe);
  const given = covered([from.lo, from.hi, to.lo, to.hi], calendars, term);
  if (given.kind === 'never') return { lo: constantForm(ONE), hi: constantForm(ONE), given };
  const count = (first: DayEnd, last: DayEnd) => countForm(term, [first, last], calendars, space);
  return { lo: count(from.hi, to.lo), hi: count(from.lo, to.hi), given };
}

function calendarsOf(term: CountTerm, universe: Universe): readonly WorkingCalendar[] {
  if (term.kind !== 'working-days-between') return [];
  const { calendar, neighbourCalendars } = universe;
  return term.calendar === 'neighbours' && neighbourCalendars.length > 0 ? neighbourCalendars : [calendar];
}

function countForm(
  term: CountTerm,
  [from, to]: readonly [DayEnd, DayEnd],
  calendars: readonly WorkingCalendar[],
  space: Space,
): LinearForm {
  const kind: CountRelation['kind'] = term.kind === 'working-days-between' ? 'working-days' : 'months';
  if ('day' in from && 'day' in to) {
    const found = countBetween({ kind, from, to, calendars, count: 0 }, from.day, to.day);
    return constantForm(fromNumber(found ?? 0));
  }
  const spell = (end: DayEnd) => ('day' in end ? String(end.day) : `#${end.variable}`);
  const which = term.kind === 'working-days-between' ? ` in ${term.calendar}` : '';
  const name = `${kind} from ${spell(from)} to ${spell(to)}${which}`;
  const type = typeOfTerm(term);
  const range = type.kind === 'number' ? type.range : { lo: 0, hi: 0 };
  return variableForm(space.count(name, range, { kind, from, to, calendars }));
}

/** That all days lie in the years of all calendars. */
function covered(ends: readonly DayEnd[], calendars: readonly WorkingCalendar[], term: CountTerm): Formula {
  const parts = calendars.flatMap(({ firstDay, lastDay }) =>
    ends.flatMap((end): Formula[] => {
      const [first, last] = [toDayNumber(firstDay), toDayNumber(lastDay)];
      if ('day' in end) return end.day >= first && end.day <= last ? [] : [NEVER];
      const name = (operator: string, value: string): Saying => ({
        fact: spellTerm(end === ends[0] || end === ends[1] ? term.from : term.to),
        operator,
        value,
      });
      const form = variableForm(end.variable);
      const atLeast = combined(constantForm(fromNumber(first)), form, negated(ONE));
      const atMost = combined(form, constantForm(fromNumber(last)), negated(ONE));
      return [
        atMostZero(atLeast, false, name('greaterThanInclusive', firstDay)) ?? NEVER,
        atMostZero(atMost, false, name('lessThanInclusive', lastDay)) ?? NEVER,
      ];
    }),
  );
  return and(...dedupe(parts));
}

function dedupe(parts: readonly Formula[]): readonly Formula[] {
  const byText = new Map<string, Formula>();
  for (const part of parts) {
    const key = part.kind === 'atom' && part.atom.kind === 'linear' ? JSON.stringify(part.atom) : part.kind;
    if (!byText.has(key)) byText.set(key, part);
  }
  return [...byText.values()];
}
