import { createInstance, type TFunction } from 'i18next';
import { DomainError } from '../core/terms/domain-error.js';
import { LANGUAGES, type Language } from '../core/terms/language.js';
import { formatValue, type NoticeValue, type Place } from './format-value.js';
import { NOTICE_TEMPLATES, type NoticeTemplate } from './notice-templates.js';
import type { NoticeText, NoticeTexts } from './notice-texts.js';

export interface NoticeRequest {
  /** A name of `NOTICE_TEMPLATES`; it comes from stored data, so it may be none. */
  readonly template: string;
  readonly language: Language;
  readonly params: Readonly<Record<string, NoticeValue>>;
}

export interface RenderedNotice {
  /** One line, at most `SUBJECT_LENGTH_MAX` UTF-16 units. */
  readonly subject: string;
  /** Plain text, lines parted by `\n`. */
  readonly body: string;
}

export type NoticeRenderer = (request: NoticeRequest) => RenderedNotice;

const SUBJECT_LENGTH_MAX = 200;

/**
 * Makes the one function that turns a notice into the reader's language. Pure: the same request gives the same
 * words. Values are put in as they are and never read as placeholders or markup. Parameters beyond those of
 * the template are ignored.
 *
 * The function throws DomainError `notice.template-unknown`; `notice.param-missing` with the names of all that
 * are missing; `effect.invalid` for a value that does not exist (30 February) or cannot be counted.
 */
export function makeNoticeRenderer(texts: NoticeTexts): NoticeRenderer {
  const translate = makeTranslators(texts);
  return ({ template, language, params }) => {
    const { params: needed, counted } = templateNamed(template);
    const missing = needed.filter((name) => !Object.hasOwn(params, name));
    if (missing.length > 0) throw new DomainError('notice.param-missing', { template, missing });
    const words = translate[language];
    const render = (place: Place): string => {
      const values: Record<string, string> = {};
      for (const name of needed) values[name] = formatValue(params[name] ?? null, language, place);
      for (const [name, of] of Object.entries(counted)) {
        const count = countOf(params[of] ?? null, of);
        values[name] = words(key(template, name), { count });
      }
      // As `replace`, or a parameter named like one of i18next's options (`lng`, `count`) would act as one.
      return words(key(template, place), { replace: values });
    };
    return { subject: shorten(render('subject')), body: closeGaps(render('body')) };
  };
}

function templateNamed(name: string): NoticeTemplate {
  const templates: Readonly<Record<string, NoticeTemplate>> = NOTICE_TEMPLATES;
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (template === undefined) throw new DomainError('notice.template-unknown', { template: name });
  return template;
}

function countOf(param: NoticeValue, name: string): number {
  const count = Array.isArray(param) ? param.length : param;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw new DomainError('effect.invalid', { param: name, expected: 'a count or a list' });
  }
  return count;
}

/** An empty list leaves no more than one blank line. */
function closeGaps(body: string): string {
  return body.replaceAll(/\n{3,}/g, '\n\n').trim();
}

function shorten(subject: string): string {
  if (subject.length <= SUBJECT_LENGTH_MAX) return subject;
  // A cut through a surrogate pair would leave half a character.
  return `${subject.slice(0, SUBJECT_LENGTH_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function key(template: string, part: string): string {
  return `${template}/${part}`;
}

/** An instance of its own: i18next's default one is global, and a reload of the texts would leak into it. */
function makeTranslators(texts: NoticeTexts): Readonly<Record<Language, TFunction>> {
  const instance = createInstance();
  void instance.init({
    initAsync: false,
    fallbackLng: false,
    supportedLngs: [...LANGUAGES],
    keySeparator: false,
    nsSeparator: false,
    // `{{name}}` inside a value is a value: it is neither filled in (i18next's default) nor nested.
    interpolation: { escapeValue: false, skipOnVariables: true },
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [language, { translation: flatten(texts[language]) }]),
    ),
  });
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, instance.getFixedT(language)]),
  ) as unknown as Record<Language, TFunction>;
}

/** i18next finds the form of a counted phrase by the suffix of its key: `gate.refused/missingCount_two`. */
function flatten(templates: Readonly<Record<string, NoticeText>>): Record<string, string> {
  const entries = Object.entries(templates).flatMap(([name, { subject, body, counted = {} }]) => [
    [key(name, 'subject'), subject],
    [key(name, 'body'), body],
    ...Object.entries(counted).flatMap(([phrase, forms]) =>
      Object.entries(forms).map(([form, text]) => [`${key(name, phrase)}_${form}`, text]),
    ),
  ]);
  return Object.fromEntries(entries);
}
