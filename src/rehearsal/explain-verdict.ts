import type { Rulebook } from '../core/gates/rulebook.js';
import type { RuleOutcome, Verdict } from '../core/gates/verdict.js';
import type { LeafOutcome } from '../core/logic/evaluate-condition.js';
import type { DetailOf, Named, Reason, Shortfall } from './rehearsal-event.js';

/** Puts a gate's answer into what a reader needs: the rules that do not simply pass, and why. */
export function explainVerdict(
  verdict: Verdict,
  rulebook: Rulebook,
  about: { readonly region: string; readonly to: Named },
): DetailOf<'verdict'> {
  const reason = (outcome: RuleOutcome): Reason => ({
    rule: outcome.id,
    label: rulebook.rules.get(outcome.id)?.labels.en ?? outcome.id,
    shortfalls: shortfalls(outcome, rulebook),
  });
  const holding = verdict.rules.filter(({ severity }) => severity !== 'warn');
  return {
    type: 'verdict',
    region: about.region,
    gate: { id: verdict.gate, label: rulebook.gates.get(verdict.gate)?.labels.en ?? verdict.gate },
    to: about.to,
    verdict: verdict.verdict,
    rulebook: { id: verdict.rulebook.id, version: verdict.rulebook.version },
    failing: holding
      .filter(({ severity, result }) => severity === 'block' && result === 'fail')
      .map((outcome) => reason(outcome)),
    unknown: holding.filter(({ result }) => result === 'unknown').map((outcome) => reason(outcome)),
    missing: verdict.missing,
    conditional: holding.flatMap((outcome) => {
      const action = verdict.actions.find(({ rule }) => rule === outcome.id);
      if (action === undefined) return [];
      return [{ ...reason(outcome), dueWithinMonths: action.dueWithinMonths, owner: action.owner }];
    }),
    waived: holding.filter(({ result }) => result === 'waived').map((outcome) => reason(outcome)),
    warnings: verdict.rules.flatMap((outcome) =>
      outcome.severity === 'warn' && (outcome.result === 'fail' || outcome.result === 'unknown')
        ? [{ ...reason(outcome), result: outcome.result, missing: outcome.missing }]
        : [],
    ),
  };
}

/** The comparisons of a broken (or undecided) rule that are broken (or undecided), each once. */
function shortfalls(outcome: RuleOutcome, rulebook: Rulebook): readonly Shortfall[] {
  const wanted = outcome.condition === 'fail' ? 'fail' : 'unknown';
  const found = outcome.leaves.filter(({ result }) => result === wanted).map((leaf) => shown(leaf, rulebook));
  const bySpelling = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...bySpelling.values()];
}

function shown({ fact, actual, operator, required }: LeafOutcome, rulebook: Rulebook): Shortfall {
  return { subject: rulebook.catalogue.get(fact)?.labels.en ?? fact, actual, operator, required };
}
