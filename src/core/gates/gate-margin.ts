import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactType } from '../facts/fact-type.js';
import type { FactScalar, FactValue } from '../facts/fact-value.js';
import { leavesOf } from '../logic/condition.js';
import { exactnessOf, hasOpaque, type Exactness } from '../logic/exactness.js';
import { spanOf } from '../logic/fact-frame.js';
import type { Interval } from '../logic/interval.js';
import { leafMargin, unitOf, type LeafMargin } from '../logic/leaf-margin.js';
import { opposite } from '../logic/opposite.js';
import { ALL_DAYS } from '../logic/universe.js';
import type { StakeholderRole } from '../terms/role.js';
import { evaluateGate, gateOf, waiverOf, type GateQuestion } from './evaluate-gate.js';
import { problemOf } from './fact-change.js';
import { nearestValue } from './nearest-value.js';
import { assumedFact } from './rule-formula.js';

/** A fact that alone turns the gate from open to closed, or the other way. */
export interface FactMargin {
  readonly fact: string;
  /** Who can change it; `engine`: Cordata derives it. */
  readonly owner: StakeholderRole;
  /** Null: nothing is recorded, or what is recorded does not count. */
  readonly from: FactScalar | null;
  /** The nearest value with which the gate turns. */
  readonly to: FactScalar;
  /** How far `to` is from `from`, in `unit`; of a word or a yes or no it is 1 step; null: nothing is recorded. */
  readonly distance: number | null;
  readonly unit: string;
  /** The distance as a part of the range of the type, of a date as a part of a year; 1 for a step. */
  readonly part: number;
}

export interface GateMargin {
  readonly gate: string;
  readonly isOpen: boolean;
  /** How far every comparison is from coming out the other way, by rule, in the gate's order. */
  readonly rules: readonly { readonly rule: string; readonly leaves: readonly LeafMargin[] }[];
  /** Every fact that turns the gate alone, the nearest (by `part`) first; empty: it takes more than one. */
  readonly facts: readonly FactMargin[];
  readonly exactness: Exactness;
}

const DAYS_PER_YEAR = 365;

/**
 * How far a gate is from turning: from open to closed, or from closed to open, if one fact changes and nothing else.
 * A gate that is closed and takes several changes has none of these; `openingSets` answers for it.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function gateMargin(question: GateQuestion & { readonly days?: Interval }): GateMargin {
  const { rulebook, context, waivers, days = ALL_DAYS } = question;
  const { catalogue } = rulebook;
  const gate = gateOf(question);
  const verdict = evaluateGate(question);
  const isOpen = verdict.verdict !== 'fail' && verdict.verdict !== 'unknown';
  const rules = gate.rules.filter((rule) => waiverOf(rule, waivers, context.today) === undefined);
  let isOpaque = false;

  const margins = [...new Set(rules.flatMap(({ factNames }) => factNames))].flatMap((fact): FactMargin[] => {
    const definition = catalogue.get(fact);
    const recorded = context.facts.get(fact);
    if (definition === undefined || (isOpen && recorded === undefined)) return [];
    const problem = problemOf(rules, new Set([fact]), new Map(), { catalogue, context, days });
    isOpaque ||= hasOpaque(problem.formula);
    const formula = isOpen ? opposite(problem.formula, problem.space) : problem.formula;
    const to = nearestValue(fact, { ...problem, formula }, { catalogue, context });
    if (to === null || !turns({ ...question, isOpen }, fact, to, definition.type)) return [];
    const distance = recorded === undefined ? null : distanceOf(recorded, to);
    const unit = unitOf({ kind: 'fact', name: fact, type: definition.type });
    const part = partOf(distance, definition.type);
    return [{ fact, owner: definition.owner, from: recorded?.value ?? null, to, distance, unit, part }];
  });
  return {
    gate: gate.id,
    isOpen,
    rules: gate.rules.map(({ id, condition }, i) => {
      const outcomes = verdict.rules[i]?.leaves ?? [];
      const leaves = leavesOf(condition).flatMap((leaf, j) => {
        const outcome = outcomes[j];
        return outcome === undefined ? [] : [leafMargin(leaf, outcome)];
      });
      return { rule: id, leaves };
    }),
    facts: margins.toSorted((a, b) => a.part - b.part),
    exactness: exactnessOf({ 'opaque-comparison': isOpaque, 'search-bound': false }),
  };
}

function turns(
  question: GateQuestion & { readonly isOpen: boolean },
  fact: string,
  to: FactScalar,
  type: FactType,
): boolean {
  const changed = assumedFact(fact, to, type.kind === 'date' ? 'day' : null);
  const facts = new Map([...question.context.facts, [fact, changed]]);
  const { verdict } = evaluateGate({ ...question, context: { ...question.context, facts } });
  return (verdict !== 'fail' && verdict !== 'unknown') !== question.isOpen;
}

function distanceOf(recorded: FactValue, to: FactScalar): number {
  const { value, precision } = recorded;
  if (typeof value === 'number' && typeof to === 'number') return Math.abs(to - value);
  if (precision === null) return 1;
  const [{ lo, hi }, day] = [spanOf(recorded), toDayNumber(String(to) as CalendarDate)];
  return Math.max(0, lo - day, day - hi);
}

function partOf(distance: number | null, type: FactType): number {
  if (distance === null) return 1;
  if (type.kind === 'date') return distance / DAYS_PER_YEAR;
  return 'min' in type ? distance / (type.max - type.min) : 1;
}
