import { hasInvisibleCharacters } from '../terms/invisible-characters.js';
import type { Grammar } from './grammar.js';
import { isBlank, readQuotation, type QuotationMark } from './quotation.js';
import { SentenceFault } from './sentence-fault.js';

/**
 * The smallest parts of a sentence. `label` in double quotes, `text` in single quotes, `name` in square brackets,
 * `item` a number like `(2.1)`, `number` with the separator of the language, `mark` any other character.
 */
export interface Token {
  readonly kind: 'label' | 'text' | 'name' | 'item' | 'number' | 'word' | 'mark' | 'end';
  /** What stands between the quotes, the brackets or the parentheses; else the characters themselves. */
  readonly value: string;
  /** Where it begins and where it ends, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const QUOTED: ReadonlyMap<string, readonly [QuotationMark, Token['kind']]> = new Map([
  ['"', ['"', 'label']],
  ["'", ["'", 'text']],
  ['[', ['[', 'name']],
]);

const ITEM = /\((\d{1,3}(?:\.\d{1,3}){0,25})\)/y;
const NUMBERS: Readonly<Record<Grammar['decimalSeparator'], RegExp>> = {
  ',': /-?\d+(?:,\d+)?/y,
  '.': /-?\d+(?:\.\d+)?/y,
};
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’-][\p{L}\p{N}]+)*/uy;

/**
 * The token that begins at or after `offset`; blanks before it do not count.
 *
 * @throws SentenceFault `text.invisible-characters`, `sentence.quotation`
 */
export function nextToken(source: string, offset: number, separator: Grammar['decimalSeparator']): Token {
  let start = offset;
  while (start < source.length && isBlank(source.charAt(start))) start += 1;
  const character = source.charAt(start);
  if (character === '') return { kind: 'end', value: '', start, end: start };

  const quoted = QUOTED.get(character);
  if (quoted !== undefined) return quotedToken(source, start, quoted);
  const item = matchAt(ITEM, source, start);
  if (item !== null) return { kind: 'item', value: item.slice(1, -1), start, end: start + item.length };
  for (const [kind, pattern] of [
    ['number', NUMBERS[separator]],
    ['word', WORD],
  ] as const) {
    const value = matchAt(pattern, source, start);
    if (value !== null) return { kind, value, start, end: start + value.length };
  }
  const value = String.fromCodePoint(source.codePointAt(start) ?? 0);
  if (hasInvisibleCharacters(value)) throw invisible(start);
  return { kind: 'mark', value, start, end: start + value.length };
}

function quotedToken(
  source: string,
  start: number,
  [mark, kind]: readonly [QuotationMark, Token['kind']],
): Token {
  const read = readQuotation(source, start, mark);
  if (!('fault' in read)) return { kind, value: read.text, start, end: read.end };
  switch (read.fault) {
    case 'invisible':
      throw invisible(read.at);
    case 'unfinished':
      throw new SentenceFault('sentence.quotation', read.at, `What begins with ${mark} here does not end.`);
    case 'escape': {
      const message = 'After a backslash stands a quotation mark, a backslash or u{number}.';
      throw new SentenceFault('sentence.quotation', read.at, message);
    }
  }
}

function invisible(at: number): SentenceFault {
  const message = 'Here is a zero-width, direction or control character.';
  return new SentenceFault('text.invisible-characters', at, message);
}

/** What a sticky pattern matches at an offset; null if it does not match there. */
function matchAt(pattern: RegExp, source: string, offset: number): string | null {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0] ?? null;
}
