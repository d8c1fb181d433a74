import type { Language } from '../core/terms/language.js';

/** Beyond this a notice counts nothing; French and Italian have a form of their own from a million on. */
const COUNT_MAX = 1000;

/**
 * The plural categories that whole numbers from 0 to `COUNT_MAX` take in a language: one and other; in
 * Slovenian also two (the dual) and few (three and four). Source: Unicode CLDR, by the runtime's Intl.
 */
export function pluralFormsOf(language: Language): readonly Intl.LDMLPluralRule[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: COUNT_MAX + 1 }, (_, count) => rules.select(count)))];
}
