import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactScalar, FactValue } from '../facts/fact-value.js';
import { within } from '../logic/extreme-value.js';
import { and, NEVER, type Formula } from '../logic/formula.js';
import { exactly, type Interval } from '../logic/interval.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import type { StakeholderRole } from '../terms/role.js';
import type { GateContext } from './evaluate-gate.js';
import { nearestValue, stepsOf, type FactProblem } from './nearest-value.js';
import { assumedFact, ruleOpens } from './rule-formula.js';
import { numbersOf, regionUniverse } from './rule-universe.js';
import type { Rule } from './rulebook.js';
import { workingValues, type WorkingValues } from './working-values.js';

/** A proposal for one fact. */
export interface FactChange {
  readonly fact: string;
  /** Who can change it. */
  readonly owner: StakeholderRole;
  /** What is recorded, if it counts; null: nothing. */
  readonly from: FactScalar | null;
  /** The value that works and is nearest to what is recorded. */
  readonly to: FactScalar;
  readonly works: WorkingValues;
  /** As if it had been recorded. */
  readonly recorded: FactValue;
}

/** Where a change is looked for. */
export interface ChangeSetting {
  readonly catalogue: FactCatalogue;
  readonly context: GateContext;
  /** The days that a date may be changed to, as day numbers. */
  readonly days: Interval;
}

/**
 * Values for the facts with which the rules let their gate open, one fact after the other, each as near as can be to
 * what is recorded. Of a number that is not recorded, the value where it begins to work; of a date, the day nearest to
 * the day of the decision.
 */
export function changesFor(
  facts: readonly string[],
  rules: readonly Rule[],
  setting: ChangeSetting,
): readonly FactChange[] {
  const chosen = commonStart(facts, rules, setting);
  for (const [i, fact] of facts.entries()) {
    if (chosen.has(fact)) continue;
    const open = new Set(facts.slice(i).filter((each) => !chosen.has(each)));
    const value = nearestValue(fact, problemOf(rules, open, chosen, setting), setting);
    if (value === null) return [];
    const isDate = setting.catalogue.get(fact)?.type.kind === 'date';
    chosen.set(fact, assumedFact(fact, value, isDate ? 'day' : null));
  }
  return facts.flatMap((fact): FactChange[] => {
    const [recorded, definition] = [chosen.get(fact), setting.catalogue.get(fact)];
    if (recorded === undefined || definition === undefined) return [];
    const problem = problemOf(rules, new Set([fact]), chosen, setting);
    return [
      {
        fact,
        owner: definition.owner,
        from: setting.context.facts.get(fact)?.value ?? null,
        to: recorded.value,
        works: workingValues(fact, definition.type, recorded, problem),
        recorded,
      },
    ];
  });
}

/**
 * Numbers that are not recorded all take the same constant of the rules, the least with which that works: two scores
 * of 50 are a better proposal for a mean of 50 than 0 and 100. Empty: there are fewer than two, or none works.
 */
function commonStart(
  facts: readonly string[],
  rules: readonly Rule[],
  setting: ChangeSetting,
): Map<string, FactValue> {
  const { catalogue, context } = setting;
  const problem = problemOf(rules, new Set(facts), new Map(), setting);
  const open = facts.filter((fact) => {
    const isNumber = catalogue.get(fact)?.type.kind !== 'date' && problem.space.numberNamed(fact) !== null;
    return isNumber && !context.facts.has(fact);
  });
  if (open.length < 2) return new Map();
  for (const constant of numbersOf(rules)) {
    const isThat = open.flatMap((fact): Formula[] => {
      const [variable, type] = [problem.space.numberNamed(fact), catalogue.get(fact)?.type];
      if (variable === null || type === undefined) return [];
      const value = constant * stepsOf(type, problem.universe);
      return [Number.isInteger(value) ? within(variable, exactly(value)) : NEVER];
    });
    if (solveFormula(and(problem.formula, ...isThat), problem.space).kind !== 'found') continue;
    return new Map(open.map((fact) => [fact, assumedFact(fact, constant, null)]));
  }
  return new Map();
}

/** When the rules let their gate open, over the facts that are open; the others are as chosen, or as recorded. */
export function problemOf(
  rules: readonly Rule[],
  open: ReadonlySet<string>,
  chosen: ReadonlyMap<string, FactValue>,
  { catalogue, context, days }: ChangeSetting,
): FactProblem {
  const facts = new Map([...context.facts, ...chosen]);
  const knowledge = { context: { ...context, facts }, days, isFree: (fact: string) => open.has(fact) };
  const universe = regionUniverse(rules, catalogue, knowledge);
  const space = new Space();
  const site = { space, universe, catalogue };
  return { formula: and(...rules.map((rule) => ruleOpens(rule, site))), space, universe };
}
