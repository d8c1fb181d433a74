import type {
  Blackout,
  BudgetYear,
  DayBound,
  DaysBound,
  Leeway,
  MovableRule,
} from './alignment-constraints.js';

/** What the joint part of a call says about its dates before they are found. */
export interface CallFrame {
  /** The first day on which the text can be final; null: today. */
  readonly earliestDay: DayBound | null;
  /** The last day on which the projects may start; null: the last day of the scheme. */
  readonly lastDay: DayBound | null;
  /** From the common deadline to the ranking, at least. */
  readonly evaluationDays: DaysBound;
  /** Id of the calendar of the office that opens, closes and ranks; null: that of the region that leads. */
  readonly calendar: string | null;
  readonly blackouts: readonly Blackout[];
  /** A rule that is not named here is locked. */
  readonly ruleLeeways: { readonly [Rule in MovableRule]?: Leeway | undefined };
}

/** What a region says about the dates of a call. */
export interface RegionFrame {
  /** From the final text to the opening, at least; null: as the rule. */
  readonly noticeDays: DaysBound | null;
  /** From the opening to its local deadline, at least; null: as the rule. */
  readonly openDays: DaysBound | null;
  /** How much earlier than the common deadline its own lies; null: from not at all to as much as the rule lets. */
  readonly localLead: { readonly least: DaysBound; readonly most: DaysBound } | null;
  /** The days on which its body decides; null: any working day. */
  readonly meetings: readonly DayBound[] | null;
  /** From the ranking to its decision, at most; null: as the rule. */
  readonly decisionDays: DaysBound | null;
  /** Days on which its projects may start; null: at any time. */
  readonly budgetYears: readonly BudgetYear[] | null;
  readonly blackouts: readonly Blackout[];
}

/** What a call asks for that nobody has said anything about yet: 60 days of evaluation, as the procedure plans (I6). */
export const EVALUATION_DAYS_DEFAULT = 60;

export const EMPTY_CALL_FRAME: CallFrame = {
  earliestDay: null,
  lastDay: null,
  evaluationDays: { days: EVALUATION_DAYS_DEFAULT, leeway: null },
  calendar: null,
  blackouts: [],
  ruleLeeways: {},
};

export const EMPTY_REGION_FRAME: RegionFrame = {
  noticeDays: null,
  openDays: null,
  localLead: null,
  meetings: null,
  decisionDays: null,
  budgetYears: null,
  blackouts: [],
};
