import { parseCalendarDate } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import type { Language } from '../terms/language.js';
import { UNIT_WORDS, type Grammar, type UnitForms } from './grammar.js';
import { quotation } from './quotation.js';
import { spellNumber } from './spell-number.js';
import type { ValueKind } from './value-kind.js';
import { valueWords } from './value-words.js';

const PLURAL_RULES: Readonly<Record<Language, Intl.PluralRules>> = {
  de: new Intl.PluralRules('de'),
  fr: new Intl.PluralRules('fr'),
  it: new Intl.PluralRules('it'),
  sl: new Intl.PluralRules('sl'),
  en: new Intl.PluralRules('en'),
};

/** A constant as it stands in a sentence: `25 answers`, `20 March 2017`, `yes`, `'met'`. */
export function spellValue(value: FactScalar, kind: ValueKind, grammar: Grammar): string {
  if (typeof value === 'boolean') return value ? grammar.yes : grammar.no;
  if (typeof value === 'number')
    return spellAmount(value, kind.kind === 'number' ? kind.unit : null, grammar);
  const date = kind.kind === 'date' ? spellDate(value, grammar) : null;
  return date ?? spellWord(value, kind.kind === 'word' ? kind.among : null, grammar);
}

/** A number with its unit in the form that the number asks for; `unit` null: the number alone. */
export function spellAmount(value: number, unit: string | null, grammar: Grammar): string {
  const number = spellNumber(value, grammar.decimalSeparator);
  if (unit === null) return number;
  const known = unitForms(unit, grammar);
  return `${number} ${known === null ? quotation(unit, "'") : formFor(value, known, grammar)}`;
}

/** A word of an enumeration, or (`among` null) a text, in single quotes. */
export function spellWord(word: string, among: readonly string[] | null, grammar: Grammar): string {
  const shown = among === null ? undefined : valueWords(among, grammar).get(word);
  return quotation(shown ?? word, "'");
}

/** The forms of a unit; null for one that the grammar does not know. */
export function unitForms(unit: string, grammar: Grammar): UnitForms | null {
  const known = UNIT_WORDS.find((word) => word === unit);
  return known === undefined ? null : grammar.units[known];
}

function formFor(value: number, forms: UnitForms, { language }: Grammar): string {
  if (!Number.isInteger(value) && forms.part !== undefined) return forms.part;
  switch (PLURAL_RULES[language].select(value)) {
    case 'one':
      return forms.one;
    case 'two':
      return forms.two ?? forms.other;
    case 'few':
      return forms.few ?? forms.other;
    default:
      return forms.other;
  }
}

/** Null for what is not a day of the calendar. */
function spellDate(value: string, { days, monthNames }: Grammar): string | null {
  if (parseCalendarDate(value) === null) return null;
  const [year = '', month = '', day = ''] = value.split('-');
  return `${days[Number(day) - 1] ?? ''} ${monthNames[Number(month) - 1] ?? ''} ${year}`;
}
