import { DomainError } from '../core/terms/domain-error.js';
import { LANGUAGES, type Language } from '../core/terms/language.js';
import { judgeNoticeTexts } from './judge-notice-texts.js';
import type { NoticeTemplateName } from './notice-templates.js';

/** The forms of one counted phrase by Intl plural category; `zero` is taken for 0 where it is given. */
export type CountedPhrase = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** What one template says in one language. `{{name}}` stands for a parameter or a counted phrase. */
export interface NoticeText {
  /** One line. */
  readonly subject: string;
  /** Plain text, lines parted by `\n`. */
  readonly body: string;
  /** By placeholder; in a form `{{count}}` stands for the number. */
  readonly counted?: Readonly<Record<string, CountedPhrase>>;
}

export type NoticeTexts = Readonly<Record<Language, Readonly<Record<NoticeTemplateName, NoticeText>>>>;

/**
 * Takes the parsed files `config/texts/<language>.json`, one per language, and hands out their templates once
 * they are judged faultless (`judgeNoticeTexts`).
 *
 * @throws DomainError `definition.invalid` with every fault in `details.problems`
 */
export function parseNoticeTexts(files: Readonly<Record<Language, unknown>>): NoticeTexts {
  const problems = judgeNoticeTexts(files);
  if (problems.length > 0) throw new DomainError('definition.invalid', { what: 'notice texts', problems });
  const judged = files as Record<Language, { templates: Record<NoticeTemplateName, NoticeText> }>;
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, judged[language].templates]),
  ) as unknown as NoticeTexts;
}
