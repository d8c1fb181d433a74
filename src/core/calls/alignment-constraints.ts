import type { CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { CallRules } from './call-rules.js';

/** How far a constraint may give way. Where null stands instead, it is locked. */
export interface Leeway {
  /** At most so many days, to one side or, where both make sense, to either; positive. */
  readonly daysMax: number;
  /** What one day counts when ways out are compared; positive and whole, 1 where nobody says otherwise. */
  readonly costPerDay: number;
}

/** A number of days that has to be kept. */
export interface DaysBound {
  readonly days: number;
  readonly leeway: Leeway | null;
}

/** A day that bounds the call. */
export interface DayBound {
  readonly on: CalendarDate;
  readonly leeway: Leeway | null;
}

/** What a calendar can be in the way of. */
export const CALENDAR_STEPS = ['opening', 'deadline', 'ranking', 'decision'] as const;

export type CalendarStep = (typeof CALENDAR_STEPS)[number];

/** Days (both included) on which some steps cannot be taken; may be moved as a whole, earlier or later. */
export interface Blackout {
  /** Names it among those of its owner. */
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly forbids: readonly CalendarStep[];
  readonly leeway: Leeway | null;
}

/** Days (both included) on which a region's projects may start; may be widened at either end. */
export interface BudgetYear {
  /** Names it among those of its region. */
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly leeway: Leeway | null;
}

/** What one region asks of the dates of a call. */
export interface RegionConstraints {
  /** NUTS code. */
  readonly region: string;
  /** Opening, local deadline, ranking and decision fall on its working days. */
  readonly calendar: WorkingCalendar;
  readonly blackouts: readonly Blackout[];
  /** From the final text to the opening, at least; what is less than R22 adds nothing. May be shortened. */
  readonly noticeDays: DaysBound;
  /** From the opening to the local deadline, at least. May be shortened. */
  readonly openDays: DaysBound;
  /** How much earlier than the common deadline the local one lies; `most` within R24. */
  readonly localLead: { readonly least: DaysBound; readonly most: DaysBound };
  /** The days on which its body decides; null: any working day. */
  readonly meetings: readonly DayBound[] | null;
  /** From the ranking to the decision, at most; what is more than R26 adds nothing. Null: as R26. May be prolonged. */
  readonly decisionDays: DaysBound | null;
  /** Null: its projects may start at any time. */
  readonly budgetYears: readonly BudgetYear[] | null;
}

/** The rules of a call that can give way, if somebody says so. */
export type MovableRule = 'noticeDays' | 'openDays' | 'localLeadDays' | 'decisionDays' | 'startGapDays';

/** All that bounds the dates of a joint call. */
export interface CallConstraints {
  readonly rules: CallRules;
  /** A rule that is not named here is locked. */
  readonly ruleLeeways: Partial<Readonly<Record<MovableRule, Leeway>>>;
  /** The first day on which the text can be final: all else follows it. May be moved earlier. */
  readonly earliestDay: DayBound;
  /** The last day on which the projects may start. May be moved later. */
  readonly lastDay: DayBound;
  /** From the common deadline to the ranking, at least. May be shortened. */
  readonly evaluationDays: DaysBound;
  /** Opening, common deadline and ranking fall on its working days. */
  readonly secretariat: { readonly calendar: WorkingCalendar; readonly blackouts: readonly Blackout[] };
  readonly regions: readonly RegionConstraints[];
}

/** Owner of what belongs to no region, in names. */
export const CALL_OWNER = 'call';

/** Joins the parts of a constraint's name: `AT31/blackout/summer`. */
export const constraintName = (...parts: readonly string[]): string => parts.join('/');
