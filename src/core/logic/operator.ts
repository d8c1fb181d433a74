/**
 * The operators of json-rules-engine 7 that suit typed facts, and `isKnown`. Its others (`contains`,
 * `doesNotContain`) are for lists, which no fact is.
 */
export const OPERATORS = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'in',
  'notIn',
  'isKnown',
] as const;

/** `isKnown` is true once the fact has a value, and before that unknown, never false. */
export type Operator = (typeof OPERATORS)[number];
