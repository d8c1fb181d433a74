import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { MissingFact, VerdictWord } from '../../core/gates/verdict.js';

/** Why something was done in a fork: as the hypotheses say, as a gate opened, or as the pace assumes. */
export type ForkCause = 'hypothesis' | 'gate' | 'pace';

/** Something that the play itself has done; what timers do is only seen in what comes of it. */
export interface ForkStep {
  readonly on: CalendarDate;
  readonly region: string;
  readonly cycle: string;
  readonly cause: ForkCause;
  /** `facts`, or the event that was wished. */
  readonly what: string;
  /** Names of the facts; empty for an event. */
  readonly facts: readonly string[];
  /** Where an event led, or would have led; null: nowhere. */
  readonly to: string | null;
  readonly outcome: 'done' | 'refused';
  /** Why it was refused; null: it was not. */
  readonly code: string | null;
}

/** What stands between a cycle and its next step at the end of the play. */
export interface ForkGate {
  readonly gate: string;
  readonly to: string;
  readonly verdict: VerdictWord;
  readonly failing: readonly string[];
  readonly missing: readonly MissingFact[];
}

/** How one cycle has come through a run. Days are those of the scheme's zone. */
export interface CycleRun {
  readonly cycle: string;
  /** NUTS code; of what is joint, that of the region that leads. */
  readonly region: string;
  readonly subject: string;
  readonly stage: string;
  readonly status: string;
  /** Entries since the moment of the fork, in order. */
  readonly entered: readonly { readonly stage: string; readonly on: CalendarDate }[];
  /** Reached since the moment of the fork, in order. */
  readonly milestones: readonly { readonly milestone: string; readonly on: CalendarDate }[];
  /** Null: no gate stands before the next step, or there is none. */
  readonly gate: ForkGate | null;
}

/** How one sync point has come through a run. */
export interface PointRun {
  readonly syncPoint: string;
  /** Null: not released. */
  readonly releasedOn: CalendarDate | null;
  readonly arrived: readonly string[];
  readonly missing: readonly string[];
}

/** Everything that came of one run of a scheme. */
export interface ForkRun {
  readonly cycles: readonly CycleRun[];
  readonly syncPoints: readonly PointRun[];
  readonly steps: readonly ForkStep[];
}
