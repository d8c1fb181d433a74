import type { FactScalar } from '../facts/fact-value.js';
import type { Condition, Leaf } from './condition.js';
import { valueOfScalar } from './evaluate-term.js';
import { ALWAYS, and, NEVER, or, type Formula, type Saying } from './formula.js';
import { atMostZero, combined, constantForm, sumOf, type LinearForm } from './linear-form.js';
import type { Operator } from './operator.js';
import { oppositeSaying } from './opposite.js';
import { fromNumber, negated, ONE, ZERO } from './rational.js';
import type { Space } from './space.js';
import { formsOf, termEnds, type TermEnds } from './term-ends.js';
import { factsOfTerm, spellTerm, type FactTerm, type Operand, type Term } from './term.js';
import type { Universe } from './universe.js';
import { wordAtom, wordSide } from './word-atoms.js';

/** One value that a parameter can have, and when. */
export interface ParameterCase {
  readonly when: Formula;
  readonly value: FactScalar;
}

/** Where a condition is translated. */
export interface TranslationSite {
  readonly space: Space;
  readonly universe: Universe;
  /** All cases in which the parameter has a value. */
  readonly parameter: (name: string) => readonly ParameterCase[];
}

/**
 * When a condition is certainly true, or certainly false: a formula over what the universe leaves free. Where it is
 * neither, `evaluateCondition` says unknown.
 */
export function translateCondition(condition: Condition, truth: boolean, site: TranslationSite): Formula {
  switch (condition.kind) {
    case 'leaf':
      return translateLeaf(condition, truth, site);
    case 'not':
      return translateCondition(condition.of, !truth, site);
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => translateCondition(part, truth, site));
      return (condition.kind === 'all') === truth ? and(...parts) : or(...parts);
    }
  }
}

function translateLeaf(leaf: Leaf, truth: boolean, site: TranslationSite): Formula {
  const { left, operator, right } = leaf;
  if (operator === 'isKnown') {
    const isMissing = factsOfTerm(left).some(({ name }) => site.universe.knowledge(name) === 'missing');
    return truth && !isMissing ? ALWAYS : NEVER;
  }
  if (right.kind === 'parameter') {
    const cases = site.parameter(right.name);
    return or(
      ...cases.map(({ when, value }) =>
        and(when, compare({ ...leaf, right: { kind: 'constant', value } }, truth, site)),
      ),
    );
  }
  return compare(leaf, truth, site);
}

function compare(leaf: Leaf, truth: boolean, site: TranslationSite): Formula {
  const { left } = leaf;
  const isWord = left.kind === 'fact' && ['boolean', 'enum', 'text'].includes(left.type.kind);
  if (isWord) return compareWord(left, leaf, truth, site);
  if (left.kind === 'share' && leaf.right.kind === 'constant')
    return compareShare(left, leaf, truth, site) ?? opaque(leaf, truth);
  const [one, other] = [termEnds(left, site.space, site.universe), operandEnds(leaf, site)];
  if (one === 'missing' || other === 'missing') return NEVER;
  if (one === 'opaque' || other === 'opaque') return opaque(leaf, truth);
  const compared = compareEnds(leaf, truth, one, other);
  return compared === null ? opaque(leaf, truth) : and(one.given, other.given, compared);
}

function operandEnds({ right, comparesDates }: Leaf, { space, universe }: TranslationSite) {
  if (right.kind === 'list' || right.kind === 'parameter') return 'opaque';
  if (right.kind !== 'constant') return termEnds(right, space, universe);
  const value = valueOfScalar(right.value, comparesDates);
  if (typeof value !== 'object') return 'opaque';
  const form = constantForm(fromNumber(value.lo));
  return { lo: form, hi: form, given: ALWAYS };
}

/** As `compareIntervals`: definite only if every pair from the two sides agrees. */
function compareEnds(leaf: Leaf, truth: boolean, left: TermEnds, right: TermEnds): Formula | null {
  const operator = truth ? leaf.operator : negatedOperator(leaf.operator);
  const says = (operator: Operator) => sayingOf({ ...leaf, operator });
  const below = (one: LinearForm, other: LinearForm, isStrict: boolean, operator: Operator) =>
    atMostZero(combined(one, other, negated(ONE)), isStrict, says(operator));
  switch (operator) {
    case 'lessThan':
      return below(left.hi, right.lo, true, operator);
    case 'lessThanInclusive':
      return below(left.hi, right.lo, false, operator);
    case 'greaterThan':
      return below(right.hi, left.lo, true, operator);
    case 'greaterThanInclusive':
      return below(right.hi, left.lo, false, operator);
    case 'equal': {
      const parts = [
        below(left.hi, right.lo, false, 'lessThanInclusive'),
        below(right.hi, left.lo, false, 'greaterThanInclusive'),
      ];
      return parts.every((part) => part !== null) ? and(...parts) : null;
    }
    case 'notEqual': {
      const parts = [
        below(left.hi, right.lo, true, 'lessThan'),
        below(right.hi, left.lo, true, 'greaterThan'),
      ];
      return parts.every((part) => part !== null) ? or(...parts) : null;
    }
    default:
      return null;
  }
}

/** 100 * part / whole against a constant, without the division: its sign turns the comparison round. */
function compareShare(
  share: Extract<Term, { kind: 'share' }>,
  leaf: Leaf,
  truth: boolean,
  { space, universe }: TranslationSite,
): Formula | null {
  const { right } = leaf;
  const forms = formsOf([share.of, ...share.in], space, universe);
  if (forms === 'missing') return NEVER;
  const [part, ...parts] = forms;
  if (part === undefined || right.kind !== 'constant' || typeof right.value !== 'number') return null;
  const [whole, limit] = [sumOf(parts), fromNumber(right.value)];
  const nothing = constantForm(ZERO);
  const percent = combined(nothing, part, fromNumber(100));
  const measure = combined(nothing, whole, limit);
  const ends = (form: LinearForm): TermEnds => ({ lo: form, hi: form, given: ALWAYS });
  const sum = `sum(${share.in.map(spellTerm).join(', ')})`;
  const sign = (form: LinearForm, operator: string) =>
    atMostZero(form, true, { fact: sum, operator, value: 0 });
  const isZero = [
    atMostZero(whole, false, { fact: sum, operator: 'lessThanInclusive', value: 0 }),
    atMostZero(combined(nothing, whole, negated(ONE)), false, {
      fact: sum,
      operator: 'greaterThanInclusive',
      value: 0,
    }),
  ];
  const [above, below] = [
    sign(combined(nothing, whole, negated(ONE)), 'greaterThan'),
    sign(whole, 'lessThan'),
  ];
  const ofPositive = compareEnds(leaf, truth, ends(percent), ends(measure));
  const ofNegative = compareEnds(leaf, truth, ends(measure), ends(percent));
  const ofNothing = compareEnds(leaf, truth, ends(nothing), ends(constantForm(limit)));
  const found = [above, below, ofPositive, ofNegative, ofNothing, ...isZero];
  if (!found.every((each) => each !== null)) return null;
  const [positive = NEVER, negative = NEVER, one = NEVER, other = NEVER, none = NEVER, ...zero] = found;
  return or(and(positive, one), and(negative, other), and(...zero, none));
}

function compareWord(left: FactTerm, leaf: Leaf, truth: boolean, site: TranslationSite): Formula {
  const { space, universe } = site;
  const { operator, right } = leaf;
  const isPositive = (operator === 'equal' || operator === 'in') === truth;
  const one = wordSide(left, space, universe);
  if (one === 'missing') return NEVER;
  if (right.kind === 'fact') {
    const other = wordSide(right, space, universe);
    if (other === 'missing') return NEVER;
    if ('word' in one && 'word' in other) return (one.word === other.word) === isPositive ? ALWAYS : NEVER;
    const says = truth ? sayingOf(leaf) : oppositeSaying(sayingOf(leaf));
    if ('variable' in one && 'variable' in other) {
      const atom = { kind: 'same', one: one.variable, other: other.variable, isSame: isPositive } as const;
      return { kind: 'atom', atom, says };
    }
    const variable = 'variable' in one ? one.variable : 'variable' in other ? other.variable : 0;
    const word = 'word' in one ? one.word : 'word' in other ? other.word : '';
    return wordAtom(space, variable, (each) => (each === word) === isPositive, says);
  }
  const words: readonly unknown[] =
    right.kind === 'list' ? right.values : right.kind === 'constant' ? [right.value] : [];
  const fits = (word: string | boolean) => words.includes(word) === isPositive;
  if ('word' in one) return fits(one.word) ? ALWAYS : NEVER;
  const says = truth ? sayingOf(leaf) : oppositeSaying(sayingOf(leaf));
  return wordAtom(space, one.variable, fits, says);
}

function opaque(leaf: Leaf, truth: boolean): Formula {
  const says = truth ? sayingOf(leaf) : oppositeSaying(sayingOf(leaf));
  const id = `${spellTerm(leaf.left)} ${leaf.operator} ${JSON.stringify(leaf.right)}`;
  return { kind: 'atom', atom: { kind: 'opaque', id, holds: truth }, says };
}

/** A leaf for the reader. */
export function sayingOf({ left, operator, right }: Leaf): Saying {
  return { fact: spellTerm(left), operator, value: spellOperand(right) };
}

function spellOperand(right: Operand): Saying['value'] {
  switch (right.kind) {
    case 'constant':
      return right.value;
    case 'list':
      return right.values;
    case 'parameter':
      return `parameter(${right.name})`;
    default:
      return spellTerm(right);
  }
}

function negatedOperator(operator: Operator): Operator {
  return oppositeSaying({ fact: '', operator, value: '' }).operator as Operator;
}
