import type { FactType } from '../facts/fact-type.js';
import type { FactScalar } from '../facts/fact-value.js';

/** A recorded fact. */
export interface FactTerm {
  readonly kind: 'fact';
  readonly name: string;
  readonly type: FactType;
}

/** A fact that the catalogue defines as the mean of recorded numbers; it is known when all of them are. */
export interface DerivedTerm {
  readonly kind: 'derived';
  readonly name: string;
  readonly of: readonly FactTerm[];
}

/** `today` is the day of the decision. */
export type DateTerm = FactTerm | { readonly kind: 'today' };

export type NumberTerm = FactTerm | DerivedTerm;

/** A value that a condition may ask for: of a fact, or of a function of facts. */
export type Term =
  | FactTerm
  | DerivedTerm
  | { readonly kind: 'days-between' | 'months-between'; readonly from: DateTerm; readonly to: DateTerm }
  | {
      readonly kind: 'working-days-between';
      readonly from: DateTerm;
      readonly to: DateTerm;
      /** `neighbours`: the smallest count among the calendars of the region's neighbours. */
      readonly calendar: 'own' | 'neighbours';
    }
  | { readonly kind: 'sum' | 'mean'; readonly of: readonly NumberTerm[] }
  | { readonly kind: 'share'; readonly of: NumberTerm; readonly in: readonly NumberTerm[] }
  | { readonly kind: 'difference'; readonly of: NumberTerm; readonly minus: NumberTerm };

/** The right side of a leaf: what the term is compared with. */
export type Operand =
  | Term
  | { readonly kind: 'constant'; readonly value: FactScalar }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'parameter'; readonly name: string };

/** A term as a reader sees it: the fact's name, or the function with what it is about. */
export function spellTerm(term: Term | DateTerm): string {
  switch (term.kind) {
    case 'fact':
    case 'derived':
      return term.name;
    case 'today':
      return 'today';
    case 'days-between':
    case 'months-between':
    case 'working-days-between':
      return `${term.kind}(${spellTerm(term.from)}, ${spellTerm(term.to)})`;
    case 'sum':
    case 'mean':
      return `${term.kind}(${term.of.map(spellTerm).join(', ')})`;
    case 'share':
      return `share(${spellTerm(term.of)})`;
    case 'difference':
      return `difference(${spellTerm(term.of)}, ${spellTerm(term.minus)})`;
  }
}

/** The facts that somebody has to record before the term has a value, each once, in order of appearance. */
export function factsOfTerm(term: Term | DateTerm): readonly FactTerm[] {
  return [...new Map(partsOf(term).map((fact) => [fact.name, fact])).values()];
}

function partsOf(term: Term | DateTerm): readonly FactTerm[] {
  switch (term.kind) {
    case 'fact':
      return [term];
    case 'today':
      return [];
    case 'days-between':
    case 'months-between':
    case 'working-days-between':
      return [term.from, term.to].flatMap(partsOf);
    case 'derived':
    case 'sum':
    case 'mean':
      return term.of.flatMap(partsOf);
    case 'share':
      return [term.of, ...term.in].flatMap(partsOf);
    case 'difference':
      return [term.of, term.minus].flatMap(partsOf);
  }
}
