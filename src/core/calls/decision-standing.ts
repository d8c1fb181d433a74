import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { isDecisionInTime, latestDecision, type CallRules } from './call-rules.js';

/** A region's decision about its partners in a project; null while there is none. */
export interface RegionalDecision {
  /** NUTS code. */
  readonly region: string;
  readonly decidedOn: CalendarDate | null;
  /** Whether it funds them; of no meaning while there is none. */
  readonly isPositive: boolean;
}

/**
 * Where a region stands. `due`: time is left. `reminded`: it has waited for half the window. `blocks`: the window is
 * over without a decision, or the decision came late. `refuses`: it has decided against. `may-be-left`: so late that the
 * others may go on without it, if the project has critical mass without it (R14 is not judged here).
 */
export type DecisionStanding = 'funds' | 'refuses' | 'due' | 'reminded' | 'blocks' | 'may-be-left';

/** Where a project stands between ranking and start. */
export interface ProjectStanding {
  /** `ready`: every region funds it, and the common start can be set. */
  readonly kind: 'ready' | 'waiting' | 'blocked';
  readonly regions: readonly { readonly region: string; readonly standing: DecisionStanding }[];
  /** NUTS codes of the regions that block it. */
  readonly blockedBy: readonly string[];
  /** The last day on which a region may decide, in days of `rankedOn`'s calendar: 0 or more are left, or fewer. */
  readonly daysLeft: number;
}

/** Judges the regional decisions about one project on a day, by R26 and S6. */
export function projectStanding(
  rankedOn: CalendarDate,
  decisions: readonly RegionalDecision[],
  today: CalendarDate,
  rules: CallRules,
): ProjectStanding {
  const regions = decisions.map((decision) => {
    return { region: decision.region, standing: standingOf(rankedOn, decision, today, rules) };
  });
  const blocking: readonly DecisionStanding[] = ['blocks', 'refuses', 'may-be-left'];
  const blockedBy = regions.filter(({ standing }) => blocking.includes(standing)).map(({ region }) => region);
  const isReady = regions.every(({ standing }) => standing === 'funds');
  return {
    kind: blockedBy.length > 0 ? 'blocked' : isReady ? 'ready' : 'waiting',
    regions,
    blockedBy,
    daysLeft: latestDecision(toDayNumber(rankedOn), rules.decisionDays) - toDayNumber(today),
  };
}

function standingOf(
  rankedOn: CalendarDate,
  { decidedOn, isPositive }: RegionalDecision,
  today: CalendarDate,
  rules: CallRules,
): DecisionStanding {
  if (decidedOn !== null && decidedOn <= today) {
    if (!isPositive) return 'refuses';
    return isDecisionInTime(rankedOn, decidedOn, rules) ? 'funds' : 'blocks';
  }
  const waited = toDayNumber(today) - toDayNumber(rankedOn);
  if (waited > rules.partingDays) return 'may-be-left';
  if (waited > rules.decisionDays) return 'blocks';
  return waited >= rules.reminderDays ? 'reminded' : 'due';
}
