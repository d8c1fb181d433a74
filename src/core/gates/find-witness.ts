import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Facts } from '../facts/fact-value.js';
import { hasOpaque } from '../logic/exactness.js';
import type { Formula } from '../logic/formula.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import type { GateContext } from './evaluate-gate.js';
import type { RuleSite } from './rule-formula.js';
import { factsOf, freeUniverse, todayOf, type Realm } from './rule-universe.js';
import type { Rule } from './rulebook.js';

/** Facts, and the day of the decision, with which something is so. */
export interface Witness {
  readonly today: CalendarDate;
  readonly facts: Facts;
}

/** `yes` with an example that has been evaluated; `no`: proved that there is none. */
export type Proof =
  | { readonly answer: 'yes'; readonly witness: Witness }
  | { readonly answer: 'no' }
  | { readonly answer: 'undecided'; readonly because: 'opaque-comparison' | 'search-bound' };

/** What rules are looked at together, in which region's calendars. */
export interface ProofSetting {
  /** All rules that the formulas speak of. */
  readonly rules: readonly Rule[];
  readonly catalogue: FactCatalogue;
  readonly realm: Realm;
}

/**
 * Whether facts and a day exist for which the formula holds.
 *
 * @param confirms evaluates the example: only if it really is so, the answer is yes
 */
export function findWitness(
  setting: ProofSetting,
  formulaOf: (site: RuleSite) => Formula,
  confirms: (context: GateContext) => boolean,
): Proof {
  const { rules, catalogue, realm } = setting;
  const space = new Space();
  const universe = freeUniverse(rules, catalogue, realm);
  const formula = formulaOf({ space, universe, catalogue });
  const answer = solveFormula(formula, space);
  if (answer.kind === 'none') return { answer: 'no' };
  if (answer.kind === 'undecided') return { answer: 'undecided', because: 'search-bound' };
  const example = { assignment: answer.assignment, space, universe, catalogue };
  const names = new Set(rules.flatMap(({ factNames }) => factNames));
  const witness = { today: todayOf(example), facts: factsOf(names, example) };
  if (confirms(contextOf(witness, realm))) return { answer: 'yes', witness };
  return { answer: 'undecided', because: hasOpaque(formula) ? 'opaque-comparison' : 'search-bound' };
}

/** A witness as what is known when a gate is asked. */
export function contextOf({ today, facts }: Witness, { calendar, neighbourCalendars }: Realm): GateContext {
  return { today, facts, calendar, neighbourCalendars, stale: new Set() };
}
