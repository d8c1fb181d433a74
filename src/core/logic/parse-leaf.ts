import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactScalar } from '../facts/fact-value.js';
import { pointerTo } from '../terms/problem.js';
import { checkComparison } from './check-comparison.js';
import type { Leaf } from './condition.js';
import { OPERATORS } from './operator.js';
import { hasOnlyKeys, isObject, isOneOf, quote, type Json, type ParseReport } from './parse-report.js';
import { parseTerm } from './parse-term.js';
import type { Operand } from './term.js';
import { typeOfTerm } from './term-type.js';

/** Most words that an `in` or `notIn` may list. */
export const LISTED_WORDS_MAX = 100;

/** What the leaves of one rule may refer to. */
export interface ConditionScope {
  readonly catalogue: FactCatalogue;
  /** Every value that each of the rule's parameters can have, by its name. */
  readonly parameters: ReadonlyMap<string, readonly FactScalar[]>;
}

/** Where a leaf is read. */
export interface LeafSite extends ConditionScope {
  readonly report: ParseReport;
  readonly pointer: string;
}

/** Reads `{fact, params?, operator, value}`, whose keys have been checked. Null after a problem was reported. */
export function parseLeaf(json: Json, site: LeafSite): Leaf | null {
  const { report, pointer } = site;
  const absent = ['fact', 'operator', 'value'].find((key) => !Object.hasOwn(json, key));
  if (absent !== undefined) {
    report.add(
      pointer,
      'rule.malformed',
      `A comparison needs fact, operator and value; ${absent} is not there.`,
    );
    return null;
  }
  const { operator } = json;
  if (!isOneOf(OPERATORS, operator)) {
    report.add(
      pointerTo(pointer, 'operator'),
      'rule.unknown-operator',
      `There is no operator ${quote(operator)}.`,
    );
    return null;
  }
  const left = parseTerm(json, site);
  const right = parseOperand(json.value, { ...site, pointer: pointerTo(pointer, 'value') });
  if (left === null || right === null) return null;

  const fault = checkComparison(left, operator, right, site.parameters);
  if (fault !== null) {
    report.add(pointerTo(pointer, fault.at), fault.code, fault.message);
    return null;
  }
  return { kind: 'leaf', pointer, left, operator, right, comparesDates: typeOfTerm(left).kind === 'date' };
}

function parseOperand(value: unknown, site: LeafSite): Operand | null {
  const { report, pointer } = site;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return { kind: 'constant', value };
  }
  if (Array.isArray(value)) return parseList(value, site);
  if (!isObject(value)) {
    report.add(pointer, 'rule.malformed', 'A value is a constant, a list of texts, or a fact.');
    return null;
  }
  if (!hasOnlyKeys(value, ['fact', 'params'], site)) return null;
  return value.fact === 'parameter' ? parseParameter(value.params, site) : parseTerm(value, site);
}

function parseList(list: readonly unknown[], { report, pointer }: LeafSite): Operand | null {
  if (list.length > LISTED_WORDS_MAX) {
    report.add(pointer, 'rule.too-large', `A list has at most ${LISTED_WORDS_MAX} texts.`);
    return null;
  }
  const values = list.filter((each) => typeof each === 'string' && each !== '') as readonly string[];
  if (values.length > 0 && values.length === list.length) return { kind: 'list', values };
  report.add(pointer, 'rule.type-mismatch', 'A list holds texts only, at least one.');
  return null;
}

function parseParameter(params: unknown, { parameters, report, pointer }: LeafSite): Operand | null {
  const at = pointerTo(pointer, 'params');
  if (!isObject(params) || Object.keys(params).length !== 1 || typeof params.name !== 'string') {
    report.add(at, 'rule.malformed', 'A parameter is named by the param name, and takes no other.');
    return null;
  }
  const { name } = params;
  if (parameters.has(name)) return { kind: 'parameter', name };
  report.add(pointerTo(at, 'name'), 'rule.unknown-parameter', `The rule has no parameter ${quote(name)}.`);
  return null;
}
