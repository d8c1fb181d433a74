import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { factsOfLeaf, leavesOf } from '../logic/condition.js';
import { exactnessOf, hasOpaque, type Exactness } from '../logic/exactness.js';
import { and, type Formula } from '../logic/formula.js';
import type { Interval } from '../logic/interval.js';
import { minimalSets } from '../logic/minimal-sets.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import { ALL_DAYS } from '../logic/universe.js';
import { evaluateGate, gateOf, waiverOf, type GateQuestion } from './evaluate-gate.js';
import { changesFor, type FactChange } from './fact-change.js';
import { severityIn } from './regional-value.js';
import { ruleOpens } from './rule-formula.js';
import { regionUniverse } from './rule-universe.js';
import type { Rule } from './rulebook.js';

/** Most opening sets that are looked for, unless the caller names another bound. */
export const OPENING_SETS_MAX = 50;

/** A smallest set of facts whose change opens the gate: no proper part of it does, whatever the values. */
export interface OpeningSet {
  readonly changes: readonly FactChange[];
}

export interface OpeningSets {
  readonly gate: string;
  /** The smallest sets first. One empty set: the gate is open. None: no fact that may be changed opens it. */
  readonly sets: readonly OpeningSet[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
  /** Ids of the rules that no fact that may be changed can satisfy, so that only a waiver opens the gate. */
  readonly hopeless: readonly string[];
  readonly exactness: Exactness;
}

export interface OpeningQuestion extends GateQuestion {
  /** Most sets to be answered. */
  readonly bound?: number;
  /** Whether facts that an administrator keeps may be changed too (the class of a region). */
  readonly byAdministrator?: boolean;
  /** The days that a date may be changed to, as day numbers; without it, every day of Cordata's calendar. */
  readonly days?: Interval;
}

/**
 * What would have to change so that a gate opens today: all smallest sets of facts, each with values nearest to what
 * is recorded. Facts that Cordata derives are never among them.
 *
 * Exact: every set opens the gate with the values proposed (`evaluateGate` is asked), and no part of a set opens it
 * with any values. Rules that share no fact that may be changed are looked at apart; the sets of the gate are
 * one of each put together.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function openingSets(question: OpeningQuestion): OpeningSets {
  const { bound = OPENING_SETS_MAX, rulebook } = question;
  const gate = gateOf(question);
  const mayChange = (fact: string) =>
    isChangeable(fact, rulebook.catalogue, question.byAdministrator ?? false);
  const demands = gate.rules.flatMap((rule) => demandsOf(rule, question, mayChange));
  const parts = componentsOf(demands).map((part) => openPart(part, question, bound));
  const hopeless = parts.flatMap((part) => part.hopeless);
  const combined = hopeless.length > 0 ? { sets: [], isCut: false } : combine(parts, bound);
  const sets = combined.sets.filter(({ changes }) => opens(question, changes));
  return {
    gate: gate.id,
    sets,
    isCut: combined.isCut || parts.some(({ isCut }) => isCut),
    hopeless: gate.rules.map(({ id }) => id).filter((id) => hopeless.includes(id)),
    exactness: exactnessOf({
      'opaque-comparison': parts.some(({ isOpaque }) => isOpaque) || sets.length < combined.sets.length,
      'search-bound': parts.some(({ isUndecided }) => isUndecided),
    }),
  };
}

/** Something that must hold for the gate to open, and the facts that may be changed for it. */
interface Demand {
  readonly rule: Rule;
  readonly facts: readonly string[];
}

/** A block rule whose condition is a list of parts is as many demands; they have fewer facts in common. */
function demandsOf(
  rule: Rule,
  { context, waivers }: GateQuestion,
  mayChange: (fact: string) => boolean,
): readonly Demand[] {
  const factsOf = (each: Rule) => {
    const leaves = leavesOf(each.condition);
    const names = leaves.flatMap(({ right }) => (right.kind === 'parameter' ? [right.name] : []));
    const choices = [...names.map((name) => each.parameters.get(name)), each.severity];
    const deciding = choices.flatMap((one) => (typeof one === 'object' && 'by' in one ? [one.by] : []));
    return [...new Set([...leaves.flatMap(factsOfLeaf), ...deciding])].filter(mayChange);
  };
  const severity = severityIn(rule.severity, context.facts);
  const isFixed = typeof rule.severity === 'string' || !mayChange(rule.severity.by);
  if (isFixed && severity === 'warn') return [];
  const waiver = waiverOf(rule, waivers, context.today);
  if (waiver !== undefined) return [];
  if (!isFixed || severity !== 'block') return [{ rule, facts: factsOf(rule) }];
  return conjunctsOf(rule).map((part) => ({ rule: part, facts: factsOf(part) }));
}

function conjunctsOf(rule: Rule): readonly Rule[] {
  const { condition } = rule;
  if (condition.kind !== 'all') return [rule];
  return condition.of.flatMap((part) => conjunctsOf({ ...rule, condition: part }));
}

/** Demands that are tied by common facts, directly or through others. */
function componentsOf(demands: readonly Demand[]): readonly (readonly Demand[])[] {
  const components: Demand[][] = [];
  for (const demand of demands) {
    const tied = components.filter((each) =>
      each.some(({ facts }) => facts.some((f) => demand.facts.includes(f))),
    );
    const merged = [...tied.flat(), demand];
    for (const each of tied) components.splice(components.indexOf(each), 1);
    components.push(merged);
  }
  return components;
}

interface OpenedPart {
  /** Ids of its rules that cannot be satisfied: those that can't alone, or all of them together. */
  readonly hopeless: readonly string[];
  readonly sets: readonly OpeningSet[];
  readonly isCut: boolean;
  readonly isOpaque: boolean;
  readonly isUndecided: boolean;
}

function openPart(part: readonly Demand[], question: OpeningQuestion, bound: number): OpenedPart {
  const { context, rulebook } = question;
  const { catalogue } = rulebook;
  const days = question.days ?? ALL_DAYS;
  const rules = part.map(({ rule }) => rule);
  const facts = [...new Set(part.flatMap((demand) => demand.facts))];
  let [isOpaque, isUndecided] = [false, false];
  const state = (set: ReadonlySet<string>): { formula: Formula; space: Space } => {
    const space = new Space();
    const universe = regionUniverse(rules, catalogue, { context, days, isFree: (fact) => set.has(fact) });
    const site = { space, universe, catalogue };
    return { formula: and(...rules.map((rule) => ruleOpens(rule, site))), space };
  };
  const fits = (mask: bigint) => {
    const { formula, space } = state(new Set(membersOf(mask, facts)));
    const answer = solveFormula(formula, space);
    if (answer.kind === 'undecided') isUndecided = true;
    isOpaque ||= hasOpaque(formula);
    return answer.kind === 'found';
  };
  const { sets, isCut } = minimalSets(facts.length, fits, bound);
  const alone = (demand: Demand) => openPart([demand], question, 1).sets.length > 0;
  const stuck = part.length === 1 || sets.length > 0 ? part : part.filter((demand) => !alone(demand));
  const hopeless = sets.length > 0 ? [] : stuck.length > 0 ? stuck : part;
  return {
    hopeless: hopeless.map(({ rule }) => rule.id),
    sets: sets.map((mask) => ({
      changes: changesFor(membersOf(mask, facts), rules, { catalogue, context, days }),
    })),
    isCut,
    isOpaque,
    isUndecided,
  };
}

function membersOf(mask: bigint, facts: readonly string[]): readonly string[] {
  return facts.filter((_, i) => (mask & (1n << BigInt(i))) !== 0n);
}

/** One set of each part put together, the smallest first. */
function combine(
  parts: readonly OpenedPart[],
  bound: number,
): { readonly sets: readonly OpeningSet[]; readonly isCut: boolean } {
  let [sets, isCut]: [readonly OpeningSet[], boolean] = [[{ changes: [] }], false];
  for (const part of parts) {
    const all = sets.flatMap((one) =>
      part.sets.map((other) => ({ changes: [...one.changes, ...other.changes] })),
    );
    isCut ||= all.length > bound;
    sets = all.toSorted((a, b) => a.changes.length - b.changes.length).slice(0, bound);
  }
  return { sets, isCut };
}

function opens(question: GateQuestion, changes: readonly FactChange[]): boolean {
  const facts = new Map(question.context.facts);
  for (const { recorded } of changes) facts.set(recorded.fact, recorded);
  const { verdict } = evaluateGate({ ...question, context: { ...question.context, facts } });
  return verdict !== 'fail' && verdict !== 'unknown';
}

function isChangeable(fact: string, catalogue: FactCatalogue, byAdministrator: boolean): boolean {
  const definition = catalogue.get(fact);
  if (definition === undefined || definition.meanOf !== undefined) return false;
  return definition.owner !== 'engine' && (byAdministrator || definition.owner !== 'administrator');
}
