import { quote } from '../logic/parse-report.js';
import type { Grammar } from './grammar.js';
import { SentenceFault } from './sentence-fault.js';
import { nextToken, type Token } from './sentence-token.js';

/** Something that may stand at a point of the sentence: it begins with these tokens. */
export interface Option<T> {
  /** As a person would write it. */
  readonly phrase: string;
  readonly tokens: readonly Token[];
  /** What is meant by it. */
  readonly meaning: T;
}

/** How far `find` looks ahead. */
const LOOKAHEAD_TOKENS_MAX = 10_000;

/** Walks through a sentence token by token, and never back; tokens are made when they are asked for. */
export class SentenceReader {
  readonly #source: string;
  readonly #separator: Grammar['decimalSeparator'];
  readonly #tokens: Token[] = [];
  #next = 0;

  constructor(source: string, separator: Grammar['decimalSeparator']) {
    this.#source = source;
    this.#separator = separator;
  }

  /** The token that comes `ahead` tokens after the next one; beyond the end there are only `end` tokens. */
  peek(ahead = 0): Token {
    const index = this.#next + ahead;
    for (;;) {
      const found = this.#tokens[index];
      if (found !== undefined) return found;
      const offset = this.#tokens.at(-1)?.end ?? 0;
      this.#tokens.push(nextToken(this.#source, offset, this.#separator));
    }
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Whether the next tokens are these. */
  sees(tokens: readonly Token[]): boolean {
    return tokens.every(({ kind, value }, i) => {
      const token = this.peek(i);
      return token.kind === kind && token.value === value;
    });
  }

  /** Takes these tokens if they come next. */
  takes(tokens: readonly Token[]): boolean {
    const isNext = this.sees(tokens);
    if (isNext) this.#next += tokens.length;
    return isNext;
  }

  /** Takes the option that comes next; of several the longest. Null, and nothing is taken, if none does. */
  chooses<T>(options: readonly Option<T>[]): T | null {
    let best: Option<T> | null = null;
    for (const option of options) {
      const isLonger = option.tokens.length > (best?.tokens.length ?? 0);
      if (isLonger && this.sees(option.tokens)) best = option;
    }
    if (best === null) return null;
    this.#next += best.tokens.length;
    return best.meaning;
  }

  /** The first token from here on that `isIt`; null if `isEnd`, or the end of the sentence, comes before it. */
  find(
    isIt: (token: Token, before: Token | null) => boolean,
    isEnd: (token: Token) => boolean,
  ): Token | null {
    let before: Token | null = null;
    for (let ahead = 0; ahead < LOOKAHEAD_TOKENS_MAX; ahead += 1) {
      const token = this.peek(ahead);
      if (isIt(token, before)) return token;
      if (token.kind === 'end' || isEnd(token)) return null;
      before = token;
    }
    return null;
  }

  /**
   * Says that the next token does not belong here.
   *
   * @param expected what could stand here instead, as the end of "Expected ..."
   */
  unexpected(expected: string): SentenceFault {
    const { kind, value, start, end } = this.peek();
    const found = kind === 'end' ? 'the end' : quote(this.#source.slice(start, end) || value);
    return new SentenceFault('sentence.unexpected', start, `Expected ${expected}; found ${found}.`);
  }
}
