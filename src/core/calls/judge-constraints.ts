import { toDayNumber } from '../calendar/calendar-date.js';
import type { CallConstraints, DaysBound, Leeway, RegionConstraints } from './alignment-constraints.js';
import { listConstraints, listMovable } from './alignment-catalogue.js';
import { callError } from './call-error.js';

/** From the earliest to the last day, the days by which these may move included: three years and a little. */
export const ALIGNMENT_DAYS_MAX = 1_200;
export const ALIGNMENT_REGIONS_MAX = 60;
/** Constraints that may give way. */
export const ALIGNMENT_MOVABLE_MAX = 1_000;
/** Of one constraint. */
export const LEEWAY_DAYS_MAX = 366;
export const LEEWAY_COST_MAX = 1_000_000;

/** Capital letters and digits, so that no region is taken for the call itself in the names of constraints. */
const REGION_CODE = /^[A-Z0-9]+$/;

/**
 * Checks that constraints can be worked with at all: whole numbers, ends after beginnings, names that are there once,
 * everything within the limits above.
 *
 * @throws DomainError `definition.invalid` with the reason `alignment.invalid` and `what`
 */
export function judgeConstraints(call: CallConstraints): void {
  const fault = faultOf(call);
  if (fault !== null) throw callError('alignment.invalid', { what: fault });
}

function faultOf(call: CallConstraints): string | null {
  if (call.regions.length === 0 || call.regions.length > ALIGNMENT_REGIONS_MAX) {
    return `${call.regions.length} regions`;
  }
  const movable = listMovable(call);
  if (movable.length > ALIGNMENT_MOVABLE_MAX) return `${movable.length} constraints may move`;
  const wrong = movable.find(({ leeway }) => !isLeeway(leeway));
  if (wrong !== undefined) return `the leeway of ${wrong.name}`;
  const lists = [listConstraints(call), movable].map((list) => list.map(({ name }) => name));
  const twice = lists.map(firstTwice).find((name) => name !== null);
  if (twice !== undefined) return `${twice} is there twice`;
  const unnamed = call.regions.find(({ region }) => !REGION_CODE.test(region));
  if (unnamed !== undefined) return `${unnamed.region} is no code of a region`;
  if (call.regions.some(hasMeetingTwice)) return 'a meeting is there twice';

  const leeways = [call.earliestDay, call.lastDay].map(({ leeway }) => leeway?.daysMax ?? 0);
  const days = toDayNumber(call.lastDay.on) - toDayNumber(call.earliestDay.on);
  if (days < 0 || days + 1 + (leeways[0] ?? 0) + (leeways[1] ?? 0) > ALIGNMENT_DAYS_MAX) {
    return `${call.earliestDay.on} to ${call.lastDay.on}`;
  }
  return faultOfRanges(call) ?? faultOfLengths(call);
}

function faultOfRanges({ secretariat, regions }: CallConstraints): string | null {
  const ranges = [
    ...secretariat.blackouts,
    ...regions.flatMap(({ blackouts, budgetYears }) => [...blackouts, ...(budgetYears ?? [])]),
  ];
  const reversed = ranges.find(({ from, to }) => from > to);
  return reversed === undefined ? null : `${reversed.name} ends before it begins`;
}

function faultOfLengths({ rules, evaluationDays, regions }: CallConstraints): string | null {
  const bounds: readonly (readonly [string, DaysBound | null])[] = [
    ['evaluation', evaluationDays],
    ...regions.flatMap(({ region, noticeDays, openDays, localLead, decisionDays }) =>
      [noticeDays, openDays, localLead.least, localLead.most, decisionDays].map(
        (each) => [region, each] as const,
      ),
    ),
  ];
  const wrong = bounds.find(([, bound]) => bound !== null && !isLength(bound.days));
  if (wrong !== undefined) return `a number of days of ${wrong[0]}`;
  const { noticeDays, openDays, localLeadDays, decisionDays, startGapDays } = rules;
  const areLengths = [noticeDays, openDays, localLeadDays, decisionDays, startGapDays].every(isLength);
  return areLengths ? null : 'a number of days of the rules';
}

function isLength(days: number): boolean {
  return Number.isInteger(days) && days >= 0 && days <= ALIGNMENT_DAYS_MAX;
}

function isLeeway({ daysMax, costPerDay }: Leeway): boolean {
  return isPositiveUpTo(daysMax, LEEWAY_DAYS_MAX) && isPositiveUpTo(costPerDay, LEEWAY_COST_MAX);
}

function isPositiveUpTo(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function hasMeetingTwice({ meetings }: RegionConstraints): boolean {
  return meetings !== null && firstTwice(meetings.map(({ on }) => on)) !== null;
}

function firstTwice(names: readonly string[]): string | null {
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}
