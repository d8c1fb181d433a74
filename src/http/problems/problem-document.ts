import type { DomainError } from '../../core/terms/domain-error.js';
import { ERROR_CODES, type ErrorCode } from '../../core/terms/error-code.js';
import { PROBLEM_TABLE } from './problem-table.js';

/** The part of a request in which a fault lies. */
export type FaultPlace = 'body' | 'query' | 'path' | 'header';

/** One fault of a request. */
export interface Fault {
  readonly in: FaultPlace;
  /** JSON pointer: into the body, or `/` and the name of a parameter or header. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** RFC 9457 problem details, with Cordata's stable `code`; further members belong to the code. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path that was asked for, without its query. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly Fault[];
  readonly [member: string]: unknown;
}

/** What clients find problems by; see RFC 9457, 3.1.1: it need not be an address. */
export const PROBLEM_TYPE_PREFIX = 'urn:cordata:problem:';

const STATUS_INTERNAL = 500;

/** Most faults that one answer names; who sends thousands learns from the first. */
const FAULTS_MAX = 100;

/**
 * The problem that an error of the domain is. A failure of the machinery (500 and above) keeps its details to itself.
 *
 * @param request.place where a fault lies whose error does not say
 */
export function problemDocument(
  error: DomainError,
  request: { readonly instance: string; readonly place: FaultPlace },
): ProblemDocument {
  const { code } = error;
  const { status, title, detail = '' } = PROBLEM_TABLE[code];
  // `reason` is there for the sentence.
  const { errors, pointer, in: place = request.place, reason: _reason, ...details } = error.details;
  const members = status >= STATUS_INTERNAL ? {} : details;
  const sentence = fill(detail, error.details) ?? title;
  const faults = faultsOf({ errors, pointer, place, code, sentence });
  return {
    ...members,
    type: `${PROBLEM_TYPE_PREFIX}${code}`,
    title,
    status,
    detail: sentence,
    instance: request.instance,
    code,
    ...(faults.length === 0 ? {} : { errors: faults }),
  };
}

/** Whether a word is an error code that a problem as a whole can have. */
export function isErrorCode(word: string): word is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(word);
}

function faultsOf(found: {
  readonly errors: unknown;
  readonly pointer: unknown;
  readonly place: unknown;
  readonly code: string;
  readonly sentence: string;
}): readonly Fault[] {
  const { errors, pointer, place, code, sentence } = found;
  if (Array.isArray(errors)) {
    return errors.slice(0, FAULTS_MAX).map((fault: Fault) => ({ ...fault, in: fault.in ?? place }));
  }
  if (typeof pointer !== 'string') return [];
  return [{ in: place as FaultPlace, pointer, code, detail: sentence }];
}

/** Null when the sentence is empty or names a detail that this occurrence does not have. */
function fill(sentence: string, details: Readonly<Record<string, unknown>>): string | null {
  if (sentence === '') return null;
  let complete = true;
  const filled = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    complete = false;
    return '';
  });
  return complete ? filled : null;
}
