import { readFileSync } from 'node:fs';
import {
  factCatalogueSchema,
  type FactCatalogue,
  type FactDefinition,
} from '../../../src/core/facts/fact-catalogue.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { valuesOfParameter } from '../../../src/core/gates/regional-value.js';
import type { Rule, Rulebook } from '../../../src/core/gates/rulebook.js';
import type { ParameterDefinition } from '../../../src/core/gates/rulebook-schema.js';
import type { Condition } from '../../../src/core/logic/condition.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import type { Language } from '../../../src/core/terms/language.js';
import { parseSentence, type SentenceProblem } from '../../../src/core/wording/parse-sentence.js';
import { renderCondition } from '../../../src/core/wording/render-condition.js';
import type { Wording } from '../../../src/core/wording/wording.js';

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

/** The shipped catalogue. */
export const catalogue: FactCatalogue = new Map(
  factCatalogueSchema.parse(read('rules/facts/1.json')).facts.map((fact) => [fact.name, fact]),
);

export const rulebook: Rulebook = (() => {
  const compiled = compileRulebook(read('rules/region-cycle/1.json'), catalogue, 'a-hash');
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
  return compiled.rulebook;
})();

export function rule(id: string): Rule {
  const found = rulebook.rules.get(id);
  if (found === undefined) throw new Error(`there is no rule ${id}`);
  return found;
}

export function wordingOf(
  language: Language,
  parameters: Readonly<Record<string, ParameterDefinition>> = {},
  facts = catalogue,
): Wording {
  return { catalogue: facts, language, parameters: new Map(Object.entries(parameters)) };
}

/** The tree of a condition; null if the parser of conditions refuses it. */
export function treeOf(json: unknown, { catalogue: facts, parameters }: Wording): Condition | null {
  const values = new Map([...parameters].map(([name, each]) => [name, valuesOfParameter(each)]));
  const parsed = parseCondition(json, { catalogue: facts, parameters: values });
  return 'condition' in parsed ? parsed.condition : null;
}

/** A condition in words; throws if it is none. */
export function worded(json: unknown, wording: Wording): string {
  const tree = treeOf(json, wording);
  if (tree === null) throw new Error(`refused: ${JSON.stringify(json)}`);
  return renderCondition(tree, wording);
}

/** The JSON that a sentence means; throws if it has a problem. */
export function meant(sentence: string, wording: Wording): unknown {
  const parsed = parseSentence(sentence, wording);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.conditions;
}

export function problemsOf(sentence: string, wording: Wording): readonly SentenceProblem[] {
  const parsed = parseSentence(sentence, wording);
  return 'problems' in parsed ? parsed.problems : [];
}

/** Code, what stands at the position (up to `length` characters), and message of the first problem. */
export function fault(
  sentence: string,
  wording: Wording,
  length = 12,
): { code: string; at: string; message: string } | null {
  const [first] = problemsOf(sentence, wording);
  if (first === undefined) return null;
  const { code, position, message } = first;
  return { code, at: sentence.slice(position, position + length), message };
}

/** A small catalogue in which some facts share their labels, or have odd ones. */
export const oddCatalogue: FactCatalogue = new Map(
  (
    [
      ['one.count', 'The count', { kind: 'integer', min: 0, max: 100, unit: 'widgets' }],
      ['two.count', 'The  count', { kind: 'integer', min: 0, max: 100, unit: 'widgets' }],
      ['odd.label', 'A "label" with \\ and [brackets]', { kind: 'boolean' }],
      ['odd.words', 'Words', { kind: 'enum', values: ['met', 'not met', 'not_met', "o'clock"] }],
      ['odd.text', 'Text', { kind: 'text' }],
      ['one.flag', 'Flag', { kind: 'boolean' }],
      ['two.flag', 'Other flag', { kind: 'boolean' }],
    ] as const
  ).map(([name, label, type]): [string, FactDefinition] => [
    name,
    {
      name,
      type: type.kind === 'enum' ? { kind: 'enum', values: [...type.values] } : type,
      owner: 'regional_authority',
      scope: 'cycle',
      staleAfterMonths: null,
      labels: { de: label, fr: label, it: label, sl: label, en: label },
    },
  ]),
);
