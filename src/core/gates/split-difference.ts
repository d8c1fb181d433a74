import type { RuleResult, Verdict, VerdictWord } from './verdict.js';

/** What can differ between a decision and today, in the order in which the one is turned into the other. */
export const CAUSES = ['rule', 'fact', 'waiver', 'clock'] as const;

export type Cause = (typeof CAUSES)[number];

/** What comes out with some causes as they are today and the others as they were; null: no such gate. */
export type Judgement = (today: ReadonlySet<Cause>) => Verdict | null;

export interface CauseStep {
  readonly cause: Cause;
  readonly verdict: VerdictWord | null;
}

/** A rule whose result is another today. */
export interface RuleSplit {
  readonly rule: string;
  /** Null: the gate did not ask it then. */
  readonly was: RuleResult | null;
  /** Null: the gate does not ask it any more. */
  readonly now: RuleResult | null;
  readonly causes: readonly (readonly Cause[])[];
}

/** Why a decision would come out otherwise today. */
export interface DifferenceSplit {
  readonly was: VerdictWord | null;
  readonly now: VerdictWord | null;
  /**
   * The smallest sets of causes that lead to today's verdict while everything else stays as it was. A set of one is
   * a cause by itself; a larger one is an interaction: none of its parts would have done it. Empty: no difference.
   */
  readonly causes: readonly (readonly Cause[])[];
  /** Each cause by itself, everything else as it was then. */
  readonly alone: readonly CauseStep[];
  /** One cause after the other, each on top of those before: the last step is today. */
  readonly inOrder: readonly CauseStep[];
  readonly rules: readonly RuleSplit[];
}

/** Splits the difference between then and now by its causes. Asks `judge` once for each set of causes. */
export function splitDifference(judge: Judgement): DifferenceSplit {
  const sets = subsetsBySize();
  const verdicts = new Map(sets.map((set) => [keyOf(set), judge(new Set(set))]));
  const at = (set: readonly Cause[]): Verdict | null => verdicts.get(keyOf(set)) ?? null;
  const wordAt = (set: readonly Cause[]): VerdictWord | null => at(set)?.verdict ?? null;
  const resultAt = (set: readonly Cause[], rule: string): RuleResult | null =>
    at(set)?.rules.find(({ id }) => id === rule)?.result ?? null;

  const ids = [...new Set([...idsOf(at([])), ...idsOf(at(CAUSES))])];
  const changed = ids.filter((rule) => resultAt([], rule) !== resultAt(CAUSES, rule));
  return {
    was: wordAt([]),
    now: wordAt(CAUSES),
    causes: smallest(sets, wordAt),
    alone: CAUSES.map((cause) => ({ cause, verdict: wordAt([cause]) })),
    inOrder: CAUSES.map((cause, i) => ({ cause, verdict: wordAt(CAUSES.slice(0, i + 1)) })),
    rules: changed.map((rule) => ({
      rule,
      was: resultAt([], rule),
      now: resultAt(CAUSES, rule),
      causes: smallest(sets, (set) => resultAt(set, rule)),
    })),
  };
}

/** The smallest sets, none within another, at which the value is that of all causes; none if it never changed. */
function smallest<Value>(
  sets: readonly (readonly Cause[])[],
  valueAt: (set: readonly Cause[]) => Value,
): readonly (readonly Cause[])[] {
  const now = valueAt(CAUSES);
  if (valueAt([]) === now) return [];
  const found: (readonly Cause[])[] = [];
  for (const set of sets) {
    const isLarger = found.some((smaller) => smaller.every((cause) => set.includes(cause)));
    if (!isLarger && valueAt(set) === now) found.push(set);
  }
  return found;
}

function subsetsBySize(): readonly (readonly Cause[])[] {
  const all = CAUSES.reduce<readonly (readonly Cause[])[]>(
    (sets, cause) => [...sets, ...sets.map((set) => [...set, cause])],
    [[]],
  );
  return all.toSorted((one, other) => one.length - other.length);
}

function keyOf(set: readonly Cause[]): string {
  return set.join();
}

function idsOf(verdict: Verdict | null): readonly string[] {
  return verdict?.rules.map(({ id }) => id) ?? [];
}
