import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '../../../src/core/terms/language.js';
import { UNIT_WORDS, VALUE_WORDS, type Grammar, type Template } from '../../../src/core/wording/grammar.js';
import { GRAMMARS } from '../../../src/core/wording/grammars.js';
import { predicatesOf } from '../../../src/core/wording/predicates.js';
import { capitalised, partsOf, tokensOf } from '../../../src/core/wording/template.js';
import type { ValueKind } from '../../../src/core/wording/value-kind.js';
import { catalogue, rulebook } from './wording-fixtures.js';

const grammars = LANGUAGES.map((language) => GRAMMARS[language]);

const KINDS: readonly ValueKind[] = [
  { kind: 'number', unit: null },
  { kind: 'date' },
  { kind: 'boolean' },
  { kind: 'word', among: null },
];

const PLACES: Readonly<Record<string, readonly string[]>> = {
  'groups.all': ['items'],
  'groups.any': ['items'],
  'groups.one': ['item'],
  'groups.not': ['item'],
  'terms.days': ['from', 'to'],
  'terms.months': ['from', 'to'],
  'terms.workingDaysOwn': ['from', 'to'],
  'terms.workingDaysNeighbours': ['from', 'to'],
  'terms.sum': ['of'],
  'terms.mean': ['of'],
  'terms.share': ['of', 'in'],
  'terms.difference': ['of', 'minus'],
  'terms.value': ['fact'],
  'ends.fromFact': ['fact'],
  'ends.toFact': ['fact'],
  'booleans.equal': ['value'],
  'booleans.notEqual': ['value'],
  'words.in': ['values'],
  'words.notIn': ['values'],
  sameAs: ['fact'],
  differsFrom: ['fact'],
  'choice.by': ['fact', 'variants'],
  'choice.variant': ['value', 'word'],
  'choice.otherwise': ['value'],
  'consequence.intro': ['severity'],
  'consequence.action': ['action', 'months'],
};

/** Every phrase by where it stands in the grammar. */
function phrases(part: object, path: readonly string[] = []): readonly (readonly [string, Template])[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const at = [...path, key];
    if (typeof value === 'string') return [[at.join('.'), value] as const];
    return typeof value === 'object' && value !== null ? phrases(value, at) : [];
  });
}

function firstWords(template: Template): readonly string[] {
  const [first] = partsOf(template);
  return first !== undefined && 'text' in first ? first.tokens.map(({ value }) => value) : [];
}

/** Phrases among which the parser has to choose, by what they are about. */
function choices(grammar: Grammar): Readonly<Record<string, readonly Template[]>> {
  const { groups, terms, ends, days, monthNames, units, yes, no } = grammar;
  const { value, ...functions } = terms;
  return {
    root: Object.values(groups).map(capitalised),
    node: [...Object.values(groups), ...Object.values(functions)],
    operand: [...Object.values(terms), value],
    from: [ends.fromFact, ends.fromToday],
    to: [ends.toFact, ends.toToday],
    days,
    months: monthNames,
    truth: [yes, no],
    ...Object.fromEntries(
      KINDS.map((kind) => [
        `predicates of a ${kind.kind}`,
        predicatesOf(kind, grammar).map(({ template }) => template),
      ]),
    ),
    ...Object.fromEntries(UNIT_WORDS.map((unit) => [unit, Object.values(units[unit]) as string[]])),
  };
}

function pairsOf(templates: ReadonlySet<Template>): readonly (readonly [Template, Template])[] {
  return [...templates].flatMap((one) =>
    [...templates].filter((other) => other !== one).map((other) => [one, other] as const),
  );
}

describe.each(grammars)('the grammar of $language', (grammar) => {
  it('has the places that its phrases are filled at, and no others', () => {
    const expected = new Map(Object.entries(PLACES));
    for (const [path, phrase] of phrases(grammar)) {
      const places = partsOf(phrase).flatMap((part) => ('place' in part ? [part.place] : []));
      const isComparison = /^(numbers|dates|words)\.(?!in|notIn)/.test(path);
      expect([path, places.toSorted()]).toEqual([
        path,
        (isComparison ? ['value'] : (expected.get(path) ?? [])).toSorted(),
      ]);
    }
  });

  it('has phrases that are read as they are written: words and marks, no quotes, single blanks', () => {
    for (const [path, phrase] of phrases(grammar)) {
      if (path === 'itemSeparator' || path === 'decimalSeparator') continue;
      const words = phrase.replaceAll(/\{\w+\}/g, 'x');
      expect(words).toBe(words.trim().replaceAll(/\s+/g, ' '));
      const kinds = tokensOf(words).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'label' || kind === 'text' || kind === 'name')).toEqual([]);
    }
  });

  it('begins every phrase that can be chosen with words', () => {
    for (const templates of Object.values(choices(grammar))) {
      for (const template of templates) expect(firstWords(template)).not.toEqual([]);
    }
  });

  it('has no two phrases in one choice that begin alike', () => {
    for (const [choice, templates] of Object.entries(choices(grammar))) {
      const distinct = [...new Set(templates)];
      const begun = distinct.map((template) => firstWords(template).join(' '));
      expect([choice, new Set(begun).size]).toEqual([choice, distinct.length]);
    }
  });

  it('has no phrase that is the beginning of another where the rest could follow it', () => {
    const sets = choices(grammar);
    const firstOf = (...names: readonly string[]) =>
      names.flatMap((name) => (sets[name] ?? []).map((template) => firstWords(template)[0]));
    // The first words of what can stand at a place; at all others stands a quotation or a number in brackets.
    const atPlace: Readonly<Record<string, readonly unknown[]>> = {
      value: firstOf('operand', 'days', 'truth'),
      item: firstOf('node'),
      from: firstOf('from'),
    };
    const traps = Object.values(sets).flatMap((templates) =>
      pairsOf(new Set(templates)).filter(([short, long]) => {
        const [words, others] = [firstWords(short), firstWords(long)];
        const isBeginning = words.length <= others.length && words.every((word, i) => others[i] === word);
        const next = partsOf(short)[1];
        const following = next !== undefined && 'place' in next ? (atPlace[next.place] ?? []) : [];
        return isBeginning && following.includes(others[words.length]);
      }),
    );
    expect(traps).toEqual([]);
  });

  it('does not take what follows a list for a part of it', () => {
    const after = KINDS.flatMap((kind) => predicatesOf(kind, grammar)).map(
      ({ template }) => firstWords(template)[0],
    );
    expect(after).not.toContain(grammar.and);
    expect(after).not.toContain(grammar.or);
    const inShare = partsOf(grammar.terms.share).flatMap((part) => ('text' in part ? [part.text] : []));
    expect(inShare).not.toContain(grammar.and);
  });

  it('has 31 days, 12 months and another word for every value', () => {
    expect(new Set(grammar.days).size).toBe(31);
    expect(new Set(grammar.monthNames).size).toBe(12);
    expect(new Set(Object.values(grammar.valueWords)).size).toBe(VALUE_WORDS.length);
  });
});

it('every unit and every word of the shipped files is known to the grammars', () => {
  const facts = [...catalogue.values()];
  const units = facts.flatMap(({ type }) => ('unit' in type ? [type.unit] : []));
  const parameters = [...rulebook.rules.values()].flatMap((rule) => [...rule.parameters.values()]);
  expect([...new Set([...units, ...parameters.map(({ unit }) => unit)])].toSorted()).toEqual(
    [...UNIT_WORDS].toSorted(),
  );
  const words = facts.flatMap(({ type }) => (type.kind === 'enum' ? type.values : []));
  expect([...new Set(words)].toSorted()).toEqual([...VALUE_WORDS].toSorted());
});
