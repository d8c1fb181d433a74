import type { RuleResult, Verdict } from './verdict.js';

/** A rule of a gate that two verdicts see differently. */
export interface RuleChange {
  readonly rule: string;
  /** Null: the first rulebook's gate does not ask this rule. */
  readonly before: RuleResult | null;
  /** Null: the second rulebook's gate does not ask it. */
  readonly after: RuleResult | null;
}

/**
 * The rules because of which two verdicts of a gate can differ: another result, another severity, or asked by one
 * alone. In the order of the first, then those that only the second asks.
 *
 * @param after null: the second rulebook has no such gate, so it asks no rule
 */
export function verdictChanges(before: Verdict, after: Verdict | null): readonly RuleChange[] {
  const first = new Map(before.rules.map((rule) => [rule.id, rule]));
  const second = new Map((after?.rules ?? []).map((rule) => [rule.id, rule]));
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((rule): RuleChange[] => {
    const [one, other] = [first.get(rule), second.get(rule)];
    if (one?.result === other?.result && one?.severity === other?.severity) return [];
    return [{ rule, before: one?.result ?? null, after: other?.result ?? null }];
  });
}
