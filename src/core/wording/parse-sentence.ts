import { valuesOfParameter } from '../gates/regional-value.js';
import type { Condition } from '../logic/condition.js';
import { parseCondition } from '../logic/parse-condition.js';
import type { Problem } from '../terms/problem.js';
import { readCondition, type Place } from './read-condition.js';
import { SentenceFault } from './sentence-fault.js';
import { SentenceReader } from './sentence-reader.js';
import { scopeOf, type Wording } from './wording.js';

/** Longest sentence that is read, in UTF-16 units; the longest shipped one has about 2,700. */
export const SENTENCE_LENGTH_MAX = 500_000;

/** A problem of a sentence; `pointer` leads into the condition that was read, as far as one was. */
export interface SentenceProblem extends Problem {
  /** Where in the sentence, in UTF-16 units from its beginning. */
  readonly position: number;
}

export type ParsedSentence =
  /** `conditions` as json-rules-engine's JSON, `condition` as the typed tree. */
  | { readonly conditions: unknown; readonly condition: Condition }
  | { readonly problems: readonly SentenceProblem[] };

/**
 * Reads a sentence of the grammar, however the blanks are set, back to the condition that `renderCondition` has put
 * into words; an edited sentence gives the edited condition. The first fault of the wording ends it; the faults of a
 * condition that is well worded are all named. Time is bounded by the length: nothing is read twice.
 *
 * Problems: `sentence.unexpected` (with what was expected), `sentence.quotation`, `sentence.unknown-label`,
 * `sentence.ambiguous-label`, `sentence.number`, `sentence.date`, `sentence.parameter-value` (the parameter has
 * another value), `sentence.too-long`, `text.invisible-characters`, and those of `parseCondition`.
 *
 * @throws DomainError `definition.invalid` for a parameter that depends on a fact which is not in the catalogue
 */
export function parseSentence(sentence: string, wording: Wording): ParsedSentence {
  if (sentence.length > SENTENCE_LENGTH_MAX) {
    const message = `A sentence has at most ${SENTENCE_LENGTH_MAX} characters.`;
    return refused('sentence.too-long', SENTENCE_LENGTH_MAX, message);
  }
  const scope = scopeOf(wording);
  const reader = new SentenceReader(sentence, scope.grammar.decimalSeparator);
  const places: Place[] = [];
  try {
    const conditions = readCondition({ reader, scope, places, numbers: [] });
    const parameters = new Map(
      [...wording.parameters].map(([name, parameter]) => [name, valuesOfParameter(parameter)]),
    );
    const parsed = parseCondition(conditions, { catalogue: wording.catalogue, parameters });
    if ('condition' in parsed) return { conditions, condition: parsed.condition };
    return { problems: parsed.problems.map((problem) => located(problem, places)) };
  } catch (fault) {
    if (fault instanceof SentenceFault) return refused(fault.code, fault.position, fault.message);
    throw fault;
  }
}

function refused(code: string, position: number, message: string): ParsedSentence {
  return { problems: [{ pointer: '', code, message, position }] };
}

function located(problem: Problem, places: readonly Place[]): SentenceProblem {
  return { ...problem, position: positionOf(problem.pointer, places) };
}

/** Of the innermost part of which the place is known; 0 if there is none. */
function positionOf(pointer: string, places: readonly Place[]): number {
  const around = places.filter(([place]) => pointer === place || pointer.startsWith(`${place}/`));
  return around.reduce((best, each) => (each[0].length >= best[0].length ? each : best), ['', 0] as Place)[1];
}
