import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { hasOpaque } from '../logic/exactness.js';
import { and, type Formula, type Saying } from '../logic/formula.js';
import { implicantAt, type Claim } from '../logic/implicant.js';
import { opposite } from '../logic/opposite.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import { evaluateGate, type GateContext } from './evaluate-gate.js';
import { evaluateRule } from './evaluate-rule.js';
import { contextOf, type Witness } from './find-witness.js';
import { ruleFormula, ruleOpens, type RuleSite } from './rule-formula.js';
import { factsOf, freeUniverse, todayOf, type Realm } from './rule-universe.js';
import type { Rule, Rulebook } from './rulebook.js';

/** Most regions that are described per gate or rule and direction, unless the caller names another bound. */
export const REGIONS_MAX = 10;

/** A part of all facts that there can be in which two versions differ. */
export interface Region {
  /** All of them hold in the region, and none can be left out. */
  readonly conditions: readonly Saying[];
  /** Of a gate, the rules that are the same in both versions: where they let it open as well, the versions differ. */
  readonly besides: readonly string[];
  /** Facts in it, which both versions have judged. */
  readonly witness: Witness;
}

/**
 * How two versions differ. `equal`: proved to be the same for all facts; `changed`: there are regions; `added` or
 * `removed`: only one version has it; `undecided`: neither a difference nor a proof was found, or `isCut` without one.
 */
export interface Change {
  readonly id: string;
  readonly state: 'equal' | 'changed' | 'added' | 'removed' | 'undecided';
  /** What the first version let pass and the second does not. */
  readonly refused: readonly Region[];
  /** What the second version lets pass and the first did not. */
  readonly admitted: readonly Region[];
  /** Whether there is, or may be, more than these regions. */
  readonly isCut: boolean;
}

export interface RulebookComparison {
  /** Whether the gate opens (with or without conditions). */
  readonly gates: readonly Change[];
  /** Whether the condition of the rule is true, whatever its severity. */
  readonly rules: readonly Change[];
}

/**
 * What a new version of a rulebook changes: not in its text, but in what it decides, for all facts that there can be.
 * A region is found as an example of a difference, widened by leaving out every condition that the difference does not
 * need, and set aside; then the next one is looked for, until it is proved that there is none or the bound is met.
 *
 * Where a fact has been given another type, gates and rules that ask for it are `undecided`.
 */
export function compareRulebooks(
  before: Rulebook,
  after: Rulebook,
  realm: Realm,
  bound = REGIONS_MAX,
): RulebookComparison {
  const setting = { before, after, realm, bound };
  const ids = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) => [
    ...new Set([...one.keys(), ...other.keys()]),
  ];
  return {
    gates: ids(before.gates, after.gates).map((id) => {
      const [one, other] = [before.gates.get(id), after.gates.get(id)];
      if (one === undefined || other === undefined) return onlyOne(id, other !== undefined);
      const opens = (rulebook: Rulebook) => (context: GateContext) => {
        const { verdict } = evaluateGate({ rulebook, gate: id, context, waivers: [] });
        return verdict !== 'fail' && verdict !== 'unknown';
      };
      const same = one.rules.filter((rule) => other.rules.some((each) => isSameRule(rule, each)));
      const side = (rulebook: Rulebook, rules: readonly Rule[]): Side => ({
        rules: rules.filter((rule) => !same.some(({ id }) => id === rule.id)),
        same,
        formula: opensAll,
        holds: opens(rulebook),
      });
      return compare(id, side(before, one.rules), side(after, other.rules), setting);
    }),
    rules: ids(before.rules, after.rules).map((id) => {
      const [one, other] = [before.rules.get(id), after.rules.get(id)];
      if (one === undefined || other === undefined) return onlyOne(id, other !== undefined);
      const side = (rule: Rule): Side => ({
        rules: [rule],
        same: [],
        formula: (rules, site) => and(...rules.map((each) => ruleFormula(each, true, site))),
        holds: (context) => evaluateRule(rule, context).truth === true,
      });
      return compare(id, side(one), side(other), setting);
    }),
  };
}

interface Setting {
  readonly before: Rulebook;
  readonly after: Rulebook;
  readonly realm: Realm;
  readonly bound: number;
}

/** One version of what is compared. */
interface Side {
  /** Those that are not the same in the other version. */
  readonly rules: readonly Rule[];
  readonly same: readonly Rule[];
  readonly formula: (rules: readonly Rule[], site: RuleSite) => Formula;
  readonly holds: (context: GateContext) => boolean;
}

function opensAll(rules: readonly Rule[], site: RuleSite): Formula {
  return and(...rules.map((rule) => ruleOpens(rule, site)));
}

/** Written the same: whatever else differs is not about what it decides. */
function isSameRule(one: Rule, other: Rule): boolean {
  const text = ({ id, severity, parameters, conditions, factNames }: Rule) =>
    JSON.stringify([id, severity, [...parameters], conditions, factNames]);
  return text(one) === text(other);
}

function onlyOne(id: string, isAdded: boolean): Change {
  return { id, state: isAdded ? 'added' : 'removed', refused: [], admitted: [], isCut: false };
}

function compare(id: string, before: Side, after: Side, setting: Setting): Change {
  const catalogue = commonCatalogue([...before.rules, ...after.rules, ...before.same], setting);
  if (catalogue === null) return { id, state: 'undecided', refused: [], admitted: [], isCut: true };
  const refused = regionsOf(before, after, catalogue, setting);
  const admitted = regionsOf(after, before, catalogue, setting);
  const found = refused.regions.length + admitted.regions.length;
  const isCut = refused.isCut || admitted.isCut;
  return {
    id,
    state: found > 0 ? 'changed' : isCut ? 'undecided' : 'equal',
    refused: refused.regions,
    admitted: admitted.regions,
    isCut,
  };
}

/** All facts of both versions; null: one of those that the rules ask for has another type in each. */
function commonCatalogue(rules: readonly Rule[], { before, after }: Setting): FactCatalogue | null {
  const names = new Set(rules.flatMap(({ factNames }) => factNames));
  const typeIn = (rulebook: Rulebook, name: string) => rulebook.catalogue.get(name)?.type;
  const isSame = [...names].every((name) => {
    const [one, other] = [typeIn(before, name), typeIn(after, name)];
    return one === undefined || other === undefined || JSON.stringify(one) === JSON.stringify(other);
  });
  return isSame ? new Map([...before.catalogue, ...after.catalogue]) : null;
}

/** Where one version lets pass and the other does not. */
function regionsOf(
  passes: Side,
  refuses: Side,
  catalogue: FactCatalogue,
  { realm, bound }: Setting,
): { readonly regions: readonly Region[]; readonly isCut: boolean } {
  const rules = [...passes.rules, ...refuses.rules, ...passes.same];
  const [space, universe] = [new Space(), freeUniverse(rules, catalogue, realm)];
  const site = { space, universe, catalogue };
  const difference = and(
    passes.formula(passes.rules, site),
    opposite(refuses.formula(refuses.rules, site), space),
  );
  const besides = passes.same.map(({ id }) => id);
  const names = new Set(rules.flatMap(({ factNames }) => factNames));
  const regions: Region[] = [];
  let others = opensAll(passes.same, site);
  for (;;) {
    const answer = solveFormula(and(difference, others), space);
    if (answer.kind === 'none') return { regions, isCut: false };
    if (answer.kind === 'undecided' || regions.length === bound) return { regions, isCut: true };
    const example = { assignment: answer.assignment, space, universe, catalogue };
    const witness = { today: todayOf(example), facts: factsOf(names, example) };
    const context = contextOf(witness, realm);
    if (!passes.holds(context) || refuses.holds(context)) return { regions, isCut: true };
    const claims = implicantAt(difference, answer.assignment, space);
    regions.push({ conditions: sayingsOf(claims, space), besides, witness });
    if (claims.some(hasOpaque)) return { regions, isCut: true };
    others = and(others, opposite(and(...claims), space));
  }
}

/** What the claims say, with all that they say of one word put together. */
function sayingsOf(claims: readonly Claim[], space: Space): readonly Saying[] {
  const allowed = new Map<number, bigint>();
  for (const { atom } of claims) {
    if (atom.kind === 'word') allowed.set(atom.variable, (allowed.get(atom.variable) ?? -1n) & atom.allowed);
  }
  return claims.flatMap(({ atom, says }): Saying[] => {
    if (atom.kind !== 'word') return [says];
    const mask = allowed.get(atom.variable);
    allowed.delete(atom.variable);
    if (mask === undefined) return [];
    const words = (space.words[atom.variable]?.words ?? []).filter(
      (_, i) => (mask & (1n << BigInt(i))) !== 0n,
    );
    const [only] = words;
    if (words.length === 1 && only !== undefined)
      return [{ fact: says.fact, operator: 'equal', value: only }];
    return [{ fact: says.fact, operator: 'in', value: words.map(String) }];
  });
}
