import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadProblemTexts } from '../../src/catalog/load-problem-texts.js';
import { LINT_CODES } from '../../src/core/rulebooks/lint-codes.js';
import { LANGUAGES } from '../../src/core/terms/language.js';
import { problemSentence } from '../../src/core/terms/problem-texts.js';
import { PATHS } from '../support/engine.js';

const CORE = join(PATHS.rules, '..', 'src');
const DIR = join(PATHS.texts, 'problems');

/** Codes as they are written in the sources of everything that judges a rulebook. */
function codesInSources(): readonly string[] {
  const files = ['core/gates', 'core/logic', 'core/rulebooks'].flatMap((room) =>
    readdirSync(join(CORE, room)).map((file) => join(CORE, room, file)),
  );
  files.push(join(CORE, 'core/terms/schema-problems.ts'), join(CORE, 'engine/rules/judge-draft.ts'));
  files.push(join(CORE, 'engine/rules/judge-rulebook.ts'));
  const kinds = 'document|patch|text|schema|label|rulebook|gate|rule|parameter|severity|test-case';
  const code = new RegExp(`'((?:${kinds})\\.[a-z]+(?:-[a-z]+)*)'`, 'g');
  const found = files
    .filter((file) => !file.endsWith('lint-codes.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(code)].map(([, one]) => one ?? ''));
  return [...new Set(found)].toSorted();
}

/** Written like a code in the same sources, and none: the machine's own names, and errors of the engine. */
const NO_CODES = new Set(['gate.refused', 'gate.none']);

describe('what is wrong with a rulebook', () => {
  it('has a sentence of its own in five languages for every code', () => {
    const texts = loadProblemTexts(DIR);
    for (const language of LANGUAGES) {
      expect([...texts[language].keys()].toSorted()).toEqual([...LINT_CODES].toSorted());
      expect(new Set(texts[language].values()).size).toBe(LINT_CODES.length);
    }
    for (const code of LINT_CODES) {
      expect(new Set(LANGUAGES.map((language) => texts[language].get(code))).size).toBe(LANGUAGES.length);
    }
  });

  it('is never called by a code that the list does not have', () => {
    const codes = codesInSources();
    expect(codes.length).toBeGreaterThan(35);
    expect(codes.filter((code) => !NO_CODES.has(code) && !LINT_CODES.some((one) => one === code))).toEqual(
      [],
    );
  });

  it('is told in the language of the reader, or in English where there is no sentence', () => {
    const texts = loadProblemTexts(DIR);
    const problem = { pointer: '', code: 'rule.empty-group', message: 'An empty group passes.' };
    expect(problemSentence(texts, problem, 'sl')).toBe('Prazna skupina bi bila vedno izpolnjena.');
    expect(problemSentence(texts, problem, 'en')).toBe('An empty group passes.');
    expect(problemSentence(texts, { ...problem, code: 'rule.from-the-future' }, 'de')).toBe(
      'An empty group passes.',
    );
  });
});

describe('texts that are not complete', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'cordata-texts-'));
    for (const file of readdirSync(DIR)) writeFileSync(join(dir, file), readFileSync(join(DIR, file)));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('keep a process from starting, and each gap is named', () => {
    const file = join(dir, 'sl.json');
    const { 'rule.malformed': _, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    writeFileSync(file, JSON.stringify({ ...rest, 'rule.empty-group': ' ', 'rule.invented': 'x' }));
    const pointers = (): readonly string[] => {
      try {
        loadProblemTexts(dir);
        return [];
      } catch (error) {
        return (error as { details: { problems: { pointer: string }[] } }).details.problems.map(
          ({ pointer }) => pointer,
        );
      }
    };
    expect(pointers().toSorted()).toEqual([
      '/sl/rule.empty-group',
      '/sl/rule.invented',
      '/sl/rule.malformed',
    ]);
    writeFileSync(file, '{');
    expect(() => loadProblemTexts(dir)).toThrow(expect.objectContaining({ code: 'definition.unreadable' }));
  });
});
