import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { NumberTerm, Term } from '../logic/term.js';
import { typeOfTerm } from '../logic/term-type.js';

/** How the values of a term are written. */
export type ValueKind =
  /** `unit`: null where the facts that are added or averaged have different ones. */
  | { readonly kind: 'number'; readonly unit: string | null }
  | { readonly kind: 'date' }
  | { readonly kind: 'boolean' }
  /** `among`: the words of an enumeration; null for a text, which can be anything. */
  | { readonly kind: 'word'; readonly among: readonly string[] | null };

/** How the values of a term are written: its type, and the unit that its facts have. */
export function valueKindOf(term: Term, catalogue: FactCatalogue): ValueKind {
  const type = typeOfTerm(term);
  switch (type.kind) {
    case 'date':
    case 'boolean':
      return { kind: type.kind };
    case 'enum':
      return { kind: 'word', among: type.values };
    case 'text':
      return { kind: 'word', among: null };
    case 'number':
      return { kind: 'number', unit: unitOf(term, catalogue) };
  }
}

function unitOf(term: Term, catalogue: FactCatalogue): string | null {
  switch (term.kind) {
    case 'days-between':
      return 'calendar days';
    case 'working-days-between':
      return 'working days';
    case 'months-between':
      return 'months';
    case 'share':
      return 'percent';
    case 'fact':
    case 'derived':
      return commonUnit([term], catalogue);
    case 'sum':
    case 'mean':
      return commonUnit(term.of, catalogue);
    case 'difference':
      return commonUnit([term.of, term.minus], catalogue);
  }
}

function commonUnit(terms: readonly NumberTerm[], catalogue: FactCatalogue): string | null {
  const units = new Set(
    terms.map(({ name }) => {
      const type = catalogue.get(name)?.type;
      return type !== undefined && 'unit' in type ? type.unit : null;
    }),
  );
  const [unit = null] = units;
  return units.size === 1 ? unit : null;
}
