import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../../src/core/terms/language.js';

/** The parsed files of config/texts, a fresh copy at each call. */
export function readShippedTexts(): Record<Language, unknown> {
  return Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      JSON.parse(readFileSync(new URL(`../../config/texts/${language}.json`, import.meta.url), 'utf8')),
    ]),
  ) as Record<Language, unknown>;
}
