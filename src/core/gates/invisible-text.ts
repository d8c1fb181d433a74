import { hasInvisibleCharacters } from '../terms/invisible-characters.js';
import { PROBLEMS_MAX } from '../logic/parse-report.js';
import { pointerTo, type Problem } from '../terms/problem.js';

/**
 * Every text of a JSON document, keys included, that holds characters which a reader cannot see: two rules could
 * look alike and differ. Does not recurse, so a hostile depth costs no stack.
 */
export function findInvisibleText(document: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const check = (text: string, pointer: string) => {
    if (!hasInvisibleCharacters(text)) return;
    const message = 'This text has zero-width, direction or control characters.';
    problems.push({ pointer, code: 'text.invisible-characters', message });
  };
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: document, pointer: '' }];
  for (let next = open.pop(); next !== undefined && problems.length < PROBLEMS_MAX; next = open.pop()) {
    const { value, pointer } = next;
    if (typeof value === 'string') check(value, pointer);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, part] of Object.entries(value).toReversed()) {
      const at = pointerTo(pointer, key);
      if (!Array.isArray(value)) check(key, at);
      open.push({ value: part, pointer: at });
    }
  }
  return problems;
}
