import { pointerTo, type Problem } from '../terms/problem.js';

/** Values (of every kind) in one rulebook; the shipped one has a twentieth. */
export const VALUES_MAX = 100_000;

/** Characters of one text or key. The longest text of the shipped rulebook, a source, has 500. */
export const TEXT_LENGTH_MAX = 5_000;

/** How deep objects and lists may lie in each other. */
export const NESTING_MAX = 60;

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The first thing in a document that is too much to be judged further: too many values, too deep, a text that is
 * too long, a number that is none, a key that could reach into prototypes. Null: nothing. It does not recurse and
 * stops at the first finding, so that a hostile document costs no more than a large one.
 *
 * Codes: `document.too-large`, `document.too-deep`, `document.text-too-long`, `document.forbidden-key`,
 * `document.not-json`.
 */
export function findExcess(document: unknown): Problem | null {
  const open: Place[] = [{ value: document, pointer: '', depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    seen += 1;
    const problem = seen > VALUES_MAX ? tooLarge(next.pointer) : judge(next);
    if (problem !== null) return problem;
    const { value, pointer, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    const keys = Object.keys(value);
    if (seen + open.length + keys.length > VALUES_MAX) return tooLarge(pointer);
    for (const key of keys.toReversed()) {
      const part = (value as Readonly<Record<string, unknown>>)[key];
      open.push({ value: part, pointer: pointerTo(pointer, key), depth: depth + 1 });
    }
  }
  return null;
}

interface Place {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

function judge({ value, pointer, depth }: Place): Problem | null {
  switch (typeof value) {
    case 'string':
      return value.length > TEXT_LENGTH_MAX ? tooLong(pointer) : null;
    case 'number':
      return Number.isFinite(value) ? null : notJson(pointer);
    case 'boolean':
      return null;
    case 'object':
      if (value === null) return null;
      if (depth >= NESTING_MAX) {
        const message = `Objects and lists lie at most ${NESTING_MAX} deep in each other.`;
        return { pointer, code: 'document.too-deep', message };
      }
      return Array.isArray(value) ? null : judgeKeys(value, pointer);
    default:
      return notJson(pointer);
  }
}

function judgeKeys(value: object, pointer: string): Problem | null {
  for (const key of Object.keys(value)) {
    if (key.length > TEXT_LENGTH_MAX) return tooLong(pointer);
    if (!FORBIDDEN_KEYS.has(key)) continue;
    const message = `No object here may have a key ${key}.`;
    return { pointer: pointerTo(pointer, key), code: 'document.forbidden-key', message };
  }
  return null;
}

function tooLarge(pointer: string): Problem {
  const message = `A rulebook has at most ${VALUES_MAX} values.`;
  return { pointer, code: 'document.too-large', message };
}

function tooLong(pointer: string): Problem {
  const message = `A text has at most ${TEXT_LENGTH_MAX} characters.`;
  return { pointer, code: 'document.text-too-long', message };
}

function notJson(pointer: string): Problem {
  return { pointer, code: 'document.not-json', message: 'This is no value of JSON.' };
}
