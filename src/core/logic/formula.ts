import type { WorkingCalendar } from '../calendar/working-calendar.js';

/** A whole number, a day or a multiple of a decimal's smallest step: the number of a variable of a `Space`. */
export type NumberVariable = number;

/** A fact that is a word or a boolean: its number in a `Space`. */
export type WordVariable = number;

/** Sum of `coefficient` times variable; coefficients are whole and not 0. */
export type LinearTerms = readonly (readonly [variable: NumberVariable, coefficient: number])[];

/** A day that is a variable, or fixed (as its day number). */
export type DayEnd = { readonly variable: NumberVariable } | { readonly day: number };

/** A count of months or working days between two days, which itself is a variable. */
export interface CountRelation {
  readonly kind: 'months' | 'working-days';
  readonly from: DayEnd;
  readonly to: DayEnd;
  /** For working days: the smallest count among them. */
  readonly calendars: readonly WorkingCalendar[];
  readonly count: NumberVariable;
}

/**
 * The smallest statement about facts. Each is true or false once the facts are known; `linear` says that a sum is not
 * above `max`; `word` that a word is one of its domain's indexes in the bit mask; `same` compares two words; `opaque`
 * is a comparison that cannot be reasoned about, only evaluated.
 */
export type Atom =
  | { readonly kind: 'linear'; readonly terms: LinearTerms; readonly max: number }
  | { readonly kind: 'word'; readonly variable: WordVariable; readonly allowed: bigint }
  | {
      readonly kind: 'same';
      readonly one: WordVariable;
      readonly other: WordVariable;
      readonly isSame: boolean;
    }
  | { readonly kind: 'opaque'; readonly id: string; readonly holds: boolean };

/** A statement in negation normal form: what is not the case is said by the opposite atom. */
export type Formula =
  | { readonly kind: 'always' | 'never' }
  | { readonly kind: 'atom'; readonly atom: Atom; readonly says: Saying }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] };

/** An atom for the reader: a comparison as simple as can be. */
export interface Saying {
  /** A fact, or a function spelled with what it is about. */
  readonly fact: string;
  readonly operator: string;
  /** A constant, a list, or the spelling of what it is compared with. */
  readonly value: boolean | number | string | readonly string[];
}

export const ALWAYS: Formula = { kind: 'always' };
export const NEVER: Formula = { kind: 'never' };

/** All hold. */
export function and(...parts: readonly Formula[]): Formula {
  return group('and', parts);
}

/** At least one holds. */
export function or(...parts: readonly Formula[]): Formula {
  return group('or', parts);
}

function group(kind: 'and' | 'or', parts: readonly Formula[]): Formula {
  const [neutral, settling] = kind === 'and' ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  const of: Formula[] = [];
  for (const part of parts) {
    if (part.kind === settling.kind) return settling;
    if (part.kind === kind) of.push(...part.of);
    else if (part.kind !== neutral.kind) of.push(part);
  }
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : of.length === 0 ? neutral : { kind, of };
}
