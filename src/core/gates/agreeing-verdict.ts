import type { Truth } from '../logic/truth.js';
import { DomainError } from '../terms/domain-error.js';
import type { GateQuestion } from './evaluate-gate.js';
import { secondOpinion } from './second-opinion.js';
import type { RuleOutcome, Verdict } from './verdict.js';

type Word = RuleOutcome['condition'];

/** A rule on which the two evaluators differ. */
export interface Difference {
  readonly rule: string;
  readonly first: Word;
  /** `none`: the second evaluator has no answer for it. */
  readonly second: Word | 'none';
}

export type Agreement =
  { readonly agreed: true } | { readonly agreed: false; readonly differences: readonly Difference[] };

/**
 * Asks the second evaluator the same question and compares, rule by rule, what the conditions say before waivers.
 * A gate may only be opened on `agreed`. If the second evaluator fails altogether, they differ on every rule.
 *
 * @param verdict what `evaluateGate` has answered
 */
export async function agreeingVerdict(
  question: Omit<GateQuestion, 'waivers'>,
  verdict: Verdict,
): Promise<Agreement> {
  const opinion = await secondOpinion(question).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'evaluators.disagree') return new Map<string, Truth>();
    throw error;
  });
  const declared = question.rulebook.gates.get(question.gate)?.rules.map(({ id }) => id) ?? [];
  const first = new Map(verdict.rules.map(({ id, condition }) => [id, condition]));
  const differences = declared.flatMap((rule): Difference[] => {
    const [one, other] = [first.get(rule), opinion.get(rule)];
    const second = other === undefined ? 'none' : wordOf(other);
    return one === undefined || one !== second ? [{ rule, first: one ?? 'unknown', second }] : [];
  });
  return differences.length === 0 ? { agreed: true } : { agreed: false, differences };
}

function wordOf(truth: Truth): Word {
  return truth === null ? 'unknown' : truth ? 'pass' : 'fail';
}
