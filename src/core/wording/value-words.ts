import { VALUE_WORDS, type Grammar } from './grammar.js';

/**
 * How the words of an enumeration are written in a language: translated where the grammar knows them, else as they
 * are. All stay as they are if two of them would come out the same.
 *
 * @returns by word
 */
export function valueWords(among: readonly string[], grammar: Grammar): ReadonlyMap<string, string> {
  const translated = new Map(
    among.map((word) => {
      const known = VALUE_WORDS.find((each) => each === word);
      return [word, known === undefined ? word : grammar.valueWords[known]];
    }),
  );
  const isUnique = new Set(translated.values()).size === translated.size;
  return isUnique ? translated : new Map(among.map((word) => [word, word]));
}
