import type { Interval } from './interval.js';
import type { Operator } from './operator.js';
import { not, type Truth } from './truth.js';

/** What a term can come out as: a number or a day (both as intervals), or a word of its type. */
export type Value = Interval | boolean | string;

/** Compares two numbers, or two days: definite only if every pair from the two intervals agrees. */
export function compareIntervals(operator: Operator, left: Interval, right: Interval): Truth {
  switch (operator) {
    case 'lessThan':
      return isBelow(left, right);
    case 'greaterThan':
      return isBelow(right, left);
    case 'lessThanInclusive':
      return not(isBelow(right, left));
    case 'greaterThanInclusive':
      return not(isBelow(left, right));
    case 'equal':
      return isSame(left, right);
    case 'notEqual':
      return not(isSame(left, right));
    default:
      return null;
  }
}

/** Compares words (of an enumeration, a text) or booleans; those are always exact. */
export function compareWords(operator: Operator, left: Value, right: Value | readonly string[]): Truth {
  switch (operator) {
    case 'equal':
      return left === right;
    case 'notEqual':
      return left !== right;
    case 'in':
      return isAmong(left, right);
    case 'notIn':
      return not(isAmong(left, right));
    default:
      return null;
  }
}

function isBelow(left: Interval, right: Interval): Truth {
  if (left.hi < right.lo) return true;
  return left.lo >= right.hi ? false : null;
}

function isSame(left: Interval, right: Interval): Truth {
  if (left.hi < right.lo || right.hi < left.lo) return false;
  const pointsOnly = left.lo === left.hi && right.lo === right.hi;
  return pointsOnly && left.lo === right.lo ? true : null;
}

function isAmong(left: Value, right: Value | readonly string[]): Truth {
  return Array.isArray(right) ? right.includes(left) : null;
}
