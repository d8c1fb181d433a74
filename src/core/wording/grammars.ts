import type { Language } from '../terms/language.js';
import { GRAMMAR_DE } from './grammar-de.js';
import { GRAMMAR_EN } from './grammar-en.js';
import { GRAMMAR_FR } from './grammar-fr.js';
import { GRAMMAR_IT } from './grammar-it.js';
import { GRAMMAR_SL } from './grammar-sl.js';
import type { Grammar } from './grammar.js';

/** The grammar of each language. */
export const GRAMMARS: Readonly<Record<Language, Grammar>> = {
  de: GRAMMAR_DE,
  fr: GRAMMAR_FR,
  it: GRAMMAR_IT,
  sl: GRAMMAR_SL,
  en: GRAMMAR_EN,
};
