import type { Operator } from '../logic/operator.js';
import type { Grammar, Template } from './grammar.js';
import type { ValueKind } from './value-kind.js';

/** What can be said of a term: an operator, and what follows in the sentence. */
export interface Predicate {
  readonly operator: Operator;
  /**
   * `value`: a constant, a parameter or, for numbers and dates, another term; `fact`; `values`: a list of words;
   * a boolean: this constant, in the words of the template.
   */
  readonly right: 'value' | 'fact' | 'values' | boolean;
  readonly template: Template;
}

/** Everything that can be said of a term with values of this kind. */
export function predicatesOf({ kind }: ValueKind, grammar: Grammar): readonly Predicate[] {
  const { numbers, dates, booleans, words } = grammar;
  const isKnown: Predicate = { operator: 'isKnown', right: true, template: grammar.isKnown };
  const facts: readonly Predicate[] = [
    { operator: 'equal', right: 'fact', template: grammar.sameAs },
    { operator: 'notEqual', right: 'fact', template: grammar.differsFrom },
  ];
  switch (kind) {
    case 'number':
      return [...withValue(numbers), isKnown];
    case 'date':
      return [...withValue(dates), isKnown];
    case 'boolean':
      return [
        { operator: 'equal', right: true, template: booleans.isTrue },
        { operator: 'equal', right: false, template: booleans.isFalse },
        ...withValue({ equal: booleans.equal, notEqual: booleans.notEqual }),
        ...facts,
        isKnown,
      ];
    case 'word':
      return [
        ...withValue({ equal: words.equal, notEqual: words.notEqual }),
        { operator: 'in', right: 'values', template: words.in },
        { operator: 'notIn', right: 'values', template: words.notIn },
        ...facts,
        isKnown,
      ];
  }
}

function withValue(templates: Readonly<Partial<Record<Operator, Template>>>): readonly Predicate[] {
  return (Object.keys(templates) as Operator[]).map((operator) => ({
    operator,
    right: 'value',
    template: templates[operator] ?? '',
  }));
}
