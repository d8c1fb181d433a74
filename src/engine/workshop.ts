import type { Rulebook } from '../core/gates/rulebook.js';
import type { Workflow } from '../core/machines/compile-workflow.js';
import type { Alarm, Coverage } from '../core/rulebooks/reports.js';

/** How one rule differs between two rulebooks. */
export interface RuleDifference {
  /** Proved: the rule decides alike in both, however it is written. */
  readonly equal: boolean;
  /** The regions of the facts in which the two decide differently, with witnesses; plain JSON. */
  readonly regions: readonly unknown[];
}

/** The measures of the rules workshop. Each may be absent: then what it would say is marked as not said. */
export interface Workshop {
  /** The share, from 0 to 1, of a rulebook's logic that its own test cases must cover before it is published. */
  readonly coverageMin: number;
  readonly coverage?: (rulebook: Rulebook) => Coverage;
  readonly modelCheck?: (rulebook: Rulebook, workflows: readonly Workflow[]) => readonly Alarm[];
  readonly ruleDifference?: (mine: Rulebook, theirs: Rulebook, rule: string) => RuleDifference;
}

/** As `config/default.json` has it. */
const COVERAGE_MIN = 0.9;

export function workshopOf(deps: { readonly workshop?: Workshop }): Workshop {
  return deps.workshop ?? { coverageMin: COVERAGE_MIN };
}
