import type { Language } from './language.js';
import type { Problem } from './problem.js';

/** By language and code: one sentence for the person who edits a document. */
export type ProblemTexts = Readonly<Record<Language, ReadonlyMap<string, string>>>;

/**
 * A problem in the reader's language. The lint's own English sentence names the particulars, so an English reader
 * gets it as it is; the others get the sentence of the code, or the English one where there is none.
 */
export function problemSentence(texts: ProblemTexts, problem: Problem, language: Language): string {
  if (language === 'en') return problem.message;
  return texts[language].get(problem.code) ?? problem.message;
}
