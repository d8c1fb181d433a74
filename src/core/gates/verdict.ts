import type { CalendarDate } from '../calendar/calendar-date.js';
import type { LeafOutcome } from '../logic/evaluate-condition.js';
import type { PinnedDefinition } from '../terms/definition-ref.js';
import type { StakeholderRole } from '../terms/role.js';
import type { Severity } from './rulebook-schema.js';

/**
 * What a gate answers. `pass`; `conditional`: it opens and each failing conditional rule leaves a dated action;
 * `waived`: it opens only because of a waiver; `fail`: a rule is broken; `unknown`: nothing is known to be
 * broken, but a fact is not there. Only `fail` and `unknown` keep the gate shut.
 */
export type VerdictWord = 'pass' | 'conditional' | 'waived' | 'fail' | 'unknown';

/** `waived` stands for a rule that fails or is unknown while a waiver holds for it. */
export type RuleResult = 'pass' | 'fail' | 'unknown' | 'waived';

/**
 * A fact that is waited for. `missing`: nobody has recorded it (in this cycle); `stale`: what was recorded is too
 * old to count; `imprecise`: its date is too vague to decide, or lies outside the years of the calendar.
 */
export interface MissingFact {
  readonly fact: string;
  /** Who fills it; `engine` only if the caller forgot a fact that Cordata derives. */
  readonly owner: StakeholderRole;
  readonly reason: 'missing' | 'stale' | 'imprecise';
}

export interface RuleOutcome {
  readonly id: string;
  /** As it holds in this region. */
  readonly severity: Severity;
  readonly result: RuleResult;
  /** What the rule's condition says, before any waiver. */
  readonly condition: Exclude<RuleResult, 'waived'>;
  /** Every leaf of the rule's condition, in the order of the file, whatever the others say. */
  readonly leaves: readonly LeafOutcome[];
  /**
   * What an unknown (or waived unknown) rule waits for, in the order of the catalogue; empty for a rule that is
   * decided. A fact whose value could no longer change the rule's result is left out.
   */
  readonly missing: readonly MissingFact[];
  /** Id of the waiver that holds for it; null unless the result is `waived`. */
  readonly waiver: string | null;
}

/** The task that passing the gate would open. */
export interface RequiredAction {
  readonly rule: string;
  readonly owner: StakeholderRole;
  /** Calendar months after the decision. */
  readonly dueWithinMonths: number;
}

/** The answer of one gate for one region on one day, with everything that is needed to explain it. */
export interface Verdict {
  readonly gate: string;
  readonly verdict: VerdictWord;
  readonly rulebook: PinnedDefinition;
  /** The day of the decision in the region's zone. */
  readonly today: CalendarDate;
  /** One per rule of the gate, in the gate's order. */
  readonly rules: readonly RuleOutcome[];
  /** What the unknown block and conditional rules wait for: each fact once, in the order of the catalogue. */
  readonly missing: readonly MissingFact[];
  /** Ids of the block rules that fail, in the gate's order. */
  readonly failing: readonly string[];
  /** Ids of the warn rules that do not pass, in the gate's order. */
  readonly warnings: readonly string[];
  /** Of the conditional rules that fail, whatever the verdict: a waiver of another rule does not lift them. */
  readonly actions: readonly RequiredAction[];
}

/**
 * The word for all rules together; the first that fits: a block rule fails: `fail`; a block or conditional rule is
 * unknown: `unknown`; a rule is waived: `waived`; a conditional rule fails: `conditional`; else `pass`.
 */
export function verdictOf(rules: readonly Pick<RuleOutcome, 'severity' | 'result'>[]): VerdictWord {
  const has = (severity: RuleOutcome['severity'], result: RuleOutcome['result']) =>
    rules.some((rule) => rule.severity === severity && rule.result === result);
  if (has('block', 'fail')) return 'fail';
  if (has('block', 'unknown') || has('conditional', 'unknown')) return 'unknown';
  if (has('block', 'waived') || has('conditional', 'waived')) return 'waived';
  return has('conditional', 'fail') ? 'conditional' : 'pass';
}
