import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';

/**
 * How json-rules-engine, which knows no *unknown*, is to take a leaf that is not decided: `certainly` as false,
 * `possibly` as true. Both are operator decorators of the second evaluator.
 */
export type Reading = 'certainly' | 'possibly';

/** Conditions for json-rules-engine, and the names of the plain facts that their leaves compare. */
export interface LoweredConditions {
  readonly conditions: object;
  readonly factNames: ReadonlySet<string>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Rewrites a rule's conditions so that json-rules-engine can compare them: dates become day numbers, operators get
 * the decorator of the reading (under an odd number of `not` the opposite one), and parameters carry their rule.
 * The conditions have passed `parseCondition`; nothing is checked again.
 */
export function lowerConditions(
  conditions: unknown,
  reading: Reading,
  rule: string,
  catalogue: FactCatalogue,
): LoweredConditions {
  const factNames = new Set<string>();
  const note = (name: unknown) => {
    if (catalogue.has(String(name))) factNames.add(String(name));
  };
  const lower = (json: Json, as: Reading): object => {
    if (Array.isArray(json['all'])) return { all: json['all'].map((part: Json) => lower(part, as)) };
    if (Array.isArray(json['any'])) return { any: json['any'].map((part: Json) => lower(part, as)) };
    if ('not' in json)
      return { not: lower(json['not'] as Json, as === 'certainly' ? 'possibly' : 'certainly') };
    return lowerLeaf(json, as);
  };
  const lowerLeaf = (leaf: Json, as: Reading): object => {
    const { fact, value } = leaf;
    note(fact);
    const isDate = catalogue.get(String(fact))?.type.kind === 'date';
    const operator = `${as}:${String(leaf['operator'])}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const isDay = isDate && typeof value === 'string';
      return { ...leaf, operator, value: isDay ? toDayNumber(value as CalendarDate) : value };
    }
    const right = value as Json;
    note(right['fact']);
    if (right['fact'] !== 'parameter') return { ...leaf, operator };
    const params = { ...(right['params'] as Json), rule, isDate };
    return { ...leaf, operator, value: { fact: 'parameter', params } };
  };
  return { conditions: lower(conditions as Json, reading), factNames };
}
