import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { pointerTo } from '../terms/problem.js';
import { isObject, isOneOf, quote, type Json, type ParseReport } from './parse-report.js';
import {
  spellTerm,
  type DateTerm,
  type DerivedTerm,
  type FactTerm,
  type NumberTerm,
  type Term,
} from './term.js';

/** Most facts that a sum, a mean or a share may list. */
export const LISTED_FACTS_MAX = 50;

const FUNCTIONS = [
  'days-between',
  'months-between',
  'working-days-between',
  'sum',
  'mean',
  'share',
  'difference',
] as const;

type FunctionName = (typeof FUNCTIONS)[number];

/** The params of each function; all of them are required. */
const PARAMS: Readonly<Record<FunctionName, readonly string[]>> = {
  'days-between': ['from', 'to'],
  'months-between': ['from', 'to'],
  'working-days-between': ['from', 'to', 'calendar'],
  sum: ['of'],
  mean: ['of'],
  share: ['of', 'in'],
  difference: ['of', 'minus'],
};

const ALWAYS_ZERO = 'This is the same on both sides, so the result is always 0.';

/** Where a term is read from. */
interface TermSite {
  readonly catalogue: FactCatalogue;
  readonly report: ParseReport;
  /** Of the object with `fact` and `params`. */
  readonly pointer: string;
}

/**
 * Reads `{fact, params}` as a fact of the catalogue or a function of facts. Null after a problem was reported:
 * `rule.unknown-fact`, `rule.type-mismatch` (a function of facts that are no dates or no numbers), `rule.malformed`.
 */
export function parseTerm(json: Json, site: TermSite): Term | null {
  const { fact: name, params } = json;
  if (typeof name !== 'string') return refuse(site, 'fact', 'rule.malformed', 'A fact is named by a text.');
  if (name === 'parameter')
    return refuse(site, 'fact', 'rule.malformed', 'A parameter stands in value only.');
  if (isOneOf(FUNCTIONS, name)) return parseFunction(name, params, site);
  if (params !== undefined) {
    return refuse(site, 'params', 'rule.malformed', 'Only functions take params.');
  }
  return parseFact(name, site, pointerTo(site.pointer, 'fact'));
}

function parseFunction(name: FunctionName, params: unknown, site: TermSite): Term | null {
  const expected = PARAMS[name];
  if (!isObject(params) || !hasExactly(params, expected)) {
    return refuse(
      site,
      'params',
      'rule.malformed',
      `${name} takes exactly the params ${expected.join(', ')}.`,
    );
  }
  const inside = { ...site, pointer: pointerTo(site.pointer, 'params') };
  switch (name) {
    case 'days-between':
    case 'months-between': {
      const ends = parseEnds(params, inside);
      return ends && { kind: name, ...ends };
    }
    case 'working-days-between': {
      const ends = parseEnds(params, inside);
      const { calendar } = params;
      if (calendar !== 'own' && calendar !== 'neighbours') {
        return refuse(inside, 'calendar', 'rule.malformed', 'The calendar is own or neighbours.');
      }
      return ends && { kind: name, ...ends, calendar };
    }
    case 'sum':
    case 'mean': {
      const of = parseNumbers('of', params, inside);
      return of && { kind: name, of };
    }
    case 'share': {
      const of = parseNumber(params.of, inside, pointerTo(inside.pointer, 'of'));
      const parts = parseNumbers('in', params, inside);
      return of && parts && { kind: name, of, in: parts };
    }
    case 'difference': {
      const of = parseNumber(params.of, inside, pointerTo(inside.pointer, 'of'));
      const minus = parseNumber(params.minus, inside, pointerTo(inside.pointer, 'minus'));
      if (of === null || minus === null) return null;
      return areSame(of, minus)
        ? refuse(inside, 'minus', 'rule.constant-out-of-range', ALWAYS_ZERO)
        : { kind: name, of, minus };
    }
  }
}

function parseEnds(params: Json, site: TermSite): { from: DateTerm; to: DateTerm } | null {
  const from = parseDate(params.from, site, pointerTo(site.pointer, 'from'));
  const to = parseDate(params.to, site, pointerTo(site.pointer, 'to'));
  if (from === null || to === null) return null;
  return areSame(from, to) ? refuse(site, 'to', 'rule.constant-out-of-range', ALWAYS_ZERO) : { from, to };
}

function parseDate(json: unknown, site: TermSite, pointer: string): DateTerm | null {
  if (json === 'today') return { kind: 'today' };
  const term = parseFact(json, site, pointer);
  if (term === null) return null;
  if (term.kind === 'fact' && term.type.kind === 'date') return term;
  site.report.add(pointer, 'rule.type-mismatch', `${term.name} is not a date.`);
  return null;
}

function parseNumbers(key: string, params: Json, site: TermSite): readonly NumberTerm[] | null {
  const list = params[key];
  const pointer = pointerTo(site.pointer, key);
  if (!Array.isArray(list) || list.length === 0) {
    return refuse(site, key, 'rule.malformed', 'Expected a list of facts, at least one.');
  }
  if (list.length > LISTED_FACTS_MAX) {
    return refuse(site, key, 'rule.too-large', `A function lists at most ${LISTED_FACTS_MAX} facts.`);
  }
  const terms = list.map((each: unknown, i) => parseNumber(each, site, pointerTo(pointer, i)));
  return terms.every((term) => term !== null) ? terms : null;
}

function parseNumber(json: unknown, site: TermSite, pointer: string): NumberTerm | null {
  const term = parseFact(json, site, pointer);
  if (term === null || term.kind === 'derived' || isNumeric(term)) return term;
  site.report.add(pointer, 'rule.type-mismatch', `${term.name} is not a number.`);
  return null;
}

function parseFact(
  json: unknown,
  { catalogue, report }: TermSite,
  pointer: string,
): FactTerm | DerivedTerm | null {
  const definition = typeof json === 'string' ? catalogue.get(json) : undefined;
  if (definition === undefined) {
    report.add(pointer, 'rule.unknown-fact', `There is no fact or function ${quote(json)}.`);
    return null;
  }
  const { name, type, meanOf } = definition;
  if (meanOf === undefined) return { kind: 'fact', name, type };
  const of = meanOf.flatMap((part): FactTerm[] => {
    const found = catalogue.get(part);
    return found === undefined || found.meanOf !== undefined
      ? []
      : [{ kind: 'fact', name: part, type: found.type }];
  });
  if (of.length === meanOf.length && of.every(isNumeric)) return { kind: 'derived', name, of };
  report.add(pointer, 'rule.type-mismatch', `The catalogue derives ${name} from what is no recorded number.`);
  return null;
}

function areSame(one: DateTerm | NumberTerm, other: DateTerm | NumberTerm): boolean {
  return spellTerm(one) === spellTerm(other);
}

function isNumeric({ type }: FactTerm): boolean {
  return type.kind === 'integer' || type.kind === 'decimal';
}

function hasExactly(params: Json, keys: readonly string[]): boolean {
  return Object.keys(params).length === keys.length && keys.every((key) => Object.hasOwn(params, key));
}

function refuse({ report, pointer }: TermSite, key: string, code: string, message: string): null {
  report.add(pointerTo(pointer, key), code, message);
  return null;
}
