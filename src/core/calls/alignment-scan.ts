import type { CallDays, RegionDays } from './alignment-days.js';
import {
  earliestOpening,
  earliestStart,
  latestDecision,
  latestOpening,
  localDeadline,
} from './call-rules.js';

// One pass over the days from the last to the first, region by region: every step is answered by the days after it, so
// nothing is tried out. The earlier a ranking, the earlier each next decision and so the start; therefore the earliest
// deadline that an opening allows is the one with the earliest start.

/** What follows from each day of a frame. A day that does not exist is `never`, one beyond the last. */
export interface Scan {
  readonly days: CallDays;
  readonly never: number;
  /** The first day on which the call can open, as far as the text is concerned. */
  readonly openingFrom: number;
  /** By opening: the earliest common deadline with which all can be done. */
  readonly deadlineOf: Int32Array;
  /** By common deadline: the latest opening that it allows; -1 where it is no deadline. */
  readonly openingOf: Int32Array;
  /** By day: the first ranking on or after it from which all can be done. */
  readonly rankingAfter: Int32Array;
  /** By ranking: the earliest common start. */
  readonly startOf: Int32Array;
  /** By day: the first possible start on or after it. */
  readonly startAfter: Int32Array;
  /** By region and day: its first decision day on or after it. */
  readonly decisionAfter: readonly Int32Array[];
  /** By region and common deadline: its latest local deadline; -1 where there is none. */
  readonly localOf: readonly Int32Array[];
}

/** Finds out what follows from each day. Takes time in proportion to days times regions. */
export function scanDays(days: CallDays): Scan {
  const length = days.opening.length;
  const never = length;
  const startAfter = nextDays(days.start, Math.min(days.last, length - 1));
  const decisionAfter = days.regions.map(({ decision }) => nextDays(decision, length - 1));
  const startOf = startsByRanking(days, decisionAfter, startAfter);
  const possibleRankings = startOf.map((start) => Number(start < never));
  const rankingAfter = nextDays(possibleRankings, length - 1);
  const localOf = days.regions.map((region) => localDeadlines(region, length));
  const openingOf = openingsByDeadline(days, localOf, rankingAfter);
  return {
    days,
    never,
    openingFrom: Math.max(0, earliestOpening(days.textFinal, days.noticeDays)),
    deadlineOf: deadlinesByOpening(openingOf),
    openingOf,
    rankingAfter,
    startOf,
    startAfter,
    decisionAfter,
    localOf,
  };
}

/** Whether the call can open on this day and all else be done. */
export function canOpen({ days, never, openingFrom, deadlineOf }: Scan, day: number): boolean {
  return day >= openingFrom && days.opening[day] === 1 && (deadlineOf[day] ?? never) < never;
}

/** The first day on which the call can open; null if there is none. */
export function firstOpening(scan: Scan): number | null {
  for (let day = scan.openingFrom; day < scan.never; day += 1) if (canOpen(scan, day)) return day;
  return null;
}

/** The value for a day, or `never` beyond the table. */
export function dayIn(table: Int32Array, day: number): number {
  return table[day] ?? table.length;
}

function startsByRanking(
  days: CallDays,
  decisionAfter: readonly Int32Array[],
  startAfter: Int32Array,
): Int32Array {
  const length = days.ranking.length;
  const startOf = new Int32Array(length).fill(length);
  for (let ranking = 0; ranking < length; ranking += 1) {
    if (days.ranking[ranking] !== 1) continue;
    let lastDecision = ranking;
    for (const [index, { decisionDays }] of days.regions.entries()) {
      const decision = decisionAfter[index]?.[ranking] ?? length;
      const isInTime = decision <= latestDecision(ranking, decisionDays);
      lastDecision = isInTime ? Math.max(lastDecision, decision) : length;
    }
    startOf[ranking] = dayIn(startAfter, earliestStart(lastDecision, days.startGapDays));
  }
  return startOf;
}

function localDeadlines({ deadline, leadLeast, leadMost }: RegionDays, length: number): Int32Array {
  const lastOnOrBefore = new Int32Array(length);
  let last = -1;
  for (let day = 0; day < length; day += 1) {
    if (deadline[day] === 1) last = day;
    lastOnOrBefore[day] = last;
  }
  return Int32Array.from(lastOnOrBefore, (_, common) => {
    const local = lastOnOrBefore[localDeadline(common, leadLeast)] ?? -1;
    return local >= localDeadline(common, leadMost) ? local : -1;
  });
}

function openingsByDeadline(
  days: CallDays,
  localOf: readonly Int32Array[],
  rankingAfter: Int32Array,
): Int32Array {
  const length = days.deadline.length;
  const openingOf = new Int32Array(length).fill(-1);
  for (let deadline = 0; deadline < length; deadline += 1) {
    if (days.deadline[deadline] !== 1) continue;
    if (dayIn(rankingAfter, deadline + days.evaluationDays) === length) continue;
    let opening = latestOpening(deadline, days.openDays);
    for (const [index, { openDays }] of days.regions.entries()) {
      const local = localOf[index]?.[deadline] ?? -1;
      opening = local < 0 ? -1 : Math.min(opening, latestOpening(local, openDays));
    }
    openingOf[deadline] = Math.max(-1, opening);
  }
  return openingOf;
}

function deadlinesByOpening(openingOf: Int32Array): Int32Array {
  const length = openingOf.length;
  const deadlineOf = new Int32Array(length).fill(length);
  for (let deadline = length - 1; deadline >= 0; deadline -= 1) {
    const opening = openingOf[deadline] ?? -1;
    if (opening >= 0) deadlineOf[opening] = deadline;
  }
  // What a later opening allows, an earlier one allows too.
  for (let opening = length - 2; opening >= 0; opening -= 1) {
    deadlineOf[opening] = Math.min(dayIn(deadlineOf, opening), dayIn(deadlineOf, opening + 1));
  }
  return deadlineOf;
}

/** By day: the first day on or after it that is marked with 1 and not after `last`. */
function nextDays(marked: ArrayLike<number>, last: number): Int32Array {
  const length = marked.length;
  const next = new Int32Array(length).fill(length);
  let found = length;
  for (let day = last; day >= 0; day -= 1) {
    if (marked[day] === 1) found = day;
    next[day] = found;
  }
  return next;
}
