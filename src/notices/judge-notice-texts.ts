import { LANGUAGES, type Language } from '../core/terms/language.js';
import { pointerOf, type Problem } from '../core/terms/problem.js';
import { judgeText } from './judge-text.js';
import { NOTICE_TEMPLATES, type NoticeTemplate } from './notice-templates.js';
import { pluralFormsOf } from './plural-forms.js';

const SUBJECT_LENGTH_MAX = 150;
const BODY_LENGTH_MAX = 4000;
const PHRASE_LENGTH_MAX = 300;

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/** What is left to compare once each text stands for itself: the placeholders of a part, by language. */
type Used = Map<string, Map<Language, ReadonlySet<string>>>;

/**
 * Every fault in the notices' texts; an empty list means that each of the five languages has a subject and a
 * body for every template of `NOTICE_TEMPLATES`, in plain text, with known placeholders, the same ones in all
 * languages, and every plural form that its language needs.
 *
 * Pointers begin with the language: `/sl/templates/gate.refused/counted/missingCount/two`.
 */
export function judgeNoticeTexts(files: Readonly<Record<Language, unknown>>): Problem[] {
  const used: Used = new Map();
  return [...LANGUAGES.flatMap((language) => judgeFile(files[language], language, used)), ...differing(used)];
}

function judgeFile(file: unknown, language: Language, used: Used): Problem[] {
  if (!isFields(file)) return [fault([language], 'text.not-an-object', 'The file is not a JSON object.')];
  const problems = unknownKeys(file, ['language', 'templates'], [language]);
  if (file['language'] !== language) {
    problems.push(fault([language, 'language'], 'text.language', `The file must say "${language}".`));
  }
  const templates = file['templates'];
  const path = [language, 'templates'];
  if (!isFields(templates))
    return [...problems, fault(path, 'text.not-an-object', 'The templates are missing.')];
  problems.push(...unknownKeys(templates, Object.keys(NOTICE_TEMPLATES), path));
  for (const [name, template] of Object.entries<NoticeTemplate>(NOTICE_TEMPLATES)) {
    const text = Object.hasOwn(templates, name) ? templates[name] : undefined;
    problems.push(...judgeTemplate(text, template, [...path, name], used));
  }
  return problems;
}

function judgeTemplate(text: unknown, template: NoticeTemplate, path: Path, used: Used): Problem[] {
  if (!isFields(text)) return [fault(path, 'text.missing', 'This template has no text in this language.')];
  const problems = unknownKeys(text, ['subject', 'body', 'counted'], path);
  const placeholders = [...template.params, ...Object.keys(template.counted)];
  const limits = { subject: SUBJECT_LENGTH_MAX, body: BODY_LENGTH_MAX };
  for (const part of ['subject', 'body'] as const) {
    const judged = judgeText(text[part], { placeholders, lengthMax: limits[part], lines: part === 'body' });
    problems.push(...judged.faults.map(({ code, message }) => fault([...path, part], code, message)));
    note(used, [...path, part], judged.placeholders);
  }
  const counted = text['counted'] ?? {};
  if (!isFields(counted))
    return [...problems, fault([...path, 'counted'], 'text.not-an-object', 'Not an object.')];
  problems.push(...unknownKeys(counted, Object.keys(template.counted), [...path, 'counted']));
  for (const name of Object.keys(template.counted)) {
    problems.push(...judgePhrase(counted[name], [...path, 'counted', name]));
  }
  return problems;
}

function judgePhrase(phrase: unknown, path: Path): Problem[] {
  if (!isFields(phrase)) return [fault(path, 'text.missing', 'This counted phrase has no forms.')];
  const needed = pluralFormsOf(path[0] as Language);
  const problems = unknownKeys(phrase, ['zero', ...needed], path);
  for (const form of needed.filter((name) => !Object.hasOwn(phrase, name))) {
    problems.push(fault([...path, form], 'text.plural-missing', `The language needs the form "${form}".`));
  }
  const rules = { placeholders: ['count'], lengthMax: PHRASE_LENGTH_MAX, lines: false };
  for (const [form, text] of Object.entries(phrase)) {
    const { faults } = judgeText(text, rules);
    problems.push(...faults.map(({ code, message }) => fault([...path, form], code, message)));
  }
  return problems;
}

function note(used: Used, path: Path, placeholders: ReadonlySet<string>): void {
  const [language, ...part] = path;
  const key = pointerOf(part);
  used.set(key, (used.get(key) ?? new Map()).set(language as Language, placeholders));
}

function differing(used: Used): Problem[] {
  return [...used].flatMap(([part, byLanguage]) => {
    const union = new Set([...byLanguage.values()].flatMap((names) => [...names]));
    return [...byLanguage].flatMap(([language, names]) => {
      const absent = [...union].filter((name) => !names.has(name));
      if (absent.length === 0) return [];
      const message = `Other languages use ${absent.map((name) => `{{${name}}}`).join(', ')} here.`;
      return [{ pointer: `/${language}${part}`, code: 'text.placeholders-differ', message }];
    });
  });
}

function unknownKeys(fields: Fields, known: readonly string[], path: Path): Problem[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => fault([...path, key], 'text.unknown-key', `"${key}" is not expected here.`));
}

function fault(path: Path, code: string, message: string): Problem {
  return { pointer: pointerOf(path), code, message };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
