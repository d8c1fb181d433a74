import type { AlarmCode } from '../../../src/core/proof/model-check-alarm.js';
import type { Model } from '../../../src/core/proof/model-check-model.js';
import { Dice } from '../gates/small-world.js';
import {
  modelOf,
  shippedFiles,
  type ConditionFile,
  type ModelFiles,
  type RuleFile,
} from './model-check-fixtures.js';

export const FAULT_KINDS = [
  'dead rule',
  'contradiction',
  'unsatisfiable gate',
  'removed exit',
  'self-waiting barrier',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What an alarm about the fault must say. */
export interface Expected {
  readonly code: AlarmCode;
  /** Every value must be among those of the alarm's param of this name. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  /** Regions of which the alarm must speak, and no others; left out: whichever. */
  readonly regions?: readonly string[];
}

export interface PlantedFault {
  readonly kind: FaultKind;
  /** Which way of the kind it is, and with what. */
  readonly how: string;
  readonly model: Model;
  readonly expected: Expected;
}

/** The regions among which faults are planted: one advanced, two that converge, one without a class and outside the EU. */
export const PLANTED_REGIONS = ['DE1', 'CH022', 'FRC2', 'SI0'] as const;

/** Edits the files; null: this throw of the dice does not fit, throw again. */
export type Plant = (
  dice: Dice,
  files: ModelFiles,
) => { readonly how: string; readonly expected: Expected } | null;

/**
 * So many different faults of a kind, each planted alone into a fresh copy of what is shipped, one way of planting
 * after the other. What does not get past the door is not counted.
 */
export function plantFaults(
  kind: FaultKind,
  plants: readonly Plant[],
  { seed, count }: { readonly seed: number; readonly count: number },
): readonly PlantedFault[] {
  const dice = new Dice(seed);
  const faults = new Map<string, PlantedFault>();
  for (let turn = 0; faults.size < count; turn += 1) {
    if (turn > count * 100) throw new Error(`only ${faults.size} of ${count} faults of the kind ${kind}`);
    const plant = plants[turn % plants.length];
    const files = shippedFiles();
    const planted = plant?.(dice, files) ?? null;
    if (planted === null || faults.has(planted.how)) continue;
    const model = modelOf(files, PLANTED_REGIONS);
    if (model !== null) faults.set(planted.how, { kind, model, ...planted });
  }
  return [...faults.values()];
}

export const NEW_RULE = 'R90';

/** Adds a rule to the rulebook and, anywhere, to a gate. */
export function addRule(
  { dice, files, gate }: { readonly dice: Dice; readonly files: ModelFiles; readonly gate: string },
  conditions: ConditionFile,
  more: Partial<RuleFile> & { readonly id?: string } = {},
): string {
  const { rules, gates } = files.rulebook;
  const [first] = rules;
  const id = more.id ?? NEW_RULE;
  if (first === undefined) throw new Error('the rulebook has no rules');
  const { labels, source } = first;
  rules.splice(dice.upTo(rules.length + 1), 0, {
    id,
    labels,
    source,
    severity: 'block',
    parameters: {},
    conditions,
    ...more,
  });
  const asked = gates[gate]?.rules ?? [];
  asked.splice(dice.upTo(asked.length + 1), 0, id);
  return id;
}

export function leaf(fact: string, operator: string, value: unknown): ConditionFile {
  return { fact, operator, value };
}

export function fn(
  name: string,
  params: Record<string, unknown>,
  operator: string,
  value: unknown,
): ConditionFile {
  return { fact: name, params, operator, value };
}
