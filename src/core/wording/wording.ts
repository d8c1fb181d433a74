import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { ParameterDefinition } from '../gates/rulebook-schema.js';
import type { Language } from '../terms/language.js';
import { FactLabels } from './fact-labels.js';
import type { Grammar } from './grammar.js';
import { GRAMMARS } from './grammars.js';

/** What a sentence is about and in which language it is. */
export interface Wording {
  readonly catalogue: FactCatalogue;
  readonly language: Language;
  /** Those of the rule, by name: a sentence shows their values. */
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
}

/** A wording made ready. */
export interface WordingScope extends Omit<Wording, 'language'> {
  readonly grammar: Grammar;
  readonly labels: FactLabels;
}

/** Makes a wording ready for one sentence. */
export function scopeOf({ catalogue, language, parameters }: Wording): WordingScope {
  return {
    catalogue,
    parameters,
    grammar: GRAMMARS[language],
    labels: FactLabels.of(catalogue, language),
  };
}
