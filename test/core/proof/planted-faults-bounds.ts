import type { Dice } from '../gates/small-world.js';
import type { ConditionFile, ModelFiles, RuleFile } from './model-check-fixtures.js';
import { leaf } from './planted-faults.js';

export const AT_LEAST = 'greaterThanInclusive';
export const AT_MOST = 'lessThanInclusive';

/** Pairs of dates that a block rule of the gate demands, and so many days that surely lie between them. */
export const SURE_DAYS = [
  {
    gate: 'strategy_development.exit',
    rule: 'R15',
    from: 'consultation.opened_on',
    to: 'consultation.closed_on',
    days: 30,
  },
  {
    gate: 'strategy_development.exit',
    rule: 'R16',
    from: 'consultation.closed_on',
    to: 'approval.regional_decision_on',
    days: 1,
  },
  {
    gate: 'strategy_development.exit',
    rule: null,
    from: 'consultation.opened_on',
    to: 'approval.regional_decision_on',
    days: 31,
  },
  {
    gate: 'agenda_setting.exit',
    rule: 'R03',
    from: 'stresstest.opened_on',
    to: 'stresstest.closed_on',
    days: 26,
  },
  {
    gate: 'review.to_implementation',
    rule: 'R31',
    from: 'stresstest.closed_on',
    to: 'stresstest.second.closed_on',
    days: 1,
  },
  {
    gate: 'review.to_agenda_setting',
    rule: 'R31',
    from: 'stresstest.closed_on',
    to: 'stresstest.second.closed_on',
    days: 1,
  },
] as const;

/** Words and booleans that a block rule of the gate demands. */
export const SURE_WORDS = [
  { gate: 'agenda_setting.exit', rule: 'R01', fact: 'gov.body_named', value: true },
  { gate: 'agenda_setting.exit', rule: 'R01', fact: 'gov.deputy_named', value: true },
  { gate: 'implementation.exit', rule: 'R20', fact: 'cluster.driver_named', value: true },
  { gate: 'review.to_implementation', rule: 'R32a', fact: 'ta.still_valid', value: true },
] as const;

export const EDW = ['business', 'research', 'public', 'civil'].map((group) => `edw.participants.${group}`);

export function severity(dice: Dice): { readonly severity: string } {
  return { severity: dice.chance(0.75) ? 'block' : 'warn' };
}

export function pickBound(dice: Dice, files: ModelFiles, side: Bound['side'] | null = null): Bound {
  return dice.pick(boundsOf(files).filter((bound) => side === null || bound.side === side));
}

/** A comparison that is true whenever the bound is kept, or false whenever it is. */
export function weaker(dice: Dice, bound: Bound): ConditionFile | null {
  const { fact, side, value, type } = bound;
  const low = side === 'least' ? Math.max(type.min + 1, value - 20) : value;
  const high = side === 'least' ? value : Math.min(type.max - 1, value + 20);
  if (low > high) return null;
  return leaf(fact, side === 'least' ? AT_LEAST : AT_MOST, between(dice, bound, low, high));
}

export function opposed(dice: Dice, bound: Bound): ConditionFile | null {
  const { fact, side, value, type } = bound;
  const low = side === 'least' ? Math.max(type.min + 1, value - 20) : value;
  const high = side === 'least' ? value : Math.min(type.max - 1, value + 20);
  if (low > high) return null;
  return leaf(fact, side === 'least' ? 'lessThan' : 'greaterThan', between(dice, bound, low, high));
}

/** Two or three lower bounds of a gate. */
export function several(dice: Dice, files: ModelFiles, isOfOneRule: boolean): readonly Bound[] {
  const first = pickBound(dice, files, 'least');
  const others = boundsOf(files).filter(
    ({ gate, rule, fact, side }) =>
      gate === first.gate && side === 'least' && fact !== first.fact && (!isOfOneRule || rule === first.rule),
  );
  return [first, ...dice.some(others, 1, 2)];
}

export function sum(bounds: readonly Bound[]): number {
  return bounds.reduce((total, { value }) => total + value, 0);
}

export const factsOf = (bounds: readonly Bound[]) => bounds.map(({ fact }) => fact);

/** A number that a block rule of a gate demands of a fact in every region. */
export interface Bound {
  readonly gate: string;
  readonly rule: string;
  readonly fact: string;
  readonly side: 'least' | 'most';
  /** The mildest value of all classes. */
  readonly value: number;
  readonly type: { readonly kind: string; readonly min: number; readonly max: number };
}

/** All bounds on single facts that stand alone at the top of a block rule. */
export function boundsOf({ rulebook, facts }: ModelFiles): readonly Bound[] {
  return Object.entries(rulebook.gates).flatMap(([gate, { rules }]) =>
    rules.flatMap((id) => {
      const rule = rulebook.rules.find((each) => each.id === id);
      const parts = rule?.severity === 'block' ? rule.conditions.all : null;
      if (rule === undefined || !Array.isArray(parts)) return [];
      return (parts as ConditionFile[]).flatMap((part): Bound[] => {
        const fact = facts.facts.find(({ name }) => name === part.fact);
        const side =
          part.operator === 'greaterThanInclusive'
            ? 'least'
            : part.operator === 'lessThanInclusive'
              ? 'most'
              : null;
        const { kind, min, max } = fact?.type ?? {};
        const values = numbersOf(rule, part.value);
        if (
          fact === undefined ||
          side === null ||
          min === undefined ||
          max === undefined ||
          values.length === 0
        )
          return [];
        const value = side === 'least' ? Math.min(...values) : Math.max(...values);
        return [{ gate, rule: id, fact: fact.name, side, value, type: { kind: String(kind), min, max } }];
      });
    }),
  );
}

function numbersOf({ parameters }: RuleFile, value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  const { params } = (value ?? {}) as { params?: { name?: string } };
  const parameter = parameters[params?.name ?? ''];
  const found = parameter?.values === undefined ? [parameter?.value] : Object.values(parameter.values);
  return found.filter((each): each is number => typeof each === 'number');
}

/** A number of the kind of a bound, between two others (both included); halves for decimals. */
export function between(dice: Dice, { type }: Pick<Bound, 'type'>, low: number, high: number): number {
  const step = type.kind === 'integer' ? 1 : 0.5;
  return low + step * dice.upTo(Math.floor((high - low) / step) + 1);
}
