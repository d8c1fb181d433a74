import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactValue } from '../facts/fact-value.js';
import { usableFacts } from '../facts/usable-facts.js';
import { evaluateGate } from '../gates/evaluate-gate.js';
import type { Verdict } from '../gates/verdict.js';
import { applyEvent } from '../machines/advance.js';
import { initialSnapshot, stageOf, type CycleSnapshot } from '../machines/cycle-snapshot.js';
import { milestonesReached } from '../machines/milestones.js';
import { possibleSteps } from '../machines/possible-events.js';
import type { Instant } from '../terms/instant.js';
import type {
  AskedEvent,
  RecordedFact,
  Witness,
  WitnessClaim,
  WitnessQuestion,
} from './model-check-alarm.js';
import { givenFacts, type Model, type ModelRegion } from './model-check-model.js';
import { firstDayOf } from './model-check-timer.js';

/** What a cycle really does on the path of a witness. */
export interface Replay {
  /** The state in which it ends; null: a step was refused, or the region is not there. */
  readonly endsIn: string | null;
  readonly milestones: ReadonlySet<string>;
  /** The answers to the questions, in their order; rules are all of the gate. */
  readonly answers: readonly WitnessClaim[];
}

/** A cycle on its way. */
interface Traveller {
  readonly region: ModelRegion;
  readonly snapshot: CycleSnapshot;
  readonly enteredOn: CalendarDate;
  readonly recorded: readonly FactValue[];
  readonly milestones: ReadonlySet<string>;
}

/**
 * Plays a witness with the decisions of the engine: `usableFacts`, `evaluateGate` and `applyEvent`, nothing of the
 * solver. Whether the alarm is right is seen by comparing the answers with what the witness claims.
 */
export function replayWitness(model: Model, witness: Witness): Replay {
  const region = model.regions.find(({ nuts }) => nuts === witness.region);
  const lost: Replay = { endsIn: null, milestones: new Set(), answers: [] };
  if (region === undefined) return lost;
  const { snapshot } = initialSnapshot(model.workflow);
  let traveller: Traveller = {
    region,
    snapshot,
    enteredOn: witness.startsOn,
    recorded: [],
    milestones: new Set(),
  };
  for (const { on, facts, event } of witness.steps) {
    traveller = withFacts(model, traveller, facts, on);
    const { moved } = ask(model, traveller, event, on);
    if (moved === null) return lost;
    const state = stageOf(moved);
    const reached = milestonesReached(model.workflow, { enteredState: state });
    const milestones = new Set([...traveller.milestones, ...reached]);
    traveller = { ...traveller, snapshot: moved, enteredOn: on, milestones };
  }
  return {
    endsIn: stageOf(traveller.snapshot),
    milestones: traveller.milestones,
    answers: witness.questions.map((question) => answer(model, traveller, question)),
  };
}

function answer(
  model: Model,
  traveller: Traveller,
  { on, facts, event, gate }: WitnessQuestion,
): WitnessClaim {
  const informed = withFacts(model, traveller, facts, on);
  if (event !== null) return ask(model, informed, event, on).claim;
  const verdict = gate === null ? null : judge(model, informed, gate, on);
  return { outcome: verdict === 'missing' ? 'gate.missing' : null, rules: rulesOf(verdict) };
}

function ask(
  model: Model,
  traveller: Traveller,
  { type, to }: AskedEvent,
  on: CalendarDate,
): { readonly claim: WitnessClaim; readonly moved: CycleSnapshot | null } {
  const { workflow } = model;
  const { snapshot, region, enteredOn } = traveller;
  const here = { state: stageOf(snapshot), day: toDayNumber(enteredOn) };
  const first = firstDayOf(type, here, { workflow, calendar: region.calendar });
  if (first === null || toDayNumber(on) < first) {
    return { claim: { outcome: 'event.not-possible', rules: {} }, moved: null };
  }
  const way = possibleSteps(workflow, snapshot).find((event) => event.type === type && event.to === to);
  const gate = way?.gate ?? null;
  const verdict = gate === null ? null : judge(model, traveller, gate, on);
  if (verdict === 'missing') return { claim: { outcome: 'gate.missing', rules: {} }, moved: null };
  const opens = verdict !== null && verdict.verdict !== 'fail' && verdict.verdict !== 'unknown';
  const decision = applyEvent(workflow, snapshot, { type, to, opens });
  const rules = rulesOf(verdict);
  return decision.kind === 'advanced'
    ? { claim: { outcome: 'advanced', rules }, moved: decision.snapshot }
    : { claim: { outcome: decision.code, rules }, moved: null };
}

function judge(
  { rulebook }: Model,
  { region, snapshot, enteredOn, recorded }: Traveller,
  gate: string,
  today: CalendarDate,
): Verdict | 'missing' {
  if (!rulebook.gates.has(gate)) return 'missing';
  const { number } = snapshot.context;
  const given = givenFacts(region, enteredOn, today).map((fact) => dated(fact, today, number));
  const { facts, stale } = usableFacts(rulebook.catalogue, [...given, ...recorded], number, today);
  const { calendar, neighbourCalendars } = region;
  const context = { facts, stale, today, calendar, neighbourCalendars };
  return evaluateGate({ rulebook, gate, context, waivers: [] });
}

function rulesOf(verdict: Verdict | 'missing' | null): WitnessClaim['rules'] {
  if (verdict === null || verdict === 'missing') return {};
  return Object.fromEntries(verdict.rules.map(({ id, condition }) => [id, condition]));
}

function withFacts(
  { workflow }: Model,
  traveller: Traveller,
  facts: readonly RecordedFact[],
  on: CalendarDate,
): Traveller {
  const { number } = traveller.snapshot.context;
  const added = facts.map((fact) => dated(fact, on, number));
  const reached = milestonesReached(workflow, { recordedFacts: facts.map(({ fact }) => fact) });
  return {
    ...traveller,
    recorded: [...traveller.recorded, ...added],
    milestones: new Set([...traveller.milestones, ...reached]),
  };
}

function dated(fact: RecordedFact, on: CalendarDate, cycleNumber: number): FactValue {
  const recordedAt = `${on}T00:00:00.000Z` as Instant;
  const bare = { observedOn: null, evidence: null, note: null, recordedBy: 'witness' };
  return { ...bare, ...fact, recordedAt, cycleNumber };
}
