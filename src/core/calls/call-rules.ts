import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { deepFreeze } from '../terms/deep-freeze.js';

// The rules about time of a joint call, R22 to R27 of the domain guide: said once, here, and used by whoever checks a
// call's dates and by whoever looks for dates. All days are calendar days. The functions on days take day numbers, or
// days counted from any other day; the predicates take dates.

/** The parameters of the rules, as a rulebook may set them. */
export interface CallRules {
  /** R22: the call text is final at least so many days before the opening. */
  readonly noticeDays: number;
  /** R23: from opening to common deadline, at least. */
  readonly openDays: number;
  /** R24: by how many days a local deadline may precede the common one. */
  readonly localLeadDays: number;
  /** R25: independent experts per proposal, at least. */
  readonly experts: number;
  /** R26: every region decides within so many days after the ranking. */
  readonly decisionDays: number;
  /** R26: whoever has not decided so many days after the ranking is reminded. */
  readonly reminderDays: number;
  /** S6: so many days after the ranking the others may go on without a region that has not decided. */
  readonly partingDays: number;
  /** R27: from the last decision to the common start, at least. */
  readonly startGapDays: number;
  /** R27: days of the month on which projects may start. */
  readonly startDaysOfMonth: readonly number[];
}

interface RuleDefault<Value> {
  readonly value: Value;
  readonly rule: string;
  readonly source: string;
}

/** What holds where a rulebook says nothing, and why. */
export const CALL_RULE_DEFAULTS: {
  readonly [Name in keyof CallRules]: RuleDefault<CallRules[Name]>;
} = deepFreeze({
  noticeDays: {
    value: 30,
    rule: 'R22',
    source: 'ERA-NET Cofund: a call is notified 30 days before it is published (ERA-LEARN)',
  },
  openDays: { value: 60, rule: 'R23', source: 'ERA-NET Cofund: open at least 60 days (ERA-LEARN)' },
  localLeadDays: {
    value: 31,
    rule: 'R24',
    source: 'Proposal from two real calls: Lithuania 31 days (BSR 2014), Austria 26 days (IraSME 2019)',
  },
  experts: { value: 3, rule: 'R25', source: 'ERA-NET Cofund: three independent experts (ERA-LEARN)' },
  decisionDays: { value: 60, rule: 'R26', source: 'Proposal' },
  reminderDays: { value: 30, rule: 'R26', source: 'Proposal' },
  partingDays: { value: 120, rule: 'S6', source: 'Proposal' },
  startGapDays: { value: 14, rule: 'R27', source: 'Proposal' },
  startDaysOfMonth: { value: [1], rule: 'R27', source: 'Proposal' },
});

/** The rules with the parameters that a rulebook sets; the defaults for the others. */
export function callRules(parameters: Partial<CallRules> = {}): CallRules {
  const entries = Object.entries(CALL_RULE_DEFAULTS).map(([name, { value }]) => [name, value]);
  return deepFreeze({ ...(Object.fromEntries(entries) as unknown as CallRules), ...parameters });
}

/** R22: the first day on which a call may open whose text is final on `textFinal`. */
export function earliestOpening(textFinal: number, noticeDays: number): number {
  return textFinal + noticeDays;
}

/** R23: the last day on which a call may open that closes on `deadline`. */
export function latestOpening(deadline: number, openDays: number): number {
  return deadline - openDays;
}

/** R24: the day that lies `leadDays` before the common deadline. */
export function localDeadline(deadline: number, leadDays: number): number {
  return deadline - leadDays;
}

/** R26: the last day on which a region may decide. */
export function latestDecision(ranking: number, decisionDays: number): number {
  return ranking + decisionDays;
}

/** R27: the first day on which the projects may start, as far as the decisions are concerned. */
export function earliestStart(lastDecision: number, startGapDays: number): number {
  return lastDecision + startGapDays;
}

/** R27: whether projects may start on this day of the month. */
export function isStartDay(
  day: CalendarDate,
  { startDaysOfMonth }: Pick<CallRules, 'startDaysOfMonth'>,
): boolean {
  return startDaysOfMonth.includes(Number(day.slice(8)));
}

/** R22: whether the text is final in time for the opening. */
export function isTextFinalInTime(
  textFinalOn: CalendarDate,
  opensOn: CalendarDate,
  rules: CallRules,
): boolean {
  return toDayNumber(opensOn) >= earliestOpening(toDayNumber(textFinalOn), rules.noticeDays);
}

/** R23: whether the call is open long enough. */
export function isOpenLongEnough(opensOn: CalendarDate, closesOn: CalendarDate, rules: CallRules): boolean {
  return toDayNumber(opensOn) <= latestOpening(toDayNumber(closesOn), rules.openDays);
}

/** R24: whether a local deadline is not later than the common one, and not too much earlier. */
export function isLocalDeadlineAllowed(
  localClosesOn: CalendarDate,
  closesOn: CalendarDate,
  rules: CallRules,
): boolean {
  const [local, common] = [toDayNumber(localClosesOn), toDayNumber(closesOn)];
  return local <= common && local >= localDeadline(common, rules.localLeadDays);
}

/** R26: whether a region decides after the ranking and inside the window. */
export function isDecisionInTime(rankedOn: CalendarDate, decidedOn: CalendarDate, rules: CallRules): boolean {
  const [ranking, decision] = [toDayNumber(rankedOn), toDayNumber(decidedOn)];
  return decision >= ranking && decision <= latestDecision(ranking, rules.decisionDays);
}

/** R27: whether a common start lies on an allowed day of the month, long enough after every decision. */
export function isCommonStartAllowed(
  startsOn: CalendarDate,
  decidedOn: readonly CalendarDate[],
  rules: CallRules,
): boolean {
  const start = toDayNumber(startsOn);
  return (
    isStartDay(startsOn, rules) &&
    decidedOn.every((day) => start >= earliestStart(toDayNumber(day), rules.startGapDays))
  );
}
