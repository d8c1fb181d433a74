import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DATE_PRECISIONS } from '../../src/core/calendar/date-span.js';
import { factCatalogueSchema, type FactDefinition } from '../../src/core/facts/fact-catalogue.js';
import { rulebookSchema, type RuleDefinition } from '../../src/core/gates/rulebook-schema.js';
import type { Labels } from '../../src/core/terms/language.js';

const catalogue = factCatalogueSchema.parse(shipped('facts/1.json'));
const rulebook = rulebookSchema.parse(shipped('region-cycle/1.json'));
const facts = new Map(catalogue.facts.map((fact) => [fact.name, fact]));
const rules = new Map(rulebook.rules.map((rule) => [rule.id, rule]));

/** The domain guide's rules for one region: R21 to R27 judge a joint call, not a region's cycle. */
const RULES_OF_THE_GUIDE = [...numbered(1, 20), ...numbered(28, 32)];

const OPERATORS = new Set([
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'in',
  'notIn',
  'isKnown',
]);

const FUNCTIONS = new Set([
  'parameter',
  'days-between',
  'months-between',
  'working-days-between',
  'sum',
  'mean',
  'share',
  'difference',
]);

/** Params of a function that name facts; the others name a parameter or a calendar. */
const PARAMS_NAMING_FACTS = ['from', 'to', 'of', 'in', 'minus'];

function shipped(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../rules/${path}`, import.meta.url), 'utf8'));
}

function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `R${String(first + i).padStart(2, '0')}`);
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object inside a condition, the condition itself included. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const groupsIn = (rule: RuleDefinition): Json[] =>
  objectsIn(rule.conditions).filter((object) => 'all' in object || 'any' in object || 'not' in object);

/** Leaves, and the values of leaves that are facts themselves. */
const referencesIn = (rule: RuleDefinition): Json[] =>
  objectsIn(rule.conditions).filter((object) => 'fact' in object);

const isFactName = (name: string): boolean => name.includes('.');

/** The names of facts that a rule's condition reads, params of functions included. */
function factsReadBy(rule: RuleDefinition): string[] {
  return referencesIn(rule).flatMap((reference) => {
    const params = isObject(reference.params) ? reference.params : {};
    const named = PARAMS_NAMING_FACTS.flatMap((key) => params[key] ?? []).map(String);
    return [String(reference.fact), ...named].filter((name) => name !== 'today' && !FUNCTIONS.has(name));
  });
}

function parametersReadBy(rule: RuleDefinition): string[] {
  return referencesIn(rule)
    .filter((reference) => reference.fact === 'parameter')
    .map((reference) => String(isObject(reference.params) ? reference.params.name : undefined));
}

/** What is wrong with a fact of a test case; null when the catalogue could take it. */
function misfit(fact: FactDefinition | undefined, given: unknown): string | null {
  if (fact === undefined) return 'not in the catalogue';
  if (fact.meanOf !== undefined) return 'derived, never given';
  const { type } = fact;
  if (type.kind === 'date') {
    const [date, precision] = isObject(given) ? [given.value, given.precision] : [given, 'day'];
    const known = DATE_PRECISIONS.some((word) => word === precision);
    return known && /^\d{4}-\d{2}-\d{2}$/.test(String(date)) ? null : 'no date';
  }
  if (type.kind === 'boolean') return typeof given === 'boolean' ? null : 'no boolean';
  if (type.kind === 'text') return typeof given === 'string' ? null : 'no text';
  if (type.kind === 'enum') return type.values.some((word) => word === given) ? null : 'not one of its words';
  if (typeof given !== 'number' || given < type.min || given > type.max) return 'outside its range';
  return type.kind === 'decimal' || Number.isInteger(given) ? null : 'no integer';
}

const copied = (labels: Labels): boolean => new Set(Object.values(labels)).size < Object.keys(labels).length;

describe('the shipped fact catalogue', () => {
  it('names every fact once', () => {
    expect(facts.size).toBe(catalogue.facts.length);
  });

  it('derives means from recorded numbers of the same scope and unit, and nobody but the engine owns them', () => {
    const derived = catalogue.facts.filter((fact) => fact.meanOf !== undefined);
    for (const fact of derived) {
      const parts = (fact.meanOf ?? []).map((name) => facts.get(name));
      expect(fact.owner).toBe('engine');
      expect(parts.map((part) => part?.type)).toEqual(parts.map(() => fact.type));
      expect(parts.map((part) => part?.scope)).toEqual(parts.map(() => fact.scope));
      expect(parts.every((part) => part !== undefined && part.meanOf === undefined)).toBe(true);
    }
    expect(derived).toHaveLength(6);
  });

  it('gives every number a range that is not empty', () => {
    const empty = catalogue.facts.filter(({ type }) => 'min' in type && type.min >= type.max);
    expect(empty.map((fact) => fact.name)).toEqual([]);
  });

  it('says each label in five different ways', () => {
    expect(catalogue.facts.filter((fact) => copied(fact.labels)).map((fact) => fact.name)).toEqual([]);
  });

  it('gives no two facts the same label', () => {
    for (const language of ['de', 'fr', 'it', 'sl', 'en'] as const) {
      expect(new Set(catalogue.facts.map((fact) => fact.labels[language])).size).toBe(facts.size);
    }
  });
});

describe('the shipped rulebook', () => {
  it('is written for the shipped catalogue and names every rule once', () => {
    expect(rulebook.factCatalogue).toEqual({ id: catalogue.id, version: catalogue.version });
    expect(rules.size).toBe(rulebook.rules.length);
  });

  it('has every rule of the domain guide that judges one region', () => {
    const numbers = new Set(rulebook.rules.map((rule) => rule.id.slice(0, 3)));
    expect([...numbers].toSorted()).toEqual(RULES_OF_THE_GUIDE);
  });

  it('puts every rule into a gate and no unknown rule into any', () => {
    const asked = new Set(Object.values(rulebook.gates).flatMap((gate) => gate.rules));
    expect([...asked].toSorted()).toEqual([...rules.keys()].toSorted());
  });

  it('asks no rule twice in one gate', () => {
    for (const gate of Object.values(rulebook.gates))
      expect(new Set(gate.rules).size).toBe(gate.rules.length);
  });

  it('says each label in five different ways', () => {
    const labels = [
      rulebook.labels,
      ...Object.values(rulebook.gates).map((gate) => gate.labels),
      ...rulebook.rules.map((rule) => rule.labels),
      ...rulebook.rules.flatMap((rule) => rule.action?.labels ?? []),
    ];
    expect(labels.filter(copied)).toEqual([]);
  });

  it('keeps thresholds out of the labels, where a changed parameter would make them lie', () => {
    const numbers = rulebook.rules.filter((rule) =>
      Object.values(rule.labels).some((label) => /\d/.test(label.replaceAll('S3', ''))),
    );
    expect(numbers.map((rule) => rule.id)).toEqual([]);
  });
});

describe.each(rulebook.rules.map((rule) => [rule.id, rule] as const))('rule %s', (id, rule) => {
  it('reads only facts of the catalogue', () => {
    const read = factsReadBy(rule);
    expect(read.filter((name) => !facts.has(name))).toEqual([]);
    expect(read.some(isFactName)).toBe(true);
  });

  it('uses every parameter that it has and has every one that it uses', () => {
    expect([...new Set(parametersReadBy(rule))].toSorted()).toEqual(Object.keys(rule.parameters).toSorted());
  });

  it('lets a parameter vary over the whole of an enumeration, with no value for a region that has none', () => {
    const varying = Object.values(rule.parameters).flatMap((parameter) =>
      'by' in parameter ? [parameter] : [],
    );
    for (const parameter of varying) {
      const type = facts.get(parameter.by)?.type;
      const words = type?.kind === 'enum' ? type.values : Object.keys(parameter.values);
      expect(Object.keys(parameter.values)).toEqual(words);
      expect(parameter.otherwise).toBeUndefined();
    }
  });

  it('compares with a parameter, a fact or a word, never with a bare number', () => {
    const bare = referencesIn(rule).filter((reference) => typeof reference.value === 'number');
    expect(bare).toEqual([]);
  });

  it('is built of groups with one key that are not empty and of known operators', () => {
    const groups = groupsIn(rule);
    const faulty = groups.filter((group) => {
      const members = Object.values(group)[0];
      return Object.keys(group).length !== 1 || (Array.isArray(members) && members.length === 0);
    });
    const operators = referencesIn(rule).flatMap((reference) => reference.operator ?? []);
    expect(groups.length).toBeGreaterThan(0);
    expect(faulty).toEqual([]);
    expect(operators.filter((operator) => !OPERATORS.has(String(operator)))).toEqual([]);
  });

  it('names an action exactly if it can pass conditionally', () => {
    const severities =
      typeof rule.severity === 'string'
        ? [rule.severity]
        : [...Object.values(rule.severity.values), rule.severity.otherwise];
    expect(rule.action !== undefined).toBe(severities.includes('conditional'));
  });

  it('cites a document where it claims to be sourced', () => {
    expect(rule.source.basis === 'proposal' || rule.source.urls.length > 0).toBe(true);
    expect(rule.source.text).toMatch(/\.$/);
  });

  it('has a passing, a failing and an unknown test case', () => {
    const results = rulebook.testCases.flatMap((testCase) => testCase.expect[id] ?? []);
    expect([...new Set(results)].toSorted()).toEqual(['fail', 'pass', 'unknown']);
  });

  it('has a test case for each value on which a parameter depends', () => {
    const cases = rulebook.testCases.filter((testCase) => testCase.expect[id] !== undefined);
    const varying = Object.values(rule.parameters).flatMap((parameter) =>
      'by' in parameter ? [parameter] : [],
    );
    for (const { by, values } of varying) {
      const seen = new Set(cases.map((testCase) => testCase.facts[by]));
      expect(Object.keys(values).filter((value) => !seen.has(value))).toEqual([]);
      expect(seen.has(undefined)).toBe(true);
    }
  });
});

describe('the test cases of the shipped rulebook', () => {
  it('have names of their own', () => {
    expect(new Set(rulebook.testCases.map((testCase) => testCase.name)).size).toBe(rulebook.testCases.length);
  });

  it('are about rules that exist', () => {
    const about = rulebook.testCases.flatMap((testCase) => Object.keys(testCase.expect));
    expect(about.filter((id) => !rules.has(id))).toEqual([]);
  });

  it('give only facts that the catalogue could take', () => {
    const misfits = rulebook.testCases.flatMap(({ name, facts: given }) =>
      Object.entries(given).flatMap(([fact, value]) => {
        const problem = misfit(facts.get(fact), value);
        return problem === null ? [] : [`${name}: ${fact} is ${problem}`];
      }),
    );
    expect(misfits).toEqual([]);
  });

  it('judge the enabling condition for Fribourg, where it is information only', () => {
    const fribourg = rulebook.testCases.filter(
      ({ expect: expected, facts: given }) => 'R17' in expected && given['region.country'] === 'CH',
    );
    expect(fribourg.map((testCase) => testCase.expect.R17).toSorted()).toEqual(['fail', 'pass', 'unknown']);
    expect(rules.get('R17')?.severity).toEqual({
      by: 'region.country',
      values: { CH: 'warn' },
      otherwise: 'block',
    });
  });
});
