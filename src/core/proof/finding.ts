import type { Labels } from '../terms/language.js';
import { FINDING_CODES, type FindingCode } from './finding-code.js';
import { FINDING_WORDS } from './finding-words.js';

/** `error`: something stands still or is wrong; `warning`: it goes on, but somebody should look. */
export type FindingSeverity = 'error' | 'warning';

/** One thing that is not in order, why, and what to do about it. */
export interface Finding {
  readonly code: FindingCode;
  /** What it is about, unique within the code: the same fault found again has the same subject. */
  readonly subject: string;
  /** The cycle that it holds up; null: none, or several. */
  readonly cycleId: string | null;
  readonly severity: FindingSeverity;
  readonly cause: Labels;
  readonly remedy: Labels;
  /** Plain JSON: the particulars, as `{task, assignee}`. */
  readonly details: Readonly<Record<string, unknown>>;
}

const WARNINGS: ReadonlySet<FindingCode> = new Set([
  'cycle.suspended-too-long',
  'clock.skew',
  'lock.held',
  'task.nobody',
]);

/** A finding with the words and the severity of its code. */
export function makeFinding(
  code: FindingCode,
  about: Pick<Finding, 'subject' | 'cycleId' | 'details'>,
): Finding {
  return { code, ...about, severity: WARNINGS.has(code) ? 'warning' : 'error', ...FINDING_WORDS[code] };
}

/** By code in the order of `FINDING_CODES`, then by subject: the same state of things gives the same list. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ code }: Finding): number => FINDING_CODES.indexOf(code);
  return findings.toSorted((a, b) => rank(a) - rank(b) || (a.subject < b.subject ? -1 : 1));
}
