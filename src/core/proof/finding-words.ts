import { LANGUAGES, type Labels, type Language } from '../terms/language.js';
import { FINDING_CODES, type FindingCode } from './finding-code.js';
import type { FindingText } from './finding-text.js';
import { FINDING_WORDS_DE } from './finding-words-de.js';
import { FINDING_WORDS_EN } from './finding-words-en.js';
import { FINDING_WORDS_FR } from './finding-words-fr.js';
import { FINDING_WORDS_IT } from './finding-words-it.js';
import { FINDING_WORDS_SL } from './finding-words-sl.js';

const TEXTS: Readonly<Record<Language, FindingText>> = {
  de: FINDING_WORDS_DE,
  fr: FINDING_WORDS_FR,
  it: FINDING_WORDS_IT,
  sl: FINDING_WORDS_SL,
  en: FINDING_WORDS_EN,
};

/** Why something is found, and what to do about it, in every language. Plain sentences: the particulars are beside. */
export const FINDING_WORDS = Object.fromEntries(
  FINDING_CODES.map((code) => [code, { cause: labelsOf(code, 'cause'), remedy: labelsOf(code, 'remedy') }]),
) as unknown as Readonly<Record<FindingCode, { readonly cause: Labels; readonly remedy: Labels }>>;

function labelsOf(code: FindingCode, part: 'cause' | 'remedy'): Labels {
  const entries = LANGUAGES.map((language) => [language, TEXTS[language][code][part]]);
  return Object.fromEntries(entries) as Record<Language, string>;
}
