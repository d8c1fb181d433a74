import { parseCalendarDate } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import { quote } from '../logic/parse-report.js';
import { listed, optionOf, type ReadSite } from './read-phrase.js';
import { readFact, readFunction, readList, termOptions, type TermJson } from './read-term.js';
import { SentenceFault } from './sentence-fault.js';
import { readNumber } from './spell-number.js';
import { spellParameter } from './spell-parameter.js';
import { spellValue, unitForms } from './spell-value.js';
import { tokensOf } from './template.js';
import type { ValueKind } from './value-kind.js';
import { valueWords } from './value-words.js';

const YEAR = /^\d{4}$/;

/** A day that every calendar has, to show how a date is written. */
const EXAMPLE_DATE = '2017-03-20';

/**
 * Reads what a term is compared with: a parameter, a constant or, for numbers and dates, another term.
 *
 * @returns the `value` of a leaf in json-rules-engine's format
 * @throws SentenceFault
 */
export function readValue(kind: ValueKind, site: ReadSite): FactScalar | TermJson {
  const { reader } = site;
  // A name in brackets behind a label is the fact's; behind anything else it is a parameter's.
  const parameter = reader.find(
    (token, before) => token.kind === 'name' && before?.kind !== 'label',
    ({ kind: tokenKind, value }) => tokenKind === 'item' || (tokenKind === 'mark' && value === ';'),
  );
  if (parameter !== null) return readParameter(parameter.value, parameter.start, kind, site);
  switch (kind.kind) {
    case 'number': {
      const key = reader.chooses(termOptions(site.scope.grammar));
      return key === null ? readAmount(kind.unit, site) : readFunction(key, site);
    }
    case 'date':
      return reader.peek().kind === 'label' ? { fact: readFact(site) } : readDate(site);
    case 'boolean':
      return readYesOrNo(site);
    case 'word':
      return readWord(kind.among, site);
  }
}

/** Reads the words of a list. */
export function readWords(kind: ValueKind, site: ReadSite): readonly string[] {
  const among = kind.kind === 'word' ? kind.among : null;
  return readList(site, site.scope.grammar.or, () => readWord(among, site));
}

/** The values in the sentence must be those of the rule: who edits them here would change nothing. */
function readParameter(name: string, start: number, kind: ValueKind, { reader, scope }: ReadSite): TermJson {
  if (!scope.parameters.has(name)) {
    const message = `The rule has no parameter ${quote(name)}.`;
    throw new SentenceFault('rule.unknown-parameter', start, message);
  }
  const expected = spellParameter(name, kind, scope);
  for (const token of tokensOf(expected, scope.grammar.decimalSeparator)) {
    if (reader.takes([token])) continue;
    const message = `The rule has ${expected} here: change the parameter, not the sentence.`;
    throw new SentenceFault('sentence.parameter-value', reader.peek().start, message);
  }
  return { fact: 'parameter', params: { name } };
}

function readAmount(unit: string | null, { reader, scope }: ReadSite): number {
  const { grammar } = scope;
  const { kind, value: text, start } = reader.peek();
  if (kind !== 'number') {
    throw reader.unexpected(
      listed(termOptions(grammar), [`a number like “${spellValue(3.5, NO_UNIT, grammar)}”`]),
    );
  }
  const value = readNumber(text, grammar.decimalSeparator);
  if (value === null) {
    const message = `${quote(text)} is not how a number is written here: no digits more or less than it needs.`;
    throw new SentenceFault('sentence.number', start, message);
  }
  reader.take();
  if (unit !== null) readUnit(unit, { reader, scope });
  return value;
}

const NO_UNIT: ValueKind = { kind: 'number', unit: null };

/** Any form of the unit will do: who makes 2 of 3 need not know the dual. */
function readUnit(unit: string, { reader, scope }: ReadSite): void {
  const forms = unitForms(unit, scope.grammar);
  if (forms !== null) {
    const options = [...new Set(Object.values(forms) as string[])].map((form) => optionOf(form, form));
    if (reader.chooses(options) === null) throw reader.unexpected(listed(options));
    return;
  }
  const { kind, value } = reader.peek();
  if (kind !== 'text' || value !== unit) throw reader.unexpected(`the unit '${unit}'`);
  reader.take();
}

function readDate({ reader, scope }: ReadSite): string {
  const { grammar } = scope;
  const { start } = reader.peek();
  const day = reader.chooses(grammar.days.map((phrase, i) => optionOf(phrase, i + 1)));
  const month =
    day === null ? null : reader.chooses(grammar.monthNames.map((name, i) => optionOf(name, i + 1)));
  if (day === null || month === null || !YEAR.test(reader.peek().value)) {
    throw reader.unexpected(
      `the label of a fact in double quotes or a date like “${spellValue(EXAMPLE_DATE, { kind: 'date' }, grammar)}”`,
    );
  }
  const [monthText, dayText] = [month, day].map((number) => String(number).padStart(2, '0'));
  const date = parseCalendarDate(`${reader.take().value}-${monthText}-${dayText}`);
  if (date !== null) return date;
  throw new SentenceFault('sentence.date', start, 'There is no such day in the years of the calendar.');
}

function readYesOrNo({ reader, scope }: ReadSite): boolean {
  const options = [optionOf(scope.grammar.yes, true), optionOf(scope.grammar.no, false)];
  const value = reader.chooses(options);
  if (value === null) throw reader.unexpected(listed(options));
  return value;
}

function readWord(among: readonly string[] | null, { reader, scope }: ReadSite): string {
  const { kind, value } = reader.peek();
  if (among === null) {
    if (kind !== 'text') throw reader.unexpected('a text in single quotes');
    return reader.take().value;
  }
  const words = valueWords(among, scope.grammar);
  const found = kind === 'text' ? [...words].find(([, shown]) => shown === value) : undefined;
  if (found === undefined) {
    throw reader.unexpected([...words.values()].map((shown) => `'${shown}'`).join(' or '));
  }
  reader.take();
  return found[0];
}
