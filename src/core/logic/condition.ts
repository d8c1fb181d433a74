import type { Operator } from './operator.js';
import { factsOfTerm, type Operand, type Term } from './term.js';

/** One comparison. */
export interface Leaf {
  readonly kind: 'leaf';
  /** JSON pointer from the root of the rule's `conditions`, e.g. `/all/0`. */
  readonly pointer: string;
  readonly left: Term;
  readonly operator: Operator;
  readonly right: Operand;
  /** True where both sides are dates, so that a constant or a parameter on the right is one too. */
  readonly comparesDates: boolean;
}

/** What a rule asks: a tree of at least one leaf; no group is empty. Made by `parseCondition`, frozen. */
export type Condition =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly pointer: string; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly pointer: string; readonly of: Condition };

/** All leaves in the order of the tree. */
export function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'leaf':
      return [condition];
    case 'not':
      return leavesOf(condition.of);
    case 'all':
    case 'any':
      return condition.of.flatMap(leavesOf);
  }
}

/** Names of the recorded facts that the leaf compares; facts that decide a parameter are not among them. */
export function factsOfLeaf({ left, right }: Leaf): readonly string[] {
  const isTerm = right.kind !== 'constant' && right.kind !== 'list' && right.kind !== 'parameter';
  const facts = isTerm ? [...factsOfTerm(left), ...factsOfTerm(right)] : factsOfTerm(left);
  return [...new Set(facts.map((fact) => fact.name))];
}
