import type { Condition } from './condition.js';
import { allOf, anyOf, not, type Truth } from './truth.js';

/** The truth of a condition from the truths of its leaves, in the order of the tree. */
export function truthFrom(condition: Condition, leaves: readonly Truth[]): Truth {
  let next = 0;
  const judge = (node: Condition): Truth => {
    switch (node.kind) {
      case 'leaf':
        return leaves[next++] ?? null;
      case 'not':
        return not(judge(node.of));
      case 'all':
        return allOf(node.of.map(judge));
      case 'any':
        return anyOf(node.of.map(judge));
    }
  };
  return judge(condition);
}

/**
 * Whether a leaf decides the condition by itself, as the others are: with it true the condition is one thing, with it
 * false the opposite. Then no other leaf masks it.
 */
export function decides(condition: Condition, leaves: readonly Truth[], index: number): boolean {
  const whenTrue = truthFrom(condition, leaves.with(index, true));
  const whenFalse = truthFrom(condition, leaves.with(index, false));
  return whenTrue !== null && whenFalse !== null && whenTrue !== whenFalse;
}

/** A part of a condition, and what it has to be so that a leaf beside it decides. */
export interface Unmasking {
  readonly part: Condition;
  readonly truth: boolean;
}

/** What the parts beside the way to a leaf have to be for the leaf to decide: true in `all`, false in `any`. */
export function unmaskingsOf(condition: Condition, pointer: string): readonly Unmasking[] {
  switch (condition.kind) {
    case 'leaf':
      return [];
    case 'not':
      return unmaskingsOf(condition.of, pointer);
    case 'all':
    case 'any': {
      const way = condition.of.find((part) => holdsPointer(part, pointer));
      if (way === undefined) return [];
      const beside = condition.of.filter((part) => part !== way);
      const truth = condition.kind === 'all';
      return [...beside.map((part) => ({ part, truth })), ...unmaskingsOf(way, pointer)];
    }
  }
}

function holdsPointer(condition: Condition, pointer: string): boolean {
  switch (condition.kind) {
    case 'leaf':
      return condition.pointer === pointer;
    case 'not':
      return holdsPointer(condition.of, pointer);
    case 'all':
    case 'any':
      return condition.of.some((part) => holdsPointer(part, pointer));
  }
}
