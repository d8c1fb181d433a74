import type { DateTerm, NumberTerm, Term } from '../logic/term.js';
import { fill } from './template.js';
import type { WordingScope } from './wording.js';

/** A fact by its label, or a function of facts in words. */
export function renderTerm(term: Term, scope: WordingScope): string {
  const { labels, grammar } = scope;
  const { terms } = grammar;
  switch (term.kind) {
    case 'fact':
    case 'derived':
      return labels.spell(term.name);
    case 'days-between':
      return fill(terms.days, ends(term, scope));
    case 'months-between':
      return fill(terms.months, ends(term, scope));
    case 'working-days-between':
      return fill(
        term.calendar === 'own' ? terms.workingDaysOwn : terms.workingDaysNeighbours,
        ends(term, scope),
      );
    case 'sum':
      return fill(terms.sum, { of: list(term.of, scope) });
    case 'mean':
      return fill(terms.mean, { of: list(term.of, scope) });
    case 'share':
      return fill(terms.share, { of: labels.spell(term.of.name), in: list(term.in, scope) });
    case 'difference':
      return fill(terms.difference, {
        of: labels.spell(term.of.name),
        minus: labels.spell(term.minus.name),
      });
  }
}

/** Several parts as a list: with commas, and a word before the last. */
export function renderList(parts: readonly string[], beforeLast: string): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${beforeLast} ${last}`;
}

function list(terms: readonly NumberTerm[], { labels, grammar }: WordingScope): string {
  return renderList(
    terms.map(({ name }) => labels.spell(name)),
    grammar.and,
  );
}

function ends(
  { from, to }: { readonly from: DateTerm; readonly to: DateTerm },
  { grammar, labels }: WordingScope,
): Readonly<Record<string, string>> {
  const { fromFact, fromToday, toFact, toToday } = grammar.ends;
  return {
    from: from.kind === 'today' ? fromToday : fill(fromFact, { fact: labels.spell(from.name) }),
    to: to.kind === 'today' ? toToday : fill(toFact, { fact: labels.spell(to.name) }),
  };
}
