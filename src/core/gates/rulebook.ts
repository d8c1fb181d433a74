import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Condition } from '../logic/condition.js';
import type { DefinitionRef, PinnedDefinition } from '../terms/definition-ref.js';
import type { Labels } from '../terms/language.js';
import type {
  ParameterDefinition,
  RuleDefinition,
  RulebookDefinition,
  RulebookTestCase,
} from './rulebook-schema.js';

/** A rule that has been parsed and linted. */
export interface Rule {
  readonly id: string;
  readonly labels: Labels;
  readonly severity: RuleDefinition['severity'];
  readonly source: RuleDefinition['source'];
  /** By name. */
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  /** The task of a conditional pass; null where the severity is never `conditional`. */
  readonly action: NonNullable<RuleDefinition['action']> | null;
  /** States of the workflow in which it must hold all the time; empty for a rule that only gates ask. */
  readonly standing: readonly string[];
  readonly condition: Condition;
  /**
   * Names of the recorded facts that its result can depend on, each once: those of the leaves (for a derived fact,
   * what it is the mean of) and those of the region that decide a parameter or the severity.
   */
  readonly factNames: readonly string[];
  /** What `condition` was parsed from: the JSON of the file, for the second evaluator and for the reader. */
  readonly conditions: unknown;
}

export interface Gate {
  readonly id: string;
  readonly labels: Labels;
  /** At least one. A rule may stand in several gates. */
  readonly rules: readonly Rule[];
}

/** One version of a rulebook, judged at the door by `compileRulebook`; frozen, shared by all who decide by it. */
export interface Rulebook extends PinnedDefinition {
  readonly labels: Labels;
  /** The first day on which it may be chosen for a cycle that enters a stage. */
  readonly effectiveFrom: CalendarDate;
  /** Names the catalogue; its content is `catalogue`. */
  readonly factCatalogue: DefinitionRef;
  readonly catalogue: FactCatalogue;
  /** By id, in the order of the file. */
  readonly gates: ReadonlyMap<string, Gate>;
  /** By id, in the order of the file. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly testCases: readonly RulebookTestCase[];
  /** What it was compiled from, word for word: what a draft of a next version begins with. */
  readonly definition: RulebookDefinition;
}
