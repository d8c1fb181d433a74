import type { FactScalar } from '../facts/fact-value.js';
import { DomainError } from '../terms/domain-error.js';
import { quotation } from './quotation.js';
import { spellValue, spellWord } from './spell-value.js';
import { fill } from './template.js';
import type { ValueKind } from './value-kind.js';
import type { WordingScope } from './wording.js';

/**
 * A parameter with every value that it can have, its name at the end: `3 answers [answers_min]`, or
 * `(depending on "Class of the region": 25 answers for 'advanced', otherwise: 15 answers) [answers_min]`.
 *
 * @param kind of what it is compared with; a number has the unit of the parameter
 * @throws DomainError `definition.invalid` for a parameter that the rule does not have, or a fact on which it depends
 *   and which is not in the catalogue
 */
export function spellParameter(name: string, kind: ValueKind, scope: WordingScope): string {
  const definition = scope.parameters.get(name);
  if (definition === undefined) throw new DomainError('definition.invalid', { parameter: name });
  const { grammar } = scope;
  const own: ValueKind = kind.kind === 'number' ? { kind: 'number', unit: definition.unit } : kind;
  const spell = (value: FactScalar) => spellValue(value, own, grammar);
  const text = 'by' in definition ? `(${spellChoice(definition, scope, spell)})` : spell(definition.value);
  return `${text} ${quotation(name, '[')}`;
}

/** What depends on a fact of the region: a value for each of its words, and for all others. */
export function spellChoice<T>(
  choice: {
    readonly by: string;
    readonly values: Readonly<Record<string, T>>;
    readonly otherwise?: T | undefined;
  },
  { catalogue, grammar, labels }: WordingScope,
  spell: (value: T) => string,
): string {
  const type = catalogue.get(choice.by)?.type;
  const among = type?.kind === 'enum' ? type.values : null;
  const variants = Object.entries(choice.values).map(([word, value]) =>
    fill(grammar.choice.variant, { value: spell(value), word: spellWord(word, among, grammar) }),
  );
  const otherwise =
    choice.otherwise === undefined
      ? []
      : [fill(grammar.choice.otherwise, { value: spell(choice.otherwise) })];
  return fill(grammar.choice.by, {
    fact: labels.spell(choice.by),
    variants: [...variants, ...otherwise].join(', '),
  });
}
