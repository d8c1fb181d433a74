import type { z } from 'zod';
import { LANGUAGES } from './language.js';
import { pointerOf, type Problem } from './problem.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Puts what a zod schema found into problems with JSON pointers. The code of a check of our own is taken from its
 * `params.code`; a label without one of the languages is `label.language-missing`; a key that the format does not
 * know is `schema.unknown-key`; a missing one is `schema.missing`; the rest is `schema.` and zod's word.
 *
 * @param document what was parsed: tells a missing value from a wrong one
 */
export function schemaProblems(error: z.ZodError, document: unknown): Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, [], document));
}

function problemsOf(issue: Issue, base: Path, document: unknown): Problem[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      code: 'schema.unknown-key',
      message: `${key} is not a word of this format`,
    }));
  }
  if (issue.code === 'invalid_union') {
    // Of the alternatives the one with the fewest faults is the one that was meant.
    const meant = issue.errors.toSorted((one, other) => one.length - other.length)[0];
    if (meant !== undefined && meant.length > 0) {
      return meant.flatMap((inner) => problemsOf(inner, path, document));
    }
  }
  return [{ pointer: pointerOf(path), code: codeOf(issue, path, document), message: issue.message }];
}

function codeOf(issue: Issue, path: Path, document: unknown): string {
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code'];
  if (issue.code !== 'custom' && valueAt(document, path) === undefined) {
    const last = path.at(-1);
    const isLanguage = LANGUAGES.some((language) => language === last);
    return isLanguage ? 'label.language-missing' : 'schema.missing';
  }
  return `schema.${issue.code.replaceAll('_', '-')}`;
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<PropertyKey, unknown>)[step];
  }, document);
}
