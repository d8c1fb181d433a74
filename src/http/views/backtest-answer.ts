import type { z } from 'zod';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { RuleChange } from '../../core/gates/verdict-changes.js';
import type { Language } from '../../core/terms/language.js';
import type { BacktestReport } from '../../engine/rules/backtest-rulebook.js';
import type { ShadowReport } from '../../engine/rules/read-shadow-report.js';
import type { backtestSchema, shadowReportSchema } from '../schemas/backtest.js';

export function backtestAnswer(
  report: BacktestReport,
  rulebook: Rulebook,
  language: Language,
): z.output<typeof backtestSchema> {
  return {
    rulebook: { id: rulebook.id, version: rulebook.version, hash: rulebook.hash },
    decisions: report.decisions,
    flipped: report.flipped,
    newlyAdmitted: report.newlyAdmitted,
    newlyRefused: report.newlyRefused,
    flips: report.flips.map(({ cycleId, decision, region, gate, at, today, before, after, rules }) => ({
      decision,
      cycle: cycleId,
      region,
      gate,
      at,
      today,
      before,
      after,
      rules: rules.map((change) => ruleChange(change, rulebook, language)),
    })),
    isComplete: report.isComplete,
  };
}

/** @param rulebook whose labels name the rules; null: they stay with their ids */
export function divergenceAnswer(
  divergence: ShadowReport['divergences'][number],
  rulebook: Rulebook | null,
  language: Language,
): z.output<typeof shadowReportSchema>['items'][number] {
  const { cycleId, decision, region, gate, at, live, shadow, rulebookHash, rules } = divergence;
  return {
    decision,
    cycle: cycleId,
    region,
    gate,
    at,
    live,
    shadow,
    rulebookHash,
    rules: rules.map((change) => ruleChange(change, rulebook, language)),
  };
}

function ruleChange({ rule, before, after }: RuleChange, rulebook: Rulebook | null, language: Language) {
  return { id: rule, label: rulebook?.rules.get(rule)?.labels[language] ?? rule, before, after };
}
