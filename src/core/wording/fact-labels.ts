import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { DomainError } from '../terms/domain-error.js';
import type { Language } from '../terms/language.js';
import { quotation } from './quotation.js';

/** Per catalogue, which is never changed: to index a hundred labels takes longer than to word a rule. */
const known = new WeakMap<FactCatalogue, Map<Language, FactLabels>>();

/** The labels of a catalogue in one language, and back from the label to the fact. */
export class FactLabels {
  readonly #labels = new Map<string, string>();
  readonly #names = new Map<string, string[]>();

  static of(catalogue: FactCatalogue, language: Language): FactLabels {
    const byLanguage = known.get(catalogue) ?? new Map<Language, FactLabels>();
    const found = byLanguage.get(language);
    if (found !== undefined) return found;
    const labels = new FactLabels(catalogue, language);
    known.set(catalogue, byLanguage.set(language, labels));
    return labels;
  }

  private constructor(catalogue: FactCatalogue, language: Language) {
    for (const { name, labels } of catalogue.values()) {
      const label = withSingleBlanks(labels[language]);
      this.#labels.set(name, label);
      this.#names.set(label, [...this.namesOf(label), name]);
    }
  }

  /** Names of the facts that have this label; blanks count as in a sentence. */
  namesOf(label: string): readonly string[] {
    return this.#names.get(label) ?? [];
  }

  /**
   * The label in double quotes, followed by the name in brackets where another fact has the same label.
   *
   * @throws DomainError `definition.invalid` for a fact that is not in the catalogue
   */
  spell(name: string): string {
    const label = this.#labels.get(name);
    if (label === undefined) throw new DomainError('definition.invalid', { fact: name });
    const isShared = this.namesOf(label).length > 1;
    return isShared ? `${quotation(label, '"')} ${quotation(name, '[')}` : quotation(label, '"');
  }
}

function withSingleBlanks(label: string): string {
  return label.replaceAll(/\s+/gu, ' ').trim();
}
