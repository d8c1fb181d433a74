import { fromDayNumber } from '../calendar/calendar-date.js';
import type { Gate, Rule } from '../gates/rulebook.js';
import type { WitnessClaim, WitnessQuestion } from './model-check-alarm.js';
import type { Claim } from './model-check-claim.js';
import type { GateFault } from './model-check-gate.js';
import { daysOfDecision, severityFor, type Model, type ModelRegion } from './model-check-model.js';
import type { Arrow, Place } from './model-check-place.js';
import type { ModelSolver } from './model-check-solver.js';
import { firstDayOf } from './model-check-timer.js';
import { recordedFacts, situationAt, type Walk } from './model-check-walk.js';

/** Where witnesses are looked for. */
export interface WitnessSite {
  readonly model: Model;
  readonly solver: ModelSolver;
  /** What the region reaches. */
  readonly walk: Walk;
}

/** What a question is to show: claims that must hold, then as many of the others as can hold with them. */
export interface Plan {
  readonly must: readonly Claim[];
  readonly wished: readonly Claim[];
  readonly outcome: WitnessClaim['outcome'];
  /** Rules that come out as unknown. */
  readonly unknown: readonly Rule[];
}

/** Where a plan is carried out. */
export interface Spot {
  readonly gate: Gate;
  readonly place: Place;
  /** Null: the gate is only judged. */
  readonly arrow: Arrow | null;
  readonly site: WitnessSite;
}

/** The question with as much in its favour as can be: what can't hold is broken rather than unknown. */
export function bestEffort({ rules }: Gate, outcome: Plan['outcome']): Plan {
  return { must: [], wished: [...rules.map(opens), ...rules.map(isFalse)], outcome, unknown: [] };
}

/** What has to be asked to show a fault of a gate. */
export function plansFor(
  gate: Gate,
  { code, rules: [rule, other] }: GateFault,
  { model, solver, walk }: WitnessSite,
): readonly Plan[] {
  const { region, missing } = walk;
  const situation = { region, missing, days: daysOfDecision(model, region), enteredOn: null };
  const others = gate.rules.filter((each) => each !== rule);
  const best = bestEffort({ ...gate, rules: others }, null);
  const canFail = rule !== undefined && solver.answers([isFalse(rule)], situation) === 'found';
  const shuts = (each: Rule) => severityFor(each, region) === 'block';
  if (code === 'gate.always-open') {
    const wished = [...gate.rules.map(isFalse), ...gate.rules.map(isTrue)];
    return [{ must: [], wished, outcome: 'advanced', unknown: [] }];
  }
  if (rule === undefined || code === 'gate.unsatisfiable') return [bestEffort(gate, 'gate.refused')];
  switch (code) {
    case 'rule.dead':
      return canFail
        ? [{ ...best, must: [isFalse(rule)], outcome: 'gate.refused' }]
        : [{ ...best, must: [...gate.rules.map(opens), isTrue(rule)], outcome: 'advanced' }];
    case 'rule.never-holds':
      return [{ ...best, must: [...gate.rules.map(opens), isFalse(rule)], outcome: 'advanced' }];
    case 'rule.unsatisfiable':
      return [{ ...best, must: [isFalse(rule)], outcome: shuts(rule) ? 'gate.refused' : null }];
    case 'rule.undecidable':
      return [
        { ...best, outcome: severityFor(rule, region) === 'warn' ? null : 'gate.refused', unknown: [rule] },
      ];
    default: {
      if (other === undefined) return [];
      const outcome = shuts(rule) && shuts(other) ? 'gate.refused' : null;
      const oneHolds = (one: Rule, another: Rule): Plan => ({
        must: [isTrue(one)],
        wished: [isFalse(another), ...best.wished],
        outcome,
        unknown: [],
      });
      return [oneHolds(rule, other), oneHolds(other, rule)];
    }
  }
}

/** Looks for facts with which the plan comes true, and says what the answer will be. */
export function carryOut(
  { must, wished, outcome, unknown }: Plan,
  { gate, place, arrow, site }: Spot,
): WitnessQuestion {
  const { model, solver, walk } = site;
  const { region, missing } = walk;
  const { workflow } = model;
  const due =
    arrow === null ? null : firstDayOf(arrow.type, place.arrival, { workflow, calendar: region.calendar });
  // A timer that the calendar does not reach can't be asked: only its gate is judged.
  const asked = due === null ? null : arrow;
  const first = due ?? place.arrival.day;
  const situation = situationAt(place.arrival, model, { region, missing, first });
  let made: readonly Claim[] = [];
  let solution = solver.solve(made, situation);
  for (const [i, wish] of [must, ...wished.map((each) => [each])].entries()) {
    if (i > 0 && wish.some(({ rule }) => made.some((claim) => claim.rule === rule))) continue;
    const more = solver.solve([...made, ...wish], situation);
    if (more.kind !== 'found') continue;
    made = [...made, ...wish];
    solution = more;
  }
  const found = solution.kind === 'found' ? solution : null;
  const isShown = must.every((claim) => made.includes(claim));
  const rules = new Map<string, 'pass' | 'fail' | 'unknown'>(unknown.map(({ id }) => [id, 'unknown']));
  for (const { rule, says } of made) {
    if (says === 'false') rules.set(rule.id, 'fail');
    else if (says === 'true' || severityFor(rule, walk.region) === 'block') rules.set(rule.id, 'pass');
  }
  return {
    on: found?.today ?? fromDayNumber(first),
    facts: found === null ? [] : recordedFacts(found),
    event: asked === null ? null : { type: asked.type, to: asked.to },
    gate: gate.id,
    shows: {
      outcome: asked === null ? null : (outcomeOf(gate, made, walk.region) ?? (isShown ? outcome : null)),
      rules: Object.fromEntries(rules),
    },
  };
}

/** What the gate does if the claims hold; null: they do not tell. */
function outcomeOf({ rules }: Gate, made: readonly Claim[], region: ModelRegion): WitnessClaim['outcome'] {
  const says = (rule: Rule) => made.find((claim) => claim.rule === rule)?.says;
  const isBroken = (rule: Rule) => severityFor(rule, region) === 'block' && says(rule) === 'false';
  if (rules.some(isBroken)) return 'gate.refused';
  const lets = (rule: Rule) => {
    const severity = severityFor(rule, region);
    if (severity === 'warn' || ['opens', 'true'].includes(says(rule) ?? '')) return true;
    return severity === 'conditional' && says(rule) === 'false';
  };
  return rules.every(lets) ? 'advanced' : null;
}

function opens(rule: Rule): Claim {
  return { rule, says: 'opens' };
}

function isTrue(rule: Rule): Claim {
  return { rule, says: 'true' };
}

function isFalse(rule: Rule): Claim {
  return { rule, says: 'false' };
}
