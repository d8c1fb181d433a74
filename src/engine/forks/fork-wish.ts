import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { DatePrecision } from '../../core/calendar/date-span.js';
import type { CycleEvent } from '../../core/machines/workflow-schema.js';
import type { Instant } from '../../core/terms/instant.js';

/** How far a fork is played at most: three years, the length of a scheme. */
export const FORK_DAYS_MAX = 1_096;
/** Hypothetical facts, events and days of one fork together. */
export const FORK_HYPOTHESES_MAX = 200;
/** Cycles of a scheme that a fork can take along; each is asked whenever something has changed. */
export const FORK_CYCLES_MAX = 2_000;
/** Forks that one process plays at once; whoever asks for another is told to come again. */
export const FORKS_AT_ONCE_MAX = 2;
/** How long a fork that was kept, or left behind by a crash, stays in the database. */
export const FORK_KEPT_MS = 86_400_000;

/** Whose cycle is meant: the living one of a region, or one by its id (of an activity or a call). */
export type ForkSubject = { readonly region: string } | { readonly cycle: string };

/** A fact as if it were recorded on a day. */
export interface HypotheticalFact {
  readonly of: ForkSubject;
  readonly fact: string;
  /** Null takes the fact back. */
  readonly value: unknown;
  /** For dates only; null: to the day. */
  readonly precision: DatePrecision | null;
  readonly on: CalendarDate;
}

/** A wish as if it were expressed on a day; it may be refused there too. */
export interface HypotheticalEvent {
  readonly of: ForkSubject;
  readonly type: CycleEvent;
  /** The target; null leaves the choice to the gates. */
  readonly to: string | null;
  readonly on: CalendarDate;
}

/** The deadline of a sync point as if it had been set to another day, from the beginning of the fork; null: none. */
export interface HypotheticalDeadline {
  readonly syncPoint: string;
  readonly on: CalendarDate | null;
}

/**
 * How regions go on by themselves where no hypothesis says what they do. Both: a cycle takes the next step on the day
 * after its gate has opened, once to each stage.
 * - `gates`: a gate that does not open stays shut; only facts that are known, hypotheses and time open it.
 * - `medians`: where a gate is still shut on the day in the middle of all futures that the forecast sees for the end of
 *   the stage, the smallest set of facts that opens it is assumed to be recorded on that day.
 */
export type ForkPace = 'gates' | 'medians';

/** What if: where a scheme branches off, what is different there, and how far it is played. */
export interface ForkWish {
  readonly scheme: string;
  /** The moment at which it branches off; null: now. */
  readonly at: Instant | null;
  /** The last day that is played. */
  readonly until: CalendarDate;
  readonly pace: ForkPace;
  readonly facts: readonly HypotheticalFact[];
  readonly events: readonly HypotheticalEvent[];
  readonly deadlines: readonly HypotheticalDeadline[];
  /** Id of the draft of a rulebook by which every cycle goes from the moment on; null: by what it is pinned to. */
  readonly draft: string | null;
  /** Whether the schemas of the fork stay for a look, up to `FORK_KEPT_MS`. */
  readonly keep: boolean;
}
