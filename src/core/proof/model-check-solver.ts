import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactValue } from '../facts/fact-value.js';
import { factsOf, freeUniverse, todayOf } from '../gates/rule-universe.js';
import type { Rule } from '../gates/rulebook.js';
import { leavesOf } from '../logic/condition.js';
import { hasOpaque, type Exactness } from '../logic/exactness.js';
import { extremeValue, within } from '../logic/extreme-value.js';
import { and } from '../logic/formula.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import {
  claimFormula,
  claimsHold,
  daysFormulas,
  universeOf,
  type Claim,
  type Situation,
} from './model-check-claim.js';
import {
  ENTERED_ON,
  isGiven,
  regionFacts,
  severityFor,
  WORKING_DAYS,
  type Model,
  type ModelRegion,
} from './model-check-model.js';

/** Facts, and a day, with which all claims hold; `none`: proved that there are none. */
export type Solution =
  | {
      readonly kind: 'found';
      /** Only those that somebody records. */
      readonly facts: readonly FactValue[];
      /** Null: the claims do not depend on it. */
      readonly today: CalendarDate | null;
    }
  /** `claims`: those that are impossible together, perhaps with some that have no part in it. */
  | { readonly kind: 'none'; readonly claims: readonly Claim[] }
  | { readonly kind: 'undecided'; readonly because: Exactness['because'][number] };

/** Asks what is possible in a region. Claims that share no fact are looked at apart; each question is put once. */
export class ModelSolver {
  private readonly known = new Map<string, Solution>();
  private readonly examples = new Map<string, Solution>();
  private readonly traits = new Map<Rule, RuleTraits>();
  private readonly model: Model;

  constructor(model: Model) {
    this.model = model;
  }

  /**
   * Whether facts exist with which all claims hold. Every example has been evaluated; see `solveFormula` for how far
   * `none` goes.
   *
   * @param isEarliest whether the day must be the first one possible
   */
  solve(claims: readonly Claim[], situation: Situation, isEarliest = false): Solution {
    const facts: FactValue[] = [];
    let today: CalendarDate | null = null;
    let undecided: Solution | null = null;
    const simple = claims.map((claim) => simplified(claim, situation.region));
    for (const part of this.tied(simple, ({ rule }) => rule, situation)) {
      const found = this.solvePart(part, situation, isEarliest);
      if (found.kind === 'none') return found;
      if (found.kind === 'undecided') undecided = found;
      else {
        facts.push(...found.facts);
        today = found.today ?? today;
      }
    }
    return undecided ?? { kind: 'found', facts, today };
  }

  /** Whether facts exist with which all claims hold, where the answer is wanted as a word only. */
  answers(claims: readonly Claim[], situation: Situation): Solution['kind'] {
    return this.solve(claims, situation).kind;
  }

  /** Rules in groups of which none shares anything that is not known with another: a fact, or the day. */
  groupsOf(rules: readonly Rule[], situation: Situation): readonly (readonly Rule[])[] {
    return this.tied(rules, (rule) => rule, situation);
  }

  /** Whether two rules share something that is not known. */
  areTied(one: Rule, other: Rule, situation: Situation): boolean {
    const ties = this.tiesOf(one, situation);
    return this.tiesOf(other, situation).some((tie) => ties.includes(tie));
  }

  /** The same for regions that the rules can't tell apart. */
  profileOf(rules: readonly Rule[], situation: Situation): string {
    const severities = rules.map((rule) => severityFor(rule, situation.region));
    const { key, calendars } = this.keysOf(
      rules.map((rule) => ({ rule, says: 'opens' })),
      situation,
      false,
    );
    return JSON.stringify([severities, key, calendars]);
  }

  private tied<T>(
    all: readonly T[],
    ruleOf: (one: T) => Rule,
    situation: Situation,
  ): readonly (readonly T[])[] {
    const groupOf = new Map<string, Set<T>>();
    const groups = new Set<Set<T>>();
    for (const one of all) {
      const ties = this.tiesOf(ruleOf(one), situation);
      const group = new Set<T>();
      for (const other of new Set(ties.flatMap((tie) => groupOf.get(tie) ?? []))) {
        for (const each of other) group.add(each);
        groups.delete(other);
      }
      group.add(one);
      groups.add(group);
      for (const each of group)
        for (const tie of this.tiesOf(ruleOf(each), situation)) groupOf.set(tie, group);
    }
    return [...groups].map((group) => [...group]);
  }

  private tiesOf(rule: Rule, { region, missing }: Situation): readonly string[] {
    const { ties } = this.traitsOf(rule);
    const isKnown = (name: string) => missing.has(name) || (name === 'region.class' && region.class !== null);
    return ties.some(isKnown) ? ties.filter((name) => !isKnown(name)) : ties;
  }

  /** Regions that do not differ in what the rules ask for share an answer. */
  private solvePart(claims: readonly Claim[], situation: Situation, isEarliest: boolean): Solution {
    const { key, calendars } = this.keysOf(claims, situation, isEarliest);
    const known = this.known.get(key + calendars) ?? this.exampleFor(key, claims, situation, isEarliest);
    const solution = known ?? this.solveAfresh(claims, situation, isEarliest);
    this.known.set(key + calendars, solution);
    if (!this.examples.has(key)) this.examples.set(key, solution);
    return solution;
  }

  private keysOf(claims: readonly Claim[], situation: Situation, isEarliest: boolean) {
    const { region, days, enteredOn, missing } = situation;
    const traits = claims.map(({ rule }) => this.traitsOf(rule));
    const names = new Set(claims.flatMap(({ rule }) => rule.factNames));
    const asksDay = traits.some((each) => each.asksDay);
    const ids = [region.calendar, ...region.neighbourCalendars].map(({ id }) => id);
    const key = [
      claims.map(({ rule, says }) => `${says} ${rule.id}`),
      [...regionFacts(region)].filter(([fact]) => names.has(fact)),
      asksDay ? [days.lo, days.hi, enteredOn, isEarliest] : [],
      [...missing].filter((fact) => names.has(fact)).toSorted(),
    ];
    const calendars = traits.some(({ countsDays }) => countsDays) ? ids : [];
    return { key: JSON.stringify(key), calendars: JSON.stringify(calendars) };
  }

  /** What was found under another calendar often holds here too, and to evaluate is cheaper than to solve. */
  private exampleFor(
    key: string,
    claims: readonly Claim[],
    situation: Situation,
    isEarliest: boolean,
  ): Solution | undefined {
    const example = this.examples.get(key);
    if (example?.kind !== 'found') return undefined;
    const { days, enteredOn } = situation;
    const isFirst = example.today === null || toDayNumber(example.today) === days.lo;
    if (isEarliest && !isFirst) return undefined;
    return claimsHold(claims, example, { ...situation, enteredOn: enteredOn ?? days.lo })
      ? example
      : undefined;
  }

  private solveAfresh(claims: readonly Claim[], situation: Situation, isEarliest: boolean): Solution {
    const { catalogue } = this.model.rulebook;
    const rules = [...new Set(claims.map(({ rule }) => rule))];
    const universe = universeOf(freeUniverse(rules, catalogue, situation.region), situation);
    const space = new Space();
    const site = { space, universe, catalogue };
    const asked = and(...claims.map((claim) => claimFormula(claim, site)));
    const formula = and(asked, ...daysFormulas(rules, site, situation));
    let answer = solveFormula(formula, space);
    if (answer.kind === 'none') return { kind: 'none', claims };
    if (answer.kind === 'undecided') return { kind: 'undecided', because: 'search-bound' };

    const day = space.numberNamed('today');
    if (isEarliest && day !== null && (answer.assignment.numbers[day] ?? 0) > situation.days.lo) {
      const first = extremeValue(formula, day, situation.days, { space, end: 'least' });
      const sooner =
        first === null ? answer : solveFormula(and(formula, within(day, { lo: first, hi: first })), space);
      if (sooner.kind === 'found') answer = sooner;
    }
    const example = { assignment: answer.assignment, space, universe, catalogue };
    const names = new Set(rules.flatMap(({ factNames }) => factNames));
    const isRecorded = (name: string) => universe.knowledge(name) === 'free' && !isGiven(name);
    const entry = space.numberNamed(ENTERED_ON);
    const enteredOn = situation.enteredOn ?? (entry === null ? null : answer.assignment.numbers[entry]);
    const solution: Solution = {
      kind: 'found',
      facts: [...factsOf(names, example).values()].filter(({ fact }) => isRecorded(fact)),
      today: day === null ? null : todayOf(example),
    };
    const isSo = claimsHold(claims, solution, { ...situation, enteredOn: enteredOn ?? situation.days.lo });
    if (isSo) return solution;
    return { kind: 'undecided', because: hasOpaque(formula) ? 'opaque-comparison' : 'search-bound' };
  }

  private traitsOf(rule: Rule): RuleTraits {
    const found = this.traits.get(rule) ?? traitsOf(rule);
    this.traits.set(rule, found);
    return found;
  }
}

/** In a region where the rule can only block, its condition says all; so fewer questions are put. */
function simplified({ rule, says }: Claim, region: ModelRegion): Claim {
  if (severityFor(rule, region) !== 'block') return { rule, says };
  const plain = { opens: 'true', shuts: 'untrue', fails: 'false' } as const;
  return { rule, says: says in plain ? plain[says as keyof typeof plain] : says };
}

const KNOWN_EVERYWHERE: readonly string[] = ['region.country', 'region.nuts'];

interface RuleTraits {
  /** By what it can be tied to other rules: facts that are not known everywhere, and `today`. */
  readonly ties: readonly string[];
  /** Whether the day of the question matters. */
  readonly asksDay: boolean;
  /** Whether working days are counted. */
  readonly countsDays: boolean;
}

function traitsOf({ condition, factNames }: Rule): RuleTraits {
  const terms = leavesOf(condition).flatMap(({ left, right }) => [left, right]);
  const asksToday = terms.some((term) => 'from' in term && [term.from, term.to].some(isToday));
  const asksDay = asksToday || terms.some(isToday) || factNames.some(isGiven);
  const facts = factNames.filter((name) => !isGiven(name) && !KNOWN_EVERYWHERE.includes(name));
  return {
    ties: asksDay ? [...facts, 'today'] : facts,
    asksDay,
    countsDays: terms.some(({ kind }) => kind === 'working-days-between') || factNames.includes(WORKING_DAYS),
  };
}

function isToday({ kind }: { readonly kind: string }): boolean {
  return kind === 'today';
}
