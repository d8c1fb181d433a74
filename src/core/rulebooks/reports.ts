import type { TestCaseMismatch } from '../gates/run-test-cases.js';
import type { PinnedDefinition } from '../terms/definition-ref.js';
import type { Instant } from '../terms/instant.js';

/** How much of its rules' logic a rulebook's own test cases exercise. */
export interface Coverage {
  /** Share from 0 to 1. */
  readonly ratio: number;
  /** What is not covered, with a case that would cover it; plain JSON. */
  readonly missing: readonly unknown[];
}

/** Something that is wrong with a rulebook in the machine of a workflow, whatever the facts are. */
export interface Alarm {
  /** Stable words, e.g. `gate.unsatisfiable`. */
  readonly code: string;
  /** One English sentence. */
  readonly message: string;
  /** A path that shows it and can be replayed; plain JSON, null where there is nothing to walk. */
  readonly witness: unknown;
}

/** A run of a rulebook's own test cases. */
export interface TestReport {
  readonly ranAt: Instant;
  /** Account id. */
  readonly ranBy: string;
  readonly calendar: string;
  readonly neighbourCalendars: readonly string[];
  readonly cases: number;
  /** Cases of which at least one rule came out differently. */
  readonly failing: number;
  /** The first of them that differ. */
  readonly mismatches: readonly TestCaseMismatch[];
  readonly coverage: Coverage & {
    /** True where no measure is at hand: then the ratio is 1 and says nothing. */
    readonly notMeasured: boolean;
    /** The share that publishing asks for. */
    readonly min: number;
  };
}

/** A model check of a rulebook with every workflow that is in use. */
export interface CheckReport {
  readonly checkedAt: Instant;
  /** Account id. */
  readonly checkedBy: string;
  readonly workflows: readonly PinnedDefinition[];
  readonly alarms: readonly Alarm[];
  /** True where no check is at hand: then there are no alarms, and that says nothing. */
  readonly notChecked: boolean;
}
