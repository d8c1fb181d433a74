import type { CalendarDate } from '../calendar/calendar-date.js';
import type { AlignmentFrame } from './alignment-frame.js';
import { dayIn, type Scan } from './alignment-scan.js';

/** One way through a call: every date, and those of each region. */
export interface CallPlan {
  readonly textFinalOn: CalendarDate;
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  readonly rankedOn: CalendarDate;
  readonly startsOn: CalendarDate;
  /** In the order of the constraints. */
  readonly regions: readonly {
    readonly region: string;
    readonly localClosesOn: CalendarDate;
    readonly decidesOn: CalendarDate;
  }[];
}

/**
 * The dates of a call that opens on a day on which it can: each as early as the one before allows, local deadlines as
 * late as possible.
 */
export function callPlan(frame: AlignmentFrame, scan: Scan, opening: number): CallPlan {
  const deadline = dayIn(scan.deadlineOf, opening);
  const ranking = dayIn(scan.rankingAfter, deadline + scan.days.evaluationDays);
  return {
    // As late as R22 allows, so that whoever writes it has the time there is.
    textFinalOn: frame.dateOf(Math.max(scan.days.textFinal, opening - scan.days.noticeDays)),
    opensOn: frame.dateOf(opening),
    closesOn: frame.dateOf(deadline),
    rankedOn: frame.dateOf(ranking),
    startsOn: frame.dateOf(dayIn(scan.startOf, ranking)),
    regions: frame.call.regions.map(({ region }, index) => ({
      region,
      localClosesOn: frame.dateOf(scan.localOf[index]?.[deadline] ?? scan.never),
      decidesOn: frame.dateOf(scan.decisionAfter[index]?.[ranking] ?? scan.never),
    })),
  };
}
