import type { CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { CompletedStep, RegionClass, StepKind } from './completed-step.js';
import type { EvidenceWeights } from './duration-model.js';

/** How often the future is played through where nobody says how often. */
export const FORECAST_RUNS_DEFAULT = 2_000;
export const FORECAST_RUNS_MAX = 20_000;

/** Where a step stands on the day of the forecast. */
export type StepState =
  | { readonly is: 'waiting' }
  | { readonly is: 'open'; readonly since: CalendarDate }
  | { readonly is: 'done'; readonly on: CalendarDate };

/** Something that takes time: a stage of a region, a task, a phase of a call. */
export interface ForecastStep {
  /** Unique among steps and points, e.g. `AT32/implementation`. */
  readonly id: string;
  /** Whose step it is: a region, or the call itself. */
  readonly region: string;
  readonly class: RegionClass;
  /** Id of a `StepKind`. */
  readonly kind: string;
  /** That of whoever acts; null only where the kind counts calendar days. */
  readonly calendar: WorkingCalendar | null;
  /** Steps and points without which it does not begin. Counted only while it waits. */
  readonly after: readonly string[];
  /** A fixed day before which it does not begin, e.g. the opening of a call; null: none. */
  readonly notBefore: CalendarDate | null;
  readonly state: StepState;
}

/** A sync point, or a milestone of a joint call: it comes when enough members have finished a step. */
export interface ForecastPoint {
  readonly id: string;
  /** The call whose milestone it is; null: a sync point of the scheme. */
  readonly call: string | null;
  /** Each member once, with the step that makes it arrive. Whoever has left is no member. */
  readonly arrivals: readonly { readonly member: string; readonly step: string }[];
  /**
   * Whether the rule holds with these arrivals, in the order in which they come: any rule of a sync point or of critical
   * mass. One more arrival must never undo it; the first that is enough is found by halving.
   */
  readonly holds: (arrived: readonly string[]) => boolean;
  /** The day on which it is released whoever is missing; null: it waits. */
  readonly releasesAtLatestOn: CalendarDate | null;
  /** Null: not yet. */
  readonly releasedOn: CalendarDate | null;
}

/** Everything that a forecast depends on; the same question always has the same answer. */
export interface ForecastQuestion {
  /** The day from which it looks ahead; what is open on it is still open at its end. */
  readonly asOf: CalendarDate;
  /** A whole number; any will do, and the same gives the same answer. */
  readonly seed: number;
  readonly runs?: number;
  readonly weights?: EvidenceWeights;
  readonly kinds: readonly StepKind[];
  /** Everything completed so far in this scheme and, where known, in earlier ones. */
  readonly completed: readonly CompletedStep[];
  readonly steps: readonly ForecastStep[];
  readonly points: readonly ForecastPoint[];
}
