import type { FactScalar } from '../facts/fact-value.js';
import { compareIntervals, compareWords, type Value } from './compare.js';
import { compileTerm, type Reader } from './compile-term.js';
import type { Condition, Leaf } from './condition.js';
import { valueOfScalar } from './evaluate-term.js';
import type { ParameterValue } from './evaluation-context.js';
import type { FactFrame } from './fact-frame.js';
import type { Operator } from './operator.js';
import type { FactTerm } from './term.js';
import { not, type Truth } from './truth.js';

/** The truth of a condition for the facts of a loaded frame. */
export type Judge = (frame: FactFrame) => Truth;

/** A parameter of a rule as it is compiled. */
export interface CompiledParameter {
  /** Everything that it can be. */
  readonly values: readonly FactScalar[];
  /** Whether it is the same for all regions. */
  readonly isFixed: boolean;
  /** What it is for the facts of a loaded frame. */
  readonly read: (frame: FactFrame) => ParameterValue;
}

export type CompiledParameters = (name: string) => CompiledParameter;

/** A leaf as functions of the frame. */
export interface CompiledLeaf {
  readonly leaf: Leaf;
  readonly truth: Judge;
  readonly left: Reader<Value>;
  readonly right: Reader<Value | readonly string[]>;
}

/**
 * A condition as plain functions: nothing is looked up by name and no path is walked when it is judged. The same
 * truth as `evaluateCondition` gives for the same facts; a group stops at the first part that settles it.
 *
 * `leaves` are in the order of the tree.
 */
export function compileCondition(
  condition: Condition,
  frame: FactFrame,
  parameters: CompiledParameters,
): { readonly truth: Judge; readonly leaves: readonly CompiledLeaf[] } {
  const leaves: CompiledLeaf[] = [];
  const compile = (node: Condition): Judge => {
    switch (node.kind) {
      case 'leaf': {
        const leaf = compileLeaf(node, frame, parameters);
        leaves.push(leaf);
        return leaf.truth;
      }
      case 'not': {
        const of = compile(node.of);
        return (frame) => not(of(frame));
      }
      case 'all':
        return group(node.of.map(compile), false);
      case 'any':
        return group(node.of.map(compile), true);
    }
  };
  return { truth: compile(condition), leaves };
}

/** `settles` is the truth of a part that decides the group: false for `all`, true for `any`. */
function group(parts: readonly Judge[], settles: boolean): Judge {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (frame) => {
    let truth: Truth = !settles;
    for (let i = 0; i < parts.length; i += 1) {
      const part = (parts[i] as Judge)(frame);
      if (part === settles) return settles;
      if (part === null) truth = null;
    }
    return truth;
  };
}

function compileLeaf(leaf: Leaf, frame: FactFrame, parameters: CompiledParameters): CompiledLeaf {
  const left = compileTerm(leaf.left, frame);
  const right = compileOperand(leaf, frame, parameters);
  return {
    leaf,
    left,
    right,
    truth: simpleJudge(leaf, frame, parameters) ?? judge(leaf.operator, left, right),
  };
}

function compileOperand(
  { right, comparesDates }: Leaf,
  frame: FactFrame,
  parameters: CompiledParameters,
): CompiledLeaf['right'] {
  switch (right.kind) {
    case 'constant': {
      const value = valueOfScalar(right.value, comparesDates);
      return () => value;
    }
    case 'list':
      return () => right.values;
    case 'parameter': {
      const { read } = parameters(right.name);
      return (frame) => {
        const found = read(frame);
        return 'missing' in found ? null : valueOfScalar(found.value, comparesDates);
      };
    }
    default:
      return compileTerm(right, frame);
  }
}

function judge(operator: Operator, left: CompiledLeaf['left'], right: CompiledLeaf['right']): Judge {
  return (frame) => {
    const one = left(frame);
    if (one === null) return null;
    if (operator === 'isKnown') return true;
    const other = right(frame);
    if (other === null) return null;
    return typeof one === 'object' && typeof other === 'object' && 'lo' in other
      ? compareIntervals(operator, one, other)
      : compareWords(operator, one, other);
  };
}

/** A fact against a threshold is by far the most frequent leaf: these read the frame and allocate nothing. */
function simpleJudge(leaf: Leaf, frame: FactFrame, parameters: CompiledParameters): Judge | null {
  const { left, right } = leaf;
  if (left.kind !== 'fact') return null;
  if (right.kind === 'constant') return thresholdJudge(leaf, frame, left, right.value);
  if (right.kind !== 'parameter') return null;

  const { values, isFixed, read } = parameters(right.name);
  const judges = new Map(values.map((value) => [value, thresholdJudge(leaf, frame, left, value)]));
  const [first = null] = judges.values();
  if ([...judges.values()].includes(null)) return null;
  if (isFixed) return first;
  return (frame) => {
    const found = read(frame);
    return 'missing' in found ? null : (judges.get(found.value)?.(frame) ?? null);
  };
}

function thresholdJudge(
  { operator, comparesDates }: Leaf,
  frame: FactFrame,
  left: FactTerm,
  threshold: FactScalar,
): Judge | null {
  const value = valueOfScalar(threshold, comparesDates);
  return typeof value === 'object'
    ? boundJudge(operator, frame.slotOf(left), value.lo)
    : wordJudge(operator, frame.slotOf(left), value);
}

function boundJudge(operator: Operator, slot: number, bound: number): Judge | null {
  // A value that is not there is NaN at both ends: it is neither below nor not below, so it falls through to null.
  const below: Judge = ({ lo, hi }) =>
    (hi[slot] as number) < bound ? true : (lo[slot] as number) >= bound ? false : null;
  const above: Judge = ({ lo, hi }) =>
    (lo[slot] as number) > bound ? true : (hi[slot] as number) <= bound ? false : null;
  switch (operator) {
    case 'lessThan':
      return below;
    case 'greaterThanInclusive':
      return ({ lo, hi }) =>
        (lo[slot] as number) >= bound ? true : (hi[slot] as number) < bound ? false : null;
    case 'greaterThan':
      return above;
    case 'lessThanInclusive':
      return ({ lo, hi }) =>
        (hi[slot] as number) <= bound ? true : (lo[slot] as number) > bound ? false : null;
    default:
      return null;
  }
}

function wordJudge(operator: Operator, slot: number, word: Value): Judge | null {
  if (operator !== 'equal' && operator !== 'notEqual') return null;
  const whenSame = operator === 'equal';
  return ({ recorded }) => {
    const found = recorded[slot];
    return found === undefined ? null : (found.value === word) === whenSame;
  };
}
