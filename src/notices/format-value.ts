import { parseCalendarDate } from '../core/calendar/calendar-date.js';
import { isZone } from '../core/calendar/zone.js';
import { DomainError } from '../core/terms/domain-error.js';
import { parseInstant } from '../core/terms/instant.js';
import type { Labels, Language } from '../core/terms/language.js';

type SingleValue =
  | string
  | number
  | null
  | Labels
  /** `YYYY-MM-DD`. */
  | { readonly date: string | null }
  /** RFC 3339, shown on the clock of `zone` (IANA name). */
  | { readonly instant: string; readonly zone: string };

/** One value that a notice brings: all that an effect may record (`core/terms/effect`), null and instants. */
export type NoticeValue = SingleValue | readonly SingleValue[];

/** English dates as the partners write them, day first. */
const LOCALES: Readonly<Record<Language, string>> = { de: 'de', fr: 'fr', it: 'it', sl: 'sl', en: 'en-GB' };

/** Shown where a notice has nothing to say; the same mark in all languages. */
const NOTHING_SAID = '–';

const CONTROLS_AND_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const CONTROLS_BUT_LINE_FEED = /(?!\n)\p{Cc}/gu;

/** Where the value will stand: the subject is one line, in the body a list has one line per item. */
export type Place = 'subject' | 'body';

/**
 * A value as the reader's language writes it. Null, an empty text and, in a subject, an empty list become a
 * dash; in a body an empty list leaves no line. Line breaks cannot get into a subject.
 *
 * @throws DomainError `effect.invalid` for a date, instant or zone that does not exist
 */
export function formatValue(value: NoticeValue, language: Language, place: Place): string {
  if (!isList(value)) return formatSingle(value, language, place);
  const items = value.map((item) => formatSingle(item, language, 'subject'));
  if (place === 'body') return items.map((item) => `- ${item}`).join('\n');
  if (items.length === 0) return NOTHING_SAID;
  return new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(items);
}

function formatSingle(value: SingleValue, language: Language, place: Place): string {
  if (value === null || value === '') return NOTHING_SAID;
  if (typeof value === 'string') return clean(value, place);
  if (typeof value === 'number') return formatNumber(value, language);
  if ('date' in value) return value.date === null ? NOTHING_SAID : formatDate(value.date, language);
  if ('instant' in value) return formatInstant(value.instant, value.zone, language);
  return clean(value[language], place);
}

function clean(text: string, place: Place): string {
  if (place === 'subject') return text.replaceAll(CONTROLS_AND_BREAKS, ' ').trim();
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS_BUT_LINE_FEED, ' ').trim();
}

function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { useGrouping: false }).format(value);
}

function formatDate(text: string, language: Language): string {
  const date = parseCalendarDate(text);
  if (date === null) throw new DomainError('effect.invalid', { date: text });
  return longDate(Temporal.PlainDate.from(date), language);
}

/** Clock time in 24 hours with the zone's name and offset: "CET" is printed for days in June too often. */
function formatInstant(text: string, zone: string, language: Language): string {
  const instant = parseInstant(text);
  if (instant === null || !isZone(zone)) throw new DomainError('effect.invalid', { instant: text, zone });
  const shown = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const time = shown.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${longDate(shown.toPlainDate(), language)}, ${time} (${zone}, UTC${shown.offset})`;
}

function longDate(date: Temporal.PlainDate, language: Language): string {
  return date.toLocaleString(LOCALES[language], { dateStyle: 'long' });
}

function isList(value: NoticeValue): value is readonly SingleValue[] {
  return Array.isArray(value);
}
