import { hasInvisibleCharacters } from '../terms/invisible-characters.js';

/** `"` for the label of a fact, `'` for a word or a text, `[` for a technical name. */
export type QuotationMark = '"' | "'" | '[';

/** What may be written without showing: a blank, a tab, a new line, and the narrow and fixed blanks of typography. */
const BLANK = /[ \t\r\n\u00a0\u2009\u202f]/;

const ESCAPED = /^\\(?:([\\"'\]])|u\{([0-9a-f]{1,6})\})/;
const ESCAPE_LENGTH_MAX = '\\u{10ffff}'.length;
const CODE_POINT_MAX = 0x10_ff_ff;

/** Whether a character is a blank between words. */
export function isBlank(character: string): boolean {
  return BLANK.test(character);
}

/**
 * A text in quotation marks, so that it can be read back to the letter and hides nothing: a backslash stands before a
 * backslash and the closing mark; whatever a reader could not see or count (a direction mark, a second blank, a blank
 * at an end) is written as `\u{202e}`.
 */
export function quotation(text: string, mark: QuotationMark): string {
  const closing = closingOf(mark);
  const characters = [...text];
  const written = characters.map((character, i) => {
    if (character === '\\' || character === closing) return `\\${character}`;
    const isSpace = /\s/u.test(character);
    const isPlainSpace = character === ' ' && i > 0 && characters[i - 1] !== ' ' && i < characters.length - 1;
    if (isPlainSpace || (!isSpace && !hasInvisibleCharacters(character))) return character;
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `${mark}${written.join('')}${closing}`;
}

export type ReadQuotation =
  | { readonly text: string; readonly end: number }
  /** `at`: where it cannot be read. */
  | { readonly fault: 'unfinished' | 'invisible' | 'escape'; readonly at: number };

/**
 * Reads what `quotation` has written, from the mark at `start` to the closing mark before `end`. Several blanks count
 * as one, and blanks at the ends do not count: a line may have been broken there.
 */
export function readQuotation(source: string, start: number, mark: QuotationMark): ReadQuotation {
  const closing = closingOf(mark);
  const parts: string[] = [];
  let at = start + 1;
  let isAfterBlank = false;
  for (;;) {
    const code = source.codePointAt(at);
    if (code === undefined) return { fault: 'unfinished', at: start };
    const character = String.fromCodePoint(code);
    if (character === closing) return { text: parts.join(''), end: at + 1 };
    if (isBlank(character)) {
      isAfterBlank = true;
      at += 1;
      continue;
    }
    if (hasInvisibleCharacters(character)) return { fault: 'invisible', at };
    if (isAfterBlank && parts.length > 0) parts.push(' ');
    isAfterBlank = false;
    const escape =
      character === '\\' ? readEscape(source, at) : { text: character, length: character.length };
    if (escape === null) return { fault: 'escape', at };
    parts.push(escape.text);
    at += escape.length;
  }
}

function readEscape(source: string, at: number): { readonly text: string; readonly length: number } | null {
  const [all, plain, hex] = ESCAPED.exec(source.slice(at, at + ESCAPE_LENGTH_MAX)) ?? [];
  if (all === undefined) return null;
  if (plain !== undefined) return { text: plain, length: all.length };
  const code = Number.parseInt(hex ?? '', 16);
  return code <= CODE_POINT_MAX ? { text: String.fromCodePoint(code), length: all.length } : null;
}

function closingOf(mark: QuotationMark): string {
  return mark === '[' ? ']' : mark;
}
