import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { hasInvisibleCharacters } from '../../../src/core/terms/invisible-characters.js';
import { LANGUAGES } from '../../../src/core/terms/language.js';
import { parseSentence } from '../../../src/core/wording/parse-sentence.js';
import { renderCondition } from '../../../src/core/wording/render-condition.js';
import { conditions, parameters } from './random-conditions.js';
import { rulebook, treeOf, wordingOf } from './wording-fixtures.js';

/** Runs of the properties; fast-check prints the seed with every counterexample. */
const RUNS = { seed: 20_170_320, numRuns: 10_000, maxSkipsPerRun: 1_000 };

const wordings = LANGUAGES.map((language) => wordingOf(language, parameters));
const [anyWording = wordingOf('en', parameters)] = wordings;

describe('a sentence', () => {
  it.each(LANGUAGES)('of every shipped rule reads back to the identical tree: %s', (language) => {
    for (const { condition, parameters: own } of rulebook.rules.values()) {
      const wording = { ...wordingOf(language), parameters: own };
      const parsed = parseSentence(renderCondition(condition, wording), wording);
      expect(parsed).toHaveProperty('condition', condition);
    }
  });

  it.each(wordings)('of a random condition reads back to the identical tree: $language', (wording) => {
    fc.assert(
      fc.property(conditions, (json) => {
        const tree = treeOf(json, wording);
        fc.pre(tree !== null);
        const sentence = renderCondition(tree, wording);
        const parsed = parseSentence(sentence, wording);
        if ('problems' in parsed) throw new Error(`${sentence}\n${JSON.stringify(parsed.problems)}`);
        // As texts: Jest's own comparison of two trees takes longer than to word and read them.
        expect(spelled(parsed.condition)).toBe(spelled(tree));
      }),
      RUNS,
    );
  });

  it('is never shared by two trees, not even by one that is grouped in another way', () => {
    const byTree = new Map<string, string>();
    const bySentence = new Map<string, string>();
    fc.assert(
      fc.property(conditions, fc.nat(), pickOfChanges, (json, at, change) => {
        for (const each of [json, change(json, at)]) {
          const tree = treeOf(each, anyWording);
          if (tree === null) continue;
          const [text, sentence] = [spelled(tree), renderCondition(tree, anyWording)];
          expect(bySentence.get(sentence) ?? text).toBe(text);
          expect(byTree.get(text) ?? sentence).toBe(sentence);
          bySentence.set(sentence, text);
          byTree.set(text, sentence);
        }
      }),
      RUNS,
    );
    expect(byTree.size).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('shows nothing that a reader cannot see', () => {
    fc.assert(
      fc.property(conditions, (json) => {
        const tree = treeOf(json, anyWording);
        fc.pre(tree !== null);
        const sentence = renderCondition(tree, anyWording);
        expect(hasInvisibleCharacters(sentence)).toBe(false);
        expect(sentence).not.toContain('  ');
      }),
      { ...RUNS, numRuns: 1_000 },
    );
  });
});

/** A tree as a text that tells 0 from -0, as `toEqual` does. */
function spelled(tree: unknown): string {
  return JSON.stringify(tree, (_, value: unknown) => (Object.is(value, -0) ? '-0' : value));
}

type Group = Readonly<Record<string, unknown>>;

/** Small changes of a condition's root that a careless grammar would not show. */
const changes: readonly ((json: unknown, at: number) => unknown)[] = [
  (json) => ({ all: [json] }),
  (json) => ({ any: [json] }),
  (json) => ({ not: json }),
  (json) => ({ not: { not: json } }),
  (json, at) => ontoParts(json, (parts) => parts.toSpliced(at % parts.length, 1)),
  (json, at) => ontoParts(json, (parts) => [...parts, parts[at % parts.length]]),
  (json, at) =>
    ontoParts(json, (parts) => {
      const cut = at % parts.length;
      return [...parts.slice(0, cut), { all: parts.slice(cut) }];
    }),
  (json, at) =>
    ontoParts(json, (parts) => {
      const cut = (at % parts.length) + 1;
      return [{ any: parts.slice(0, cut) }, ...parts.slice(cut)];
    }),
  (json) => {
    const { all, any } = json as Group;
    return all === undefined ? { all: any } : { any: all };
  },
];

const pickOfChanges = fc.constantFrom(...changes);

function ontoParts(json: unknown, change: (parts: readonly unknown[]) => readonly unknown[]): unknown {
  const { all, any } = json as Group;
  if (Array.isArray(all)) return { all: change(all) };
  return Array.isArray(any) ? { any: change(any) } : json;
}
