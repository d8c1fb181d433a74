import type { Severity } from '../gates/rulebook-schema.js';
import type { Language } from '../terms/language.js';

/** Units of the shipped facts and parameters. Any other unit stands in a sentence as it is, in single quotes. */
export const UNIT_WORDS = [
  'actions',
  'activities',
  'answers',
  'calendar days',
  'comments',
  'countries',
  'diamonds',
  'documents',
  'fields',
  'groups',
  'indicators',
  'meetings',
  'months',
  'people',
  'percent',
  'periods',
  'points',
  'priorities',
  'projects',
  'regions',
  'working days',
  'workshops',
] as const;

export type UnitWord = (typeof UNIT_WORDS)[number];

/** Words of the shipped enumerations. Any other word stands in a sentence as it is. */
export const VALUE_WORDS = [
  'advanced',
  'convergence',
  'less_advanced',
  'met',
  'not_met',
  'not_applicable',
] as const;

export type ValueWord = (typeof VALUE_WORDS)[number];

/** A unit after a number, in the nominative, by the plural category that `Intl.PluralRules` gives the number. */
export interface UnitForms {
  readonly one: string;
  readonly two?: string;
  readonly few?: string;
  /** After a fraction, where that is not the form of the plural category (Slovenian: the genitive singular). */
  readonly part?: string;
  readonly other: string;
}

/**
 * A phrase with places in braces that are filled: `the value of {fact}`. It begins with words, not with a place, so
 * that a reader (a person or the parser) knows from the first words what is coming.
 */
export type Template = string;

/** What is said of one kind of value; each template has the place `{value}`. */
export interface OrderPhrases {
  readonly lessThan: Template;
  readonly lessThanInclusive: Template;
  readonly greaterThan: Template;
  readonly greaterThanInclusive: Template;
}

/**
 * Everything that the renderer and the parser need to know of a language. Labels stay in quotes in the form of the
 * catalogue, and the phrases are chosen so that no word has to agree with them in gender, case or number.
 */
export interface Grammar {
  readonly language: Language;
  readonly decimalSeparator: ',' | '.';
  /** Between the items of a group: a semicolon, with the blanks that the language puts around it. */
  readonly itemSeparator: ' ; ' | '; ';
  /** `{items}` are numbered, `{item}` is not. `one` is an `all` with a single part. */
  readonly groups: {
    readonly all: Template;
    readonly any: Template;
    readonly one: Template;
    readonly not: Template;
  };
  /** Functions of facts, with the places that their params have; `value` is a fact on the right side. */
  readonly terms: {
    readonly days: Template;
    readonly months: Template;
    readonly workingDaysOwn: Template;
    readonly workingDaysNeighbours: Template;
    readonly sum: Template;
    readonly mean: Template;
    readonly share: Template;
    readonly difference: Template;
    readonly value: Template;
  };
  /** Where a stretch of time begins and ends: at the date of a `{fact}`, or on the day of the decision. */
  readonly ends: {
    readonly fromFact: Template;
    readonly fromToday: Template;
    readonly toFact: Template;
    readonly toToday: Template;
  };
  readonly numbers: OrderPhrases & { readonly equal: Template; readonly notEqual: Template };
  readonly dates: OrderPhrases;
  /** `isTrue` and `isFalse` say all; `{value}` is `yes` or `no`. */
  readonly booleans: {
    readonly isTrue: Template;
    readonly isFalse: Template;
    readonly equal: Template;
    readonly notEqual: Template;
  };
  /** Of enumerations and texts. `in` and `notIn` have `{values}`. */
  readonly words: {
    readonly equal: Template;
    readonly notEqual: Template;
    readonly in: Template;
    readonly notIn: Template;
  };
  /** Of booleans, enumerations and texts, with the place `{fact}`. */
  readonly sameAs: Template;
  readonly differsFrom: Template;
  readonly isKnown: Template;
  readonly yes: string;
  readonly no: string;
  /** Before the last of several facts, and before the last of several words. */
  readonly and: string;
  readonly or: string;
  /** A parameter that depends on a fact of the region. */
  readonly choice: {
    /** `{fact}`, `{variants}` */
    readonly by: Template;
    /** `{value}`, `{word}` */
    readonly variant: string;
    /** `{value}` */
    readonly otherwise: Template;
  };
  /** Spelled so that they can stand in every phrase about dates: 31 days with what stands before them, 12 months. */
  readonly days: readonly string[];
  readonly monthNames: readonly string[];
  readonly units: Readonly<Record<UnitWord, UnitForms>>;
  readonly valueWords: Readonly<Record<ValueWord, string>>;
  /** What happens at the gate while a rule is not met. */
  readonly consequence: {
    /** `{severity}` */
    readonly intro: Template;
    readonly severities: Readonly<Record<Severity, Template>>;
    /** `{action}`, `{months}` */
    readonly action: Template;
  };
}

/** A unit with a singular and a plural. */
export function forms(one: string, other: string): UnitForms {
  return { one, other };
}

/**
 * The days of a month.
 *
 * @param template with the place `{day}`
 * @param exceptions days that are spelled in another way
 */
export function daysOfMonth(
  template: string,
  exceptions: Readonly<Record<number, string>> = {},
): readonly string[] {
  return Array.from({ length: 31 }, (_, i) => exceptions[i + 1] ?? template.replace('{day}', String(i + 1)));
}
