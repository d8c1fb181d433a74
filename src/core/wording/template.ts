import type { Template } from './grammar.js';
import { nextToken, type Token } from './sentence-token.js';

/** Words that stand in the sentence as they are, or a place that is filled. */
export type TemplatePart =
  { readonly text: string; readonly tokens: readonly Token[] } | { readonly place: string };

const PLACE = /\{(\w+)\}/;

/** One entry per phrase of the grammars, which are few and never change. */
const known = new Map<Template, readonly TemplatePart[]>();

/** The words and places of a template, in order. */
export function partsOf(template: Template): readonly TemplatePart[] {
  const found = known.get(template);
  if (found !== undefined) return found;
  // Split with a group: words and places take turns.
  const parts = template.split(PLACE).flatMap((text, i): TemplatePart[] => {
    if (i % 2 === 1) return [{ place: text }];
    return text.trim() === '' ? [] : [{ text: text.trim(), tokens: tokensOf(text) }];
  });
  known.set(template, parts);
  return parts;
}

/** The tokens of a phrase without places. Phrases have no decimals, so the separator does not matter. */
export function tokensOf(phrase: string, separator: ',' | '.' = ','): readonly Token[] {
  const tokens: Token[] = [];
  for (let token = nextToken(phrase, 0, separator); token.kind !== 'end';) {
    tokens.push(token);
    token = nextToken(phrase, token.end, separator);
  }
  return tokens;
}

/** A template with every place filled; a place that is not given stays empty. */
export function fill(template: Template, places: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, place: string) => places[place] ?? '');
}

/** The same with a capital letter, for the beginning of a sentence. */
export function capitalised(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
