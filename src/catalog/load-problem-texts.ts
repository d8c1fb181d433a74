import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINT_CODES } from '../core/rulebooks/lint-codes.js';
import { DomainError } from '../core/terms/domain-error.js';
import { LANGUAGES, type Language } from '../core/terms/language.js';
import { pointerOf, type Problem } from '../core/terms/problem.js';
import type { ProblemTexts } from '../core/terms/problem-texts.js';

const SENTENCE_LENGTH_MAX = 300;

/**
 * Reads `<dir>/<language>.json`: the sentence of every fault that can be found in a rulebook.
 *
 * @throws DomainError `definition.unreadable`; `definition.invalid` with every code that lacks a sentence, or has
 *   one that nobody needs, by language
 */
export function loadProblemTexts(dir: string): ProblemTexts {
  const files = LANGUAGES.map((language) => [language, readFile(dir, language)] as const);
  const problems = files.flatMap(([language, file]) => judgeFile(language, file));
  if (problems.length > 0) throw new DomainError('definition.invalid', { what: 'problem texts', problems });
  return Object.fromEntries(
    files.map(([language, file]) => [language, new Map(Object.entries(file as Record<string, string>))]),
  ) as unknown as ProblemTexts;
}

function readFile(dir: string, language: Language): unknown {
  const file = join(dir, `${language}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DomainError('definition.unreadable', { file, reason: String(error) });
  }
}

function judgeFile(language: Language, file: unknown): readonly Problem[] {
  const fault = (code: string, step: string, message: string): Problem => ({
    pointer: pointerOf([language, step]),
    code,
    message,
  });
  if (typeof file !== 'object' || file === null)
    return [fault('text.not-an-object', '', 'Not a JSON object.')];
  const codes: readonly string[] = LINT_CODES;
  return [
    ...codes
      .filter((code) => !isSentence(Object.hasOwn(file, code) ? file[code as keyof typeof file] : null))
      .map((code) => fault('text.missing', code, 'This code has no sentence in this language.')),
    ...Object.keys(file)
      .filter((key) => !codes.includes(key))
      .map((key) => fault('text.unknown-key', key, 'No fault has this code.')),
  ];
}

function isSentence(text: unknown): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= SENTENCE_LENGTH_MAX;
}
