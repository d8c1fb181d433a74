import { pointerTo, type Problem } from '../terms/problem.js';

/** A JSON object; its keys are not to be trusted, `__proto__` may be among them. */
export type Json = Readonly<Record<string, unknown>>;

/** Most problems that are kept of one document; who has this many starts with the first anyway. */
export const PROBLEMS_MAX = 200;

const QUOTE_LENGTH_MAX = 60;

/** Collects the problems of one document. */
export class ParseReport {
  readonly problems: Problem[] = [];

  /** Notes a problem; beyond `PROBLEMS_MAX` it is dropped. */
  add(pointer: string, code: string, message: string): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ pointer, code, message });
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys of json-rules-engine that are traps, and why. */
const FORBIDDEN: ReadonlyMap<string, readonly [code: string, why: string]> = new Map([
  ['path', ['rule.path-forbidden', 'A path is a program in JSONPath; facts are plain values and need none.']],
  ['priority', ['rule.priority-forbidden', 'With priorities some conditions would not be evaluated.']],
  [
    'condition',
    ['rule.named-condition-forbidden', 'A named condition is not part of the rule: write it out.'],
  ],
]);

/** Whether an object has no other keys than these; the first that is not among them is reported. */
export function hasOnlyKeys(
  json: Json,
  keys: readonly string[],
  site: { readonly report: ParseReport; readonly pointer: string },
): boolean {
  const stranger = Object.keys(json).find((key) => !keys.includes(key));
  if (stranger === undefined) return true;
  const [code, why] = FORBIDDEN.get(stranger) ?? [
    'rule.malformed',
    `${quote(stranger)} does not belong here.`,
  ];
  site.report.add(pointerTo(site.pointer, stranger), code, why);
  return false;
}

/** Whether `value` is one of the listed words. */
export function isOneOf<T extends string>(words: readonly T[], value: unknown): value is T {
  return words.some((word) => word === value);
}

/** Foreign text inside a message: in quotes, and cut. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value;
  return JSON.stringify(text.slice(0, QUOTE_LENGTH_MAX));
}
