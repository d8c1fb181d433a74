/** The characters that a reader cannot see, as the inside of a character class of a regular expression (flag `u`). */
export const INVISIBLE_CLASS = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}`;

const INVISIBLE = new RegExp(`[${INVISIBLE_CLASS}]`, 'u');

/**
 * Whether a text holds characters that a reader cannot see: controls, zero-width and direction marks, halves of
 * surrogate pairs, private use, line and paragraph separators.
 *
 * Such a text can look like another one, or read in another order than it is stored ("Trojan Source",
 * CVE-2021-42574), and a NUL cannot be stored by PostgreSQL at all.
 */
export function hasInvisibleCharacters(text: string): boolean {
  return INVISIBLE.test(text);
}
