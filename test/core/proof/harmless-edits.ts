import type { Dice } from '../gates/small-world.js';
import { shippedFiles, type ModelFiles, type RuleFile } from './model-check-fixtures.js';

export interface HarmlessEdit {
  readonly how: string;
  readonly files: ModelFiles;
}

/** How far a threshold is moved at most, in parts of itself. */
const MOVED_PARTS_MAX = 0.2;

/** What an administrator changes on an ordinary day: a few thresholds, who is in a gate, how a sync point waits. */
export function harmlessEdit(dice: Dice): HarmlessEdit {
  const files = shippedFiles();
  const edits = [moveThresholds, moveThresholds, takeRuleOut, shiftQuorum, softenRule];
  const how = Array.from({ length: 1 + dice.upTo(3) }, () => dice.pick(edits)(dice, files));
  return { how: how.join('; '), files };
}

function moveThresholds(dice: Dice, { rulebook }: ModelFiles): string {
  const moved = (value: unknown): unknown => {
    if (typeof value !== 'number') return value;
    const by = 1 + (2 * dice.upTo(101) * MOVED_PARTS_MAX) / 100 - MOVED_PARTS_MAX;
    return Number.isInteger(value) ? Math.round(value * by) : Math.round(value * by * 10) / 10;
  };
  const chosen = dice.some(
    rulebook.rules.flatMap(({ id, parameters }) => Object.keys(parameters).map((name) => ({ id, name }))),
    1,
    5,
  );
  for (const { id, name } of chosen) {
    const parameter = rulebook.rules.find((rule) => rule.id === id)?.parameters[name];
    if (parameter?.values !== undefined) {
      for (const key of Object.keys(parameter.values)) parameter.values[key] = moved(parameter.values[key]);
    } else if (parameter !== undefined) parameter.value = moved(parameter.value);
  }
  return `thresholds ${chosen.map(({ id, name }) => `${id} ${name}`).join(', ')}`;
}

function takeRuleOut(dice: Dice, { rulebook }: ModelFiles): string {
  const large = Object.entries(rulebook.gates).filter(([, { rules }]) => rules.length > 3);
  const [id, gate] = dice.pick(large);
  const rule = dice.pick(gate.rules);
  gate.rules = gate.rules.filter((other) => other !== rule);
  if (!Object.values(rulebook.gates).some(({ rules }) => rules.includes(rule))) {
    rulebook.rules = rulebook.rules.filter((other) => other.id !== rule);
  }
  return `${id} without ${rule}`;
}

function shiftQuorum(dice: Dice, files: ModelFiles): string {
  const point = dice.pick(files.syncPoints);
  const k = 1 + dice.upTo(point.members.length);
  files.syncPoints = files.syncPoints.map((each) =>
    each === point ? { ...each, rule: { kind: 'k-of-n', k } } : each,
  );
  return `${point.id} waits for ${k}`;
}

function softenRule(dice: Dice, { rulebook }: ModelFiles): string {
  const isAlone = ({ id }: RuleFile) =>
    Object.values(rulebook.gates).some(({ rules }) => rules.includes(id) && rules.length < 4);
  const rule = dice.pick(rulebook.rules.filter((each) => each.severity === 'block' && !isAlone(each)));
  rule.severity = 'warn';
  return `${rule.id} only warns`;
}
