import * as fc from 'fast-check';
import {
  fromDayNumber,
  parseCalendarDate,
  type CalendarDate,
} from '../../../src/core/calendar/calendar-date.js';

/** Fixed, so a failure is the same failure tomorrow; fast-check prints it with the counterexample. */
const SEED = 20161101;
const RUNS = 300;

/** Runs a property with the seed of these tests. */
export function property<Values>(checked: fc.IProperty<Values>): void {
  fc.assert(checked, { seed: SEED, numRuns: RUNS });
}

/** A date written in a test; throws if it is not one. */
export function day(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === null) throw new Error(`${text} is not a date`);
  return date;
}

/** Every day number of the calendar: 1900-01-01 to 2200-12-31. */
export const dayNumbers = fc.integer({ min: -25567, max: 84370 });

/** Every date whose neighbours of a few decades are still in the calendar: 1950 to 2150. */
export const dates = fc.integer({ min: -7305, max: 66109 }).map(fromDayNumber);
