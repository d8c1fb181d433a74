import { quote } from '../logic/parse-report.js';
import type { Grammar } from './grammar.js';
import { listed, optionOf, readAfterFirst, type ReadSite } from './read-phrase.js';
import { SentenceFault } from './sentence-fault.js';
import type { Option } from './sentence-reader.js';
import { tokensOf } from './template.js';

/** A fact or a function of facts, as json-rules-engine names it. */
export interface TermJson {
  readonly fact: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** How a function of facts is read: its name, the params that the phrase implies, the places that hold a list. */
interface Reading {
  readonly fact: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly lists?: readonly string[];
}

type TermKey = keyof Grammar['terms'];

const READINGS: Readonly<Record<Exclude<TermKey, 'value'>, Reading>> = {
  days: { fact: 'days-between' },
  months: { fact: 'months-between' },
  workingDaysOwn: { fact: 'working-days-between', params: { calendar: 'own' } },
  workingDaysNeighbours: { fact: 'working-days-between', params: { calendar: 'neighbours' } },
  sum: { fact: 'sum', lists: ['of'] },
  mean: { fact: 'mean', lists: ['of'] },
  share: { fact: 'share', lists: ['in'] },
  difference: { fact: 'difference' },
};

const FUNCTIONS = Object.keys(READINGS) as Exclude<TermKey, 'value'>[];

/** The functions with which a comparison can begin. */
export function functionOptions({ terms }: Grammar): readonly Option<TermKey>[] {
  return FUNCTIONS.map((key) => optionOf(terms[key], key));
}

/** What can stand on the right side of numbers instead of a number. */
export function termOptions(grammar: Grammar): readonly Option<TermKey>[] {
  return [...functionOptions(grammar), optionOf(grammar.terms.value, 'value')];
}

/** Reads a function after its first words, or a fact after "the value of". */
export function readFunction(key: TermKey, site: ReadSite): TermJson {
  const template = site.scope.grammar.terms[key];
  if (key === 'value') {
    const { fact = '' } = readAfterFirst(template, site, () => readFact(site));
    return { fact };
  }
  const { fact, params = {}, lists = [] } = READINGS[key];
  const read = readAfterFirst(template, site, (place): unknown => {
    if (place === 'from' || place === 'to') return readEnd(place, site);
    return lists.includes(place) ? readFacts(site) : readFact(site);
  });
  return { fact, params: { ...params, ...read } };
}

/**
 * Reads the label of a fact, with the name after it where two facts have the label.
 *
 * @returns the name of the fact
 * @throws SentenceFault `sentence.unknown-label`, `sentence.ambiguous-label`, `sentence.unexpected`
 */
export function readFact({ reader, scope }: ReadSite): string {
  if (reader.peek().kind !== 'label') throw reader.unexpected('the label of a fact in double quotes');
  const { value: label, start } = reader.take();
  const names = scope.labels.namesOf(label);
  const [first] = names;
  if (first === undefined) {
    throw new SentenceFault('sentence.unknown-label', start, `No fact has the label ${quote(label)}.`);
  }
  const next = reader.peek();
  if (next.kind === 'name') {
    if (!names.includes(next.value)) {
      throw reader.unexpected(names.map((name) => `[${name}]`).join(' or '));
    }
    return reader.take().value;
  }
  if (names.length === 1) return first;
  const message = `Several facts have this label; write the name behind it: ${names.map((name) => `[${name}]`).join(' or ')}.`;
  throw new SentenceFault('sentence.ambiguous-label', start, message);
}

/** Reads a list of at least one part: with commas, and a word before the last. */
export function readList<T>(
  site: ReadSite,
  beforeLast: string,
  readPart: (site: ReadSite) => T,
): readonly T[] {
  const parts = [readPart(site)];
  while (site.reader.takes(COMMA)) parts.push(readPart(site));
  if (site.reader.chooses([optionOf(beforeLast, true)]) !== null) parts.push(readPart(site));
  return parts;
}

const COMMA = tokensOf(',');

function readFacts(site: ReadSite): readonly string[] {
  return readList(site, site.scope.grammar.and, readFact);
}

/** Where a stretch of time begins or ends: the name of a fact, or `today`. */
function readEnd(place: 'from' | 'to', site: ReadSite): string {
  const { fromFact, fromToday, toFact, toToday } = site.scope.grammar.ends;
  const [fact, today] = place === 'from' ? [fromFact, fromToday] : [toFact, toToday];
  const options = [optionOf(fact, fact), optionOf(today, today)];
  const template = site.reader.chooses(options);
  if (template === null) throw site.reader.unexpected(listed(options));
  const read = readAfterFirst(template, site, () => readFact(site));
  return template === today ? 'today' : (read['fact'] ?? '');
}
