import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';

const FACT_NAME = /[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+/g;

/** A fact in the reader's language; of a function (`share(edw.participants.business)`) the facts within it. */
export function factLabel(spelled: string, catalogue: FactCatalogue, language: Language): string {
  return spelled.replaceAll(FACT_NAME, (name) => catalogue.get(name)?.labels[language] ?? name);
}
