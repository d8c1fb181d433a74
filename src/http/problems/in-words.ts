import { DomainError } from '../../core/terms/domain-error.js';
import type { Language } from '../../core/terms/language.js';
import { problemSentence, type ProblemTexts } from '../../core/terms/problem-texts.js';
import type { Fault } from './problem-document.js';

/**
 * Does some work on a draft, and tells what is wrong with its content in the reader's language.
 *
 * @throws whatever the work throws; `draft.invalid` with translated faults
 */
export async function inWords<Result>(
  texts: ProblemTexts,
  language: Language,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'draft.invalid') throw error;
    const errors = (error.details['errors'] as readonly Omit<Fault, 'in'>[]).map(
      ({ pointer, code, detail }) => ({
        in: 'body',
        pointer,
        code,
        detail: problemSentence(texts, { pointer, code, message: detail }, language),
      }),
    );
    throw new DomainError('draft.invalid', { ...error.details, errors });
  }
}
