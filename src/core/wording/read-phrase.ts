import type { Template } from './grammar.js';
import type { Option, SentenceReader } from './sentence-reader.js';
import { partsOf } from './template.js';
import type { WordingScope } from './wording.js';

/** Where a sentence is being read. */
export interface ReadSite {
  readonly reader: SentenceReader;
  readonly scope: WordingScope;
}

/** The first words of a template, or all of one without places, as an option. */
export function optionOf<T>(template: Template, meaning: T): Option<T> {
  const [first] = partsOf(template);
  const isText = first !== undefined && 'text' in first;
  return { phrase: isText ? first.text : '', tokens: isText ? first.tokens : [], meaning };
}

/**
 * Reads what comes after the first words of a template.
 *
 * @param places reads what stands at a place
 * @returns what was read, by place
 * @throws SentenceFault
 */
export function readAfterFirst<T>(
  template: Template,
  { reader }: ReadSite,
  places: (place: string) => T,
): Readonly<Record<string, T>> {
  const read: Record<string, T> = {};
  for (const part of partsOf(template).slice(1)) {
    if ('place' in part) read[part.place] = places(part.place);
    else if (!reader.takes(part.tokens)) throw reader.unexpected(`“${part.text}”`);
  }
  return read;
}

/** Options as a person reads them, with what else could stand there. */
export function listed(options: readonly Option<unknown>[], others: readonly string[] = []): string {
  const all = [...options.map(({ phrase }) => `“${phrase}”`), ...others];
  return all.length === 1 ? all.join('') : `one of ${all.join(', ')}`;
}
