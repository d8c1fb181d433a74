import type { Formula } from './formula.js';

/**
 * How far an answer can be relied on. `opaque-comparison`: a comparison was met that cannot be reasoned about, only
 * evaluated (a share compared with another fact, numbers beyond what is exact; a custom operator, should there ever be
 * one, is declared so in `translateCondition`). `search-bound`: a named bound on the search was met.
 */
export interface Exactness {
  readonly isExact: boolean;
  readonly because: readonly ('opaque-comparison' | 'search-bound')[];
}

export const EXACT: Exactness = Object.freeze({ isExact: true, because: Object.freeze([]) });

/** Exact unless one of the reasons against holds. */
export function exactnessOf(reasons: Readonly<Record<Exactness['because'][number], boolean>>): Exactness {
  const because = (['opaque-comparison', 'search-bound'] as const).filter((reason) => reasons[reason]);
  return because.length === 0 ? EXACT : { isExact: false, because };
}

/** Whether the formula has a comparison that can only be evaluated. */
export function hasOpaque(formula: Formula): boolean {
  if (formula.kind === 'atom') return formula.atom.kind === 'opaque';
  return 'of' in formula && formula.of.some(hasOpaque);
}
