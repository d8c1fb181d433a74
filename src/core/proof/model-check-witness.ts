import { fromDayNumber } from '../calendar/calendar-date.js';
import type { Gate } from '../gates/rulebook.js';
import type { Witness, WitnessQuestion } from './model-check-alarm.js';
import type { GateFault } from './model-check-gate.js';
import { daysOfDecision, type Model } from './model-check-model.js';
import {
  arrowsOf,
  nearestPlace,
  provedArrival,
  unknownEvent,
  type Arrow,
  type Place,
} from './model-check-place.js';
import { bestEffort, carryOut, plansFor, type WitnessSite } from './model-check-question.js';
import { firstDayOf } from './model-check-timer.js';
import type { WayFault } from './model-check-ways.js';

/** Whether a cycle of the region can be led before the gate. */
export function standsBefore(gate: string, { model, walk }: WitnessSite): boolean {
  return arrowsOf(model.workflow).some(
    (arrow) => arrow.gate === gate && provedArrival(walk, arrow.from) !== null,
  );
}

/** Leads a cycle before the gate and shows there what is wrong with it. */
export function witnessOfGate(gate: Gate, fault: GateFault, site: WitnessSite): Witness {
  const { workflow } = site.model;
  const arrows = arrowsOf(workflow).filter((arrow) => arrow.gate === gate.id);
  const places = arrows.flatMap((arrow) => {
    const arrival = provedArrival(site.walk, arrow.from);
    return arrival === null ? [] : [{ arrival, next: arrow }];
  });
  const place = places[0] ?? nearestPlace(workflow, site.walk, arrows[0]?.from ?? '');
  const arrow = places[0]?.next ?? null;
  const questions = plansFor(gate, fault, site).map((plan) => carryOut(plan, { gate, place, arrow, site }));
  return pathTo(place, site, questions);
}

/** Leads a cycle as near as it comes to the state, and shows that it does not get on. */
export function witnessOfState(state: string, site: WitnessSite): Witness {
  const { model, walk } = site;
  const place = nearestPlace(model.workflow, walk, state);
  const asked = place.next ?? {
    from: place.arrival.state,
    type: eventTo(state, model),
    to: state,
    gate: null,
    index: 0,
  };
  return pathTo(place, site, [refusal(asked, place, site)]);
}

/** Leads a cycle into the loop and shows that nothing leads out. */
export function witnessOfLoop({ states }: WayFault, site: WitnessSite): Witness {
  const { model, walk } = site;
  const shut = (id: string) =>
    walk.ways.filter(
      ({ from, to, state }) =>
        from === id && !states.includes(to) && (state === 'closed' || state === 'missing'),
    );
  const proved = states.flatMap((id) => provedArrival(walk, id) ?? []);
  const [arrival] = proved.toSorted((a, b) => shut(b.state).length - shut(a.state).length);
  const place =
    arrival === undefined ? nearestPlace(model.workflow, walk, states[0] ?? '') : { arrival, next: null };
  if (arrival === undefined) return pathTo(place, site, []);
  const arrows = shut(arrival.state).map((way) => ({ ...way, index: 0 }));
  const closed = [...model.workflow.states].find(
    ([, state]) => state.kind === 'final' && state.status === 'closed',
  );
  const close: Arrow = {
    from: arrival.state,
    type: 'close',
    to: closed?.[0] ?? 'closed',
    gate: null,
    index: 0,
  };
  const asked = arrows.length > 0 ? arrows : [close];
  return pathTo(
    place,
    site,
    asked.map((arrow) => refusal(arrow, place, site)),
  );
}

/** Leads a cycle to a transition that never opens for it. */
export function witnessOfArrow(arrow: Arrow, site: WitnessSite): Witness {
  const { model, walk } = site;
  const arrival = provedArrival(walk, arrow.from);
  const place = arrival === null ? nearestPlace(model.workflow, walk, arrow.from) : { arrival, next: arrow };
  return pathTo(place, site, arrival === null ? [] : [refusal(arrow, place, site)]);
}

/** Nothing leads to the milestone: the path of the state that it stands for, or none. */
export function witnessOfMilestone(milestone: string, site: WitnessSite): Witness {
  const { model, walk } = site;
  const reachedBy = model.workflow.milestones.get(milestone)?.reachedBy;
  const isShut =
    reachedBy !== undefined && 'entering' in reachedBy && provedArrival(walk, reachedBy.entering) === null;
  const start = nearestPlace(model.workflow, walk, model.workflow.definition.initial);
  const witness = isShut ? witnessOfState(reachedBy.entering, site) : pathTo(start, site, []);
  return { ...witness, missesMilestone: milestone };
}

function eventTo(state: string, { workflow }: Model): Arrow['type'] {
  const target = workflow.states.get(state);
  if (target?.kind !== 'final') return 'advance';
  return target.status === 'closed' ? 'close' : 'withdraw';
}

function pathTo(
  { arrival }: Place,
  { model, walk: { region } }: WitnessSite,
  questions: readonly WitnessQuestion[],
): Witness {
  const startsOn = fromDayNumber(daysOfDecision(model, region).lo);
  const { nuts } = region;
  return {
    region: nuts,
    startsOn,
    steps: arrival.steps,
    endsIn: arrival.state,
    questions,
    missesMilestone: null,
  };
}

/** A transition that is refused, with as much in its favour as can be. */
function refusal(arrow: Arrow, place: Place, site: WitnessSite): WitnessQuestion {
  const { workflow, rulebook } = site.model;
  const { calendar } = site.walk.region;
  const gate = arrow.gate === null ? undefined : rulebook.gates.get(arrow.gate);
  if (gate !== undefined) {
    return carryOut(bestEffort(gate, 'gate.refused'), { gate, place, arrow, site });
  }
  const outcome = arrow.gate === null ? unknownEvent(workflow, place.arrival, arrow) : 'gate.missing';
  const { type, to } = arrow;
  const on = fromDayNumber(firstDayOf(type, place.arrival, { workflow, calendar }) ?? place.arrival.day);
  return { on, facts: [], event: { type, to }, gate: arrow.gate, shows: { outcome, rules: {} } };
}
