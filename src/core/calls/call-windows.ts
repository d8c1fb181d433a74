import type { CalendarDate } from '../calendar/calendar-date.js';
import type { AlignmentFrame } from './alignment-frame.js';
import { canOpen, dayIn, type Scan } from './alignment-scan.js';
import { earliestStart, latestDecision } from './call-rules.js';

/** Days in a row, both ends included. */
export interface DayRange {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Days in a row on which a call can open, all with the same earliest common start. */
export interface OpeningRange extends DayRange {
  readonly earliestStartOn: CalendarDate;
}

/** Every day that occurs in at least one way through a call. In days of the frame: 1 where it does. */
export interface PossibleDays {
  readonly opening: Uint8Array;
  readonly deadline: Uint8Array;
  readonly ranking: Uint8Array;
  readonly start: Uint8Array;
  /** In the order of the constraints. */
  readonly decisions: readonly Uint8Array[];
}

/** The same as ranges. */
export interface CallWindows {
  readonly opening: readonly OpeningRange[];
  readonly deadline: readonly DayRange[];
  readonly ranking: readonly DayRange[];
  readonly start: readonly DayRange[];
  readonly decisions: readonly { readonly region: string; readonly ranges: readonly DayRange[] }[];
}

/** Finds the days of all ways: those that what comes before can reach and from which what comes after can be done. */
export function possibleDays(scan: Scan): PossibleDays {
  const { days, never } = scan;
  const opening = Uint8Array.from(days.opening, (_, day) => Number(canOpen(scan, day)));
  const firstOpening = opening.indexOf(1);
  const isReached = (latest: number): boolean => firstOpening >= 0 && latest >= firstOpening;
  const deadline = Uint8Array.from(scan.openingOf, (latest) => Number(isReached(latest)));
  const firstDeadline = deadline.indexOf(1);
  const firstRanking = firstDeadline < 0 ? never : firstDeadline + days.evaluationDays;
  const ranking = Uint8Array.from(scan.startOf, (start, day) => Number(day >= firstRanking && start < never));
  const firstStart = dayIn(scan.startOf, ranking.indexOf(1));
  return {
    opening,
    deadline,
    ranking,
    start: Uint8Array.from(days.start, (allowed, day) =>
      Number(allowed === 1 && day >= firstStart && day <= days.last),
    ),
    decisions: days.regions.map(({ decision, decisionDays }) => {
      const window = Uint8Array.from(decision);
      let lastRanking = -Infinity;
      for (let day = 0; day < never; day += 1) {
        if (ranking[day] === 1) lastRanking = day;
        const isInTime = day <= latestDecision(lastRanking, decisionDays);
        const canStart = dayIn(scan.startAfter, earliestStart(day, days.startGapDays)) < never;
        if (!isInTime || !canStart) window[day] = 0;
      }
      return window;
    }),
  };
}

/** Writes the days of all ways as ranges of dates. */
export function callWindows(frame: AlignmentFrame, scan: Scan, possible: PossibleDays): CallWindows {
  const startOf = (day: number): number => {
    const deadline = dayIn(scan.deadlineOf, day);
    return dayIn(scan.startOf, dayIn(scan.rankingAfter, deadline + scan.days.evaluationDays));
  };
  const ranges = (table: Uint8Array): DayRange[] =>
    runs(table, () => 0).map(([from, to]) => ({ from: frame.dateOf(from), to: frame.dateOf(to) }));
  return {
    opening: runs(possible.opening, startOf).map(([from, to, start]) => {
      return { from: frame.dateOf(from), to: frame.dateOf(to), earliestStartOn: frame.dateOf(start) };
    }),
    deadline: ranges(possible.deadline),
    ranking: ranges(possible.ranking),
    start: ranges(possible.start),
    decisions: frame.call.regions.map(({ region }, index) => {
      return { region, ranges: ranges(possible.decisions[index] ?? new Uint8Array()) };
    }),
  };
}

/** Days in a row that are marked and have the same value: first, last, value. */
function runs(table: Uint8Array, valueOf: (day: number) => number): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (let day = table.indexOf(1); day >= 0; day = table.indexOf(1, day + 1)) {
    const value = valueOf(day);
    const last = found.at(-1);
    if (last !== undefined && last[1] === day - 1 && last[2] === value) last[1] = day;
    else found.push([day, day, value]);
  }
  return found;
}
