import type { Condition, Leaf } from '../logic/condition.js';
import type { Operand } from '../logic/term.js';
import { DomainError } from '../terms/domain-error.js';
import { predicatesOf, type Predicate } from './predicates.js';
import { renderList, renderTerm } from './render-term.js';
import { spellParameter } from './spell-parameter.js';
import { spellValue, spellWord } from './spell-value.js';
import { capitalised, fill } from './template.js';
import { valueKindOf, type ValueKind } from './value-kind.js';
import { scopeOf, type Wording, type WordingScope } from './wording.js';

/**
 * A condition as one sentence in a language, which `parseSentence` reads back to the same tree. Facts stand by their
 * labels in double quotes, words and texts in single quotes, parameters with their values and with their name in
 * square brackets; the parts of a group are numbered `(2)`, those of a group inside it `(2.1)`.
 *
 * @throws DomainError `definition.invalid` for a fact or a parameter that the wording does not have
 */
export function renderCondition(condition: Condition, wording: Wording): string {
  return `${capitalised(renderNode(condition, '', scopeOf(wording)))}.`;
}

/** @param number of the item in which the node stands; empty for the root */
function renderNode(node: Condition, number: string, scope: WordingScope): string {
  const { groups, itemSeparator } = scope.grammar;
  if (node.kind === 'leaf') return renderLeaf(node, scope);
  if (node.kind === 'not') return fill(groups.not, { item: renderNode(node.of, number, scope) });
  const [only, second] = node.of;
  if (node.kind === 'all' && only !== undefined && second === undefined) {
    return fill(groups.one, { item: renderNode(only, number, scope) });
  }
  const items = node.of.map((part, i) => {
    const own = number === '' ? String(i + 1) : `${number}.${i + 1}`;
    return `(${own}) ${renderNode(part, own, scope)}`;
  });
  return fill(groups[node.kind], { items: items.join(itemSeparator) });
}

function renderLeaf({ left, operator, right }: Leaf, scope: WordingScope): string {
  const kind = valueKindOf(left, scope.catalogue);
  const isSaidBy = ({ operator: said, right: place }: Predicate) =>
    said === operator &&
    (typeof place === 'boolean'
      ? right.kind === 'constant' && right.value === place
      : place === placeOf(right, kind));
  const predicate = predicatesOf(kind, scope.grammar).find(isSaidBy);
  if (predicate === undefined) throw new DomainError('definition.invalid', { operator });
  const operand = renderOperand(right, kind, scope);
  return `${renderTerm(left, scope)} ${fill(predicate.template, { value: operand, values: operand, fact: operand })}`;
}

function placeOf(right: Operand, { kind }: ValueKind): Predicate['right'] {
  if (right.kind === 'list') return 'values';
  const isTerm = right.kind !== 'constant' && right.kind !== 'parameter';
  return isTerm && (kind === 'boolean' || kind === 'word') ? 'fact' : 'value';
}

function renderOperand(right: Operand, kind: ValueKind, scope: WordingScope): string {
  const { grammar } = scope;
  switch (right.kind) {
    case 'constant':
      return spellValue(right.value, kind, grammar);
    case 'list': {
      const among = kind.kind === 'word' ? kind.among : null;
      return renderList(
        right.values.map((word) => spellWord(word, among, grammar)),
        grammar.or,
      );
    }
    case 'parameter':
      return spellParameter(right.name, kind, scope);
    case 'fact':
    case 'derived': {
      const fact = renderTerm(right, scope);
      return kind.kind === 'number' ? fill(grammar.terms.value, { fact }) : fact;
    }
    default:
      return renderTerm(right, scope);
  }
}
