import { fromDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import { compareIntervals, compareWords, type Value } from './compare.js';
import type { Condition, Leaf } from './condition.js';
import { evaluateTerm, valueOfScalar, type TermValue } from './evaluate-term.js';
import type { EvaluationContext } from './evaluation-context.js';
import type { Interval } from './interval.js';
import type { Operator } from './operator.js';
import { spellTerm, type Operand } from './term.js';
import { allOf, anyOf, not, type Truth } from './truth.js';

/** What was compared, as JSON: a span where a date, or a count of days that depends on one, is only known roughly. */
export type OutcomeValue =
  | FactScalar
  | readonly string[]
  | { readonly earliest: CalendarDate; readonly latest: CalendarDate }
  | { readonly least: number; readonly most: number };

/** How one comparison came out. */
export interface LeafOutcome {
  /** JSON pointer from the root of the rule's `conditions`. */
  readonly pointer: string;
  /** Name of the fact, or the function spelled with what it is about: `share(edw.participants.business)`. */
  readonly fact: string;
  readonly operator: Operator;
  /** What it was compared with; null if that is not known. */
  readonly required: OutcomeValue | null;
  /** Where `required` comes from: a fact or function, or `parameter(name)`; null for a constant. */
  readonly requiredFrom: string | null;
  /** What the fact is; null if that is not known. */
  readonly actual: OutcomeValue | null;
  readonly result: 'pass' | 'fail' | 'unknown';
  /** Names of the facts without a value because of which it is unknown. */
  readonly missing: readonly string[];
  /** Where nothing is missing, the facts whose vague date (or one outside the calendar) leaves it unknown. */
  readonly imprecise: readonly string[];
}

export interface ConditionOutcome {
  readonly truth: Truth;
  /** Of every leaf, in the order of the tree, whether or not the others have settled the truth already. */
  readonly leaves: readonly LeafOutcome[];
  /** Where the truth is unknown, the facts that could settle it: those of unknown leaves in unknown groups. */
  readonly missing: readonly string[];
  readonly imprecise: readonly string[];
}

/** Evaluates a condition in Kleene's logic; facts in the context have passed `checkFactValue`. */
export function evaluateCondition(condition: Condition, context: EvaluationContext): ConditionOutcome {
  const { truth, leaves, open } = evaluate(condition, context);
  return {
    truth,
    leaves,
    missing: union(...open.map((leaf) => leaf.missing)),
    imprecise: union(...open.map((leaf) => leaf.imprecise)),
  };
}

/** How one leaf comes out, whatever group it stands in. */
export function evaluateLeaf(leaf: Leaf, context: EvaluationContext): LeafOutcome {
  return outcomeOf(leaf, context).outcome;
}

/** A compared value as JSON. */
export function shownValue(value: OperandValue['value'], isDate: boolean): OutcomeValue | null {
  if (value === null || !isInterval(value)) return value;
  const { lo, hi } = value;
  if (!isDate) return lo === hi ? lo : { least: lo, most: hi };
  return lo === hi ? fromDayNumber(lo) : { earliest: fromDayNumber(lo), latest: fromDayNumber(hi) };
}

/** Where the right side comes from, spelled; null for a constant. */
export function sourceOf(right: Operand): string | null {
  if (right.kind === 'constant' || right.kind === 'list') return null;
  return right.kind === 'parameter' ? `parameter(${right.name})` : spellTerm(right);
}

interface Evaluated {
  readonly truth: Truth;
  readonly leaves: readonly LeafOutcome[];
  /** The unknown leaves that keep it from being definite; empty if it is. */
  readonly open: readonly LeafOutcome[];
}

function evaluate(condition: Condition, context: EvaluationContext): Evaluated {
  if (condition.kind === 'leaf') {
    const { truth, outcome } = outcomeOf(condition, context);
    return { truth, leaves: [outcome], open: truth === null ? [outcome] : [] };
  }
  const parts = condition.kind === 'not' ? [condition.of] : condition.of;
  const evaluated = parts.map((part) => evaluate(part, context));
  const truth = combine(
    condition.kind,
    evaluated.map((part) => part.truth),
  );
  return {
    truth,
    leaves: evaluated.flatMap((part) => part.leaves),
    open: truth === null ? evaluated.flatMap((part) => part.open) : [],
  };
}

function combine(kind: 'all' | 'any' | 'not', truths: readonly Truth[]): Truth {
  if (kind === 'all') return allOf(truths);
  if (kind === 'any') return anyOf(truths);
  return not(truths[0] ?? null);
}

function outcomeOf(
  leaf: Leaf,
  context: EvaluationContext,
): { readonly truth: Truth; readonly outcome: LeafOutcome } {
  const left = evaluateTerm(leaf.left, context);
  const right = evaluateOperand(leaf, context);
  const truth = compare(leaf.operator, left.value, right.value);
  const missing = truth === null ? union(left.missing, right.missing) : [];
  const isVague = truth === null && missing.length === 0;
  const outcome: LeafOutcome = {
    pointer: leaf.pointer,
    fact: spellTerm(leaf.left),
    operator: leaf.operator,
    required: shownValue(right.value, leaf.comparesDates),
    requiredFrom: sourceOf(leaf.right),
    actual: shownValue(left.value, leaf.comparesDates),
    result: truth === null ? 'unknown' : truth ? 'pass' : 'fail',
    missing,
    imprecise: isVague ? union(left.imprecise, right.imprecise) : [],
  };
  return { truth, outcome };
}

type OperandValue = Omit<TermValue, 'value'> & { readonly value: TermValue['value'] | readonly string[] };

function evaluateOperand({ right, comparesDates }: Leaf, context: EvaluationContext): OperandValue {
  switch (right.kind) {
    case 'constant':
      return { value: valueOfScalar(right.value, comparesDates), missing: [], imprecise: [] };
    case 'list':
      return { value: right.values, missing: [], imprecise: [] };
    case 'parameter': {
      const parameter = context.parameters(right.name);
      return 'missing' in parameter
        ? { value: null, missing: [parameter.missing], imprecise: [] }
        : { value: valueOfScalar(parameter.value, comparesDates), missing: [], imprecise: [] };
    }
    default:
      return evaluateTerm(right, context);
  }
}

function compare(operator: Operator, left: Value | null, right: OperandValue['value']): Truth {
  if (left === null || right === null) return null;
  if (operator === 'isKnown') return true;
  return isInterval(left) && isInterval(right)
    ? compareIntervals(operator, left, right)
    : compareWords(operator, left, right);
}

function isInterval(value: Value | readonly string[]): value is Interval {
  return typeof value === 'object' && 'lo' in value;
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
