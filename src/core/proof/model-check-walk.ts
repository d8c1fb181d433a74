import { fromDayNumber, toDayNumber } from '../calendar/calendar-date.js';
import type { Exactness } from '../logic/exactness.js';
import { applyEvent } from '../machines/advance.js';
import { initialSnapshot, stageOf, type CycleSnapshot } from '../machines/cycle-snapshot.js';
import { possibleSteps, type PossibleStep } from '../machines/possible-events.js';
import type { RecordedFact, WitnessStep } from './model-check-alarm.js';
import { daysOfDecision, type Model, type ModelRegion } from './model-check-model.js';
import type { Situation } from './model-check-claim.js';
import type { ModelSolver, Solution } from './model-check-solver.js';
import { firstDayOf } from './model-check-timer.js';

/** How a cycle of a region first comes into a state. */
export interface Arrival {
  readonly state: string;
  readonly snapshot: CycleSnapshot;
  /** Day number of the first day on which it can be there. */
  readonly day: number;
  /** Null: some gate on the way may open, but nobody can say with which facts. */
  readonly steps: readonly WitnessStep[] | null;
}

/** A transition from a state that can be reached. */
export interface Way extends PossibleStep {
  readonly from: string;
  /** `open`: somebody can record facts with which it opens; `missing`: the rulebook does not have its gate. */
  readonly state: 'open' | 'closed' | 'missing' | 'undecided';
  /** Of an undecided way. */
  readonly because: Exactness['because'][number] | null;
}

/** All that a region can reach, by whatever facts, as long as some have no value. */
export interface Walk {
  readonly region: ModelRegion;
  readonly missing: ReadonlySet<string>;
  /** By state; the draft is the first. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly ways: readonly Way[];
}

/**
 * Walks through the machine by its own decisions, always on from where a cycle can be first, and asks of each gate on
 * the way for the first day on which it can open from then on. Waiting is always possible and so is recording
 * a fact anew, so nothing that comes later opens more. A timer is a way from the day on which it falls due; one that is
 * due after the years of the calendar is undecided. A way that is undecided is taken. Suspending is left out: it changes
 * no state.
 */
export function walkRegion(
  model: Model,
  solver: ModelSolver,
  { region, missing }: Pick<Situation, 'region' | 'missing'>,
): Walk {
  const { snapshot } = initialSnapshot(model.workflow);
  const start = daysOfDecision(model, region).lo;
  const waiting: Arrival[] = [{ state: stageOf(snapshot), snapshot, day: start, steps: [] }];
  const arrivals = new Map<string, Arrival>();
  const ways: Way[] = [];
  for (let here = takeFirst(waiting); here !== null; here = takeFirst(waiting)) {
    if (arrivals.has(here.state)) continue;
    arrivals.set(here.state, here);
    for (const event of possibleSteps(model.workflow, here.snapshot)) {
      if (event.to === here.state) continue;
      const { workflow } = model;
      const first = firstDayOf(event.type, here, { workflow, calendar: region.calendar });
      const tried: Tried =
        first === null
          ? { kind: 'undecided', because: 'search-bound' }
          : tryGate(event.gate, {
              model,
              solver,
              situation: situationAt(here, model, { region, missing, first }),
            });
      const because = tried.kind === 'undecided' ? tried.because : null;
      const state = tried.kind === 'found' ? 'open' : tried.kind === 'none' ? 'closed' : tried.kind;
      ways.push({ ...event, from: here.state, state, because });
      const there = moveOn(model, here, event, { tried, first: first ?? here.day });
      if (there !== null) waiting.push(there);
    }
  }
  return { region, missing, arrivals, ways };
}

/** What a cycle that has arrived may find at a gate: any day from `first` on. */
export function situationAt(
  { day }: Arrival,
  model: Model,
  { region, missing, first }: Pick<Situation, 'region' | 'missing'> & { readonly first: number },
): Situation {
  const { hi } = daysOfDecision(model, region);
  return { region, missing, days: { lo: first, hi: Math.max(first, hi) }, enteredOn: day };
}

/** The facts of a solution, for a witness. */
export function recordedFacts(solution: Extract<Solution, { kind: 'found' }>): readonly RecordedFact[] {
  return solution.facts.map(({ fact, value, precision }) => ({ fact, value, precision }));
}

type Tried = Solution | { readonly kind: 'missing' };

function tryGate(
  id: string | null,
  {
    model,
    solver,
    situation,
  }: { readonly model: Model; readonly solver: ModelSolver; readonly situation: Situation },
): Tried {
  if (id === null) return { kind: 'found', facts: [], today: null };
  const rules = model.rulebook.gates.get(id)?.rules;
  if (rules === undefined) return { kind: 'missing' };
  const claims = rules.map((rule) => ({ rule, says: 'opens' }) as const);
  const found = solver.solve(claims, situation, true);
  if (found.kind !== 'none') return found;
  // It may ask that the stage be entered later than is possible; then there is no telling by this walk.
  const later = solver.solve(claims, { ...situation, enteredOn: null });
  return later.kind === 'none' ? found : { kind: 'undecided', because: 'search-bound' };
}

function moveOn(
  model: Model,
  here: Arrival,
  { type, to }: PossibleStep,
  { tried, first }: { readonly tried: Tried; readonly first: number },
): Arrival | null {
  if (tried.kind === 'none' || tried.kind === 'missing') return null;
  const moved = applyEvent(model.workflow, here.snapshot, { type, to, opens: true });
  if (moved.kind === 'refused') return null;
  const { snapshot } = moved;
  const state = stageOf(snapshot);
  if (tried.kind === 'undecided' || here.steps === null) return { state, snapshot, day: first, steps: null };
  const day = tried.today === null ? first : toDayNumber(tried.today);
  const step = { on: fromDayNumber(day), facts: recordedFacts(tried), event: { type, to } };
  return { state, snapshot, day, steps: [...here.steps, step] };
}

function takeFirst(waiting: Arrival[]): Arrival | null {
  const sooner = (a: Arrival, b: Arrival) =>
    a.day - b.day || Number(a.steps === null) - Number(b.steps === null);
  const first = waiting.toSorted(sooner)[0];
  if (first === undefined) return null;
  waiting.splice(waiting.indexOf(first), 1);
  return first;
}
