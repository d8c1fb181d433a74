import type { Gate, Rule } from '../gates/rulebook.js';
import { leavesOf } from '../logic/condition.js';
import type { Exactness } from '../logic/exactness.js';
import { factsOfTerm } from '../logic/term.js';
import type { AlarmCode } from './model-check-alarm.js';
import { severityFor } from './model-check-model.js';
import type { Claim, Situation } from './model-check-claim.js';
import type { ModelSolver } from './model-check-solver.js';

/** What is wrong with a gate in one region. */
export interface GateFault {
  readonly code: Extract<AlarmCode, `gate.${string}` | `rule.${string}` | `rules.${string}`>;
  /** The rule or rules that the fault is about; of a gate that nothing opens, the smallest group to blame. */
  readonly rules: readonly Rule[];
  /** The rules that imply it. */
  readonly by: readonly Rule[];
  /** Whether it keeps the gate shut; else it is a fault only if it is one in every region. */
  readonly isBlocking: boolean;
  /** Null: it is proved. */
  readonly undecided: Exactness['because'][number] | null;
}

/** A gate, asked in a region by whatever facts and on whatever day. */
interface GateCase {
  readonly gate: Gate;
  readonly solver: ModelSolver;
  readonly situation: Situation;
}

/**
 * Judges one gate for one region, whoever stands before it and with whatever facts.
 *
 * A rule is dead if the others imply it: no facts exist with which they let the gate open and it is broken. A rule that
 * asks whether a fact is known is broken if it is not. If nothing opens the gate, every rule is dead and none is
 * said to be.
 */
export function judgeGate(gate: Gate, solver: ModelSolver, situation: Situation): readonly GateFault[] {
  const asked: GateCase = { gate, solver, situation };
  const open = solver.solve(gate.rules.map(opens), situation);
  if (open.kind === 'none') {
    const core = smallestCore(
      open.claims.map(({ rule }) => rule),
      (rules) => solver.answers(rules.map(opens), situation) === 'none',
    );
    const unsatisfiable: GateFault = { ...proved('gate.unsatisfiable', core), isBlocking: true };
    return [unsatisfiable, ...brokenRules(asked), ...contradictions(asked, false)];
  }
  const undecided =
    open.kind === 'undecided'
      ? [{ ...proved('gate.unsatisfiable', []), isBlocking: true, undecided: open.because }]
      : [];
  // Each group can be satisfied by itself, so a rule is idle only because of others of its group.
  const groups = solver
    .groupsOf(gate.rules, situation)
    .map((rules) => ({ ...asked, gate: { ...gate, rules } }));
  return [
    ...undecided,
    ...alwaysOpen(asked),
    ...groups.flatMap((group) => [
      ...(open.kind === 'found' ? group.gate.rules.flatMap((rule) => idleRule(rule, group)) : []),
      ...contradictions(group, open.kind === 'found'),
    ]),
  ];
}

function opens(rule: Rule): Claim {
  return { rule, says: 'opens' };
}

function proved(code: GateFault['code'], rules: readonly Rule[], by: readonly Rule[] = []): GateFault {
  return { code, rules, by, isBlocking: false, undecided: null };
}

/** A smallest part of the rules of which it is still so. */
function smallestCore(rules: readonly Rule[], isSo: (part: readonly Rule[]) => boolean): readonly Rule[] {
  let core = rules;
  for (const rule of rules) {
    const without = core.filter((other) => other !== rule);
    if (isSo(without)) core = without;
  }
  return core;
}

/** Rules that can't be satisfied, or of which it will never be known. */
function brokenRules({ gate, solver, situation }: GateCase): readonly GateFault[] {
  return gate.rules.flatMap((rule): GateFault[] => {
    const isBlocking = severityFor(rule, situation.region) !== 'warn';
    if (solver.answers([{ rule, says: 'true' }], situation) !== 'none') return [];
    const isUnknown = solver.answers([{ rule, says: 'false' }], situation) === 'none';
    const code = isUnknown ? 'rule.undecidable' : 'rule.unsatisfiable';
    return [{ ...proved(code, [rule]), isBlocking }];
  });
}

/**
 * Pairs that are never satisfied together, although each can be.
 *
 * @param isOpen whether the gate can open, and so all rules that block can be satisfied at once
 */
function contradictions({ gate, solver, situation }: GateCase, isOpen: boolean): readonly GateFault[] {
  const isTrue = (rule: Rule): Claim => ({ rule, says: 'true' });
  const blocks = (rule: Rule) => severityFor(rule, situation.region) === 'block';
  return gate.rules.flatMap((one, i) =>
    gate.rules.slice(i + 1).flatMap((other): GateFault[] => {
      const isBlocking = blocks(one) && blocks(other);
      if ((isOpen && isBlocking) || !solver.areTied(one, other, situation)) return [];
      const both = solver.solve([isTrue(one), isTrue(other)], situation);
      if (both.kind === 'found') return [];
      const each = [one, other].map((rule) => solver.answers([isTrue(rule)], situation));
      if (each.includes('none')) return [];
      const undecided = both.kind === 'undecided' ? both.because : null;
      return [{ ...proved('rules.contradict', [one, other]), isBlocking, undecided }];
    }),
  );
}

/** Whether no facts, once known, shut the gate. */
function alwaysOpen({ gate, solver, situation }: GateCase): readonly GateFault[] {
  let undecided: GateFault['undecided'] = null;
  for (const rule of gate.rules) {
    const questions = [situation, ...knownFacts(rule, situation).map((fact) => without(fact, situation))];
    for (const [i, each] of questions.entries()) {
      const shut = solver.solve([{ rule, says: i === 0 ? 'fails' : 'shuts' }], each);
      if (shut.kind === 'found') return [];
      if (shut.kind === 'undecided') undecided = shut.because;
    }
  }
  return [{ ...proved('gate.always-open', []), undecided }];
}

/** Whether a rule makes no difference because the others imply that it holds, or that it does not. */
function idleRule(rule: Rule, { gate, solver, situation }: GateCase): readonly GateFault[] {
  const others = gate.rules.filter((other) => other !== rule);
  const breaks = (among: readonly Rule[]) => {
    const broken = solver.solve([...among.map(opens), { rule, says: 'false' }], situation);
    if (broken.kind !== 'none') return broken;
    const unknown = knownFacts(rule, situation).map((fact) =>
      solver.solve([...among.map(opens), { rule, says: 'untrue' }], without(fact, situation)),
    );
    return unknown.find(({ kind }) => kind !== 'none') ?? broken;
  };
  const holds = (among: readonly Rule[]) =>
    solver.solve([...among.map(opens), { rule, says: 'true' }], situation);

  const [broken, held] = [breaks(others), holds(others)];
  if (held.kind === 'none') {
    const alone = holds([]);
    if (alone.kind === 'none') return brokenRules({ gate: { ...gate, rules: [rule] }, solver, situation });
    const by = smallestCore(others, (among) => holds(among).kind === 'none');
    const [single] = by;
    // That is a contradiction of two, and told as one.
    if (by.length === 1 && single !== undefined && severityFor(single, situation.region) === 'block')
      return [];
    return [proved('rule.never-holds', [rule], by)];
  }
  if (broken.kind === 'found') return [];
  if (broken.kind === 'undecided') return [{ ...proved('rule.dead', [rule]), undecided: broken.because }];
  return [
    proved(
      'rule.dead',
      [rule],
      smallestCore(others, (among) => breaks(among).kind === 'none'),
    ),
  ];
}

/** The facts of which a rule asks whether they are known. */
function knownFacts({ condition }: Rule, { missing }: Situation): readonly string[] {
  const asked = leavesOf(condition).flatMap(({ left, operator }) =>
    operator === 'isKnown' ? factsOfTerm(left).map(({ name }) => name) : [],
  );
  return [...new Set(asked)].filter((name) => !missing.has(name));
}

function without(fact: string, situation: Situation): Situation {
  return { ...situation, missing: new Set([...situation.missing, fact]) };
}
