import { instantAt } from '../core/calendar/zoned-instant.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import { openScheme } from '../engine/schemes/open-scheme.js';
import { readNews, tellConsequences } from './observe.js';
import { passTime } from './pass-time.js';
import type { JointStep } from './joint-step-schema.js';
import { playJointStep } from './play-joint-step.js';
import { playStep } from './play-step.js';
import { readDay } from './read-day.js';
import { castActors } from './rehearsal-cast.js';
import {
  makeRun,
  statesOf,
  zoneOf,
  type RehearsalDeps,
  type RehearsalRun,
  type RehearsalTools,
} from './rehearsal-run.js';
import type { Scenario, ScenarioEvent, ScenarioStep } from './scenario-schema.js';
import { summarise } from './summarise.js';

/** Times of day, in the scheme's zone, of what has no time of its own. */
const OPENING_TIME = '09:00';
const EVENT_TIME = '07:00';
const CLOSING_TIME = '18:00';

/**
 * Plays a scenario on an empty database: opens the scheme on the first day, takes every step on its day through
 * the verbs of the engine, lets reminders fire on the way, and tells what happened, ending with `finished`.
 *
 * The same scenario and definitions tell the same events if `deps.newId` counts up (see `countingIds`).
 *
 * @throws DomainError `definition.invalid` when a step comes to something else than the scenario tells, and
 *   whatever a verb throws; `scheme.exists` or `account.exists` on a database that is not empty
 */
export async function rehearse(
  deps: RehearsalDeps,
  scenario: Scenario,
  scheme: SchemeDefinition,
  tools: RehearsalTools,
): Promise<void> {
  const zone = zoneOf(scheme);
  deps.clock.set(instantAt(readDay(scenario.startsOn), OPENING_TIME, zone));
  const run = await raiseCurtain(deps, scenario, scheme, tools);

  for (const moment of moments(scenario, zone)) {
    await passTime(run, moment.at);
    if ('event' in moment) tellEvent(run, moment.event);
    else if ('step' in moment) await playStep(run, moment.step);
    else await playJointStep(run, moment.joint);
  }

  await passTime(run, instantAt(readDay(scenario.endsOn), CLOSING_TIME, zone));
  for (const event of scenario.events.filter(({ date }) => date > scenario.endsOn)) tellEvent(run, event);
  run.tell(await summarise(run));
}

/** Opens the scheme before an empty house: what stood before it, the accounts, the first stage of every region. */
async function raiseCurtain(
  deps: RehearsalDeps,
  scenario: Scenario,
  scheme: SchemeDefinition,
  tools: RehearsalTools,
): Promise<RehearsalRun> {
  const cast = await castActors(deps, scheme);
  const opened = await openScheme(deps, {
    actor: SYSTEM_ACTOR,
    expectedVersion: null,
    idempotency: null,
    scheme,
  });
  const run = makeRun(deps, tools, {
    scenario,
    scheme,
    cast,
    words: {
      workflow: deps.catalog.workflow(scheme.workflow),
      rulebook: deps.catalog.rulebook(scheme.rulebook),
    },
    cycles: new Map(opened.cycles.map(({ region, id }) => [region, id])),
  });
  run.tell({
    type: 'started',
    title: scenario.title,
    scheme: { id: scheme.id, label: scheme.name.en },
    startsOn: scenario.startsOn,
    endsOn: scenario.endsOn,
    regions: scheme.regions.map(({ nuts, labels }) => ({ id: nuts, label: labels.en })),
    states: statesOf(run),
  });
  for (const event of scenario.events.filter(({ date }) => date < scenario.startsOn)) tellEvent(run, event);
  const firstDay = scenario.events.filter(({ date }) => date === scenario.startsOn);
  for (const event of firstDay) tellEvent(run, event);

  await run.drain();
  const regions = [...run.cycles.keys()];
  const { details } = await readNews(run, regions);
  for (const detail of details) run.tell(detail);
  await tellConsequences(run, regions);
  return run;
}

type Moment = { readonly at: Instant } & (
  { readonly event: ScenarioEvent } | { readonly step: ScenarioStep } | { readonly joint: JointStep }
);

/** Events and steps after the first day in the order of time; on one day the events come first. */
function moments(scenario: Scenario, zone: string): readonly Moment[] {
  const events = scenario.events
    .filter(({ date }) => date > scenario.startsOn && date <= scenario.endsOn)
    .map((event): Moment => ({ at: instantAt(readDay(event.date), EVENT_TIME, zone), event }));
  const steps = scenario.steps.map((step): Moment => ({
    at: instantAt(readDay(step.on), step.time, zone),
    step,
  }));
  const joint = scenario.jointSteps.map((one): Moment => ({
    at: instantAt(readDay(one.on), one.time, zone),
    joint: one,
  }));
  return [...events, ...steps, ...joint].toSorted((a, b) => a.at.localeCompare(b.at));
}

function tellEvent(run: RehearsalRun, event: ScenarioEvent): void {
  const { scenario } = run;
  const isEntered =
    scenario.openedBy === event.id ||
    scenario.jointSteps.some((step) => step.event === event.id) ||
    scenario.steps.some((step) => step.event === event.id || isCited(step, event.id));
  run.tell({ type: 'context', event, isEntered }, event.date);
}

function isCited(step: ScenarioStep, id: string): boolean {
  const facts = 'facts' in step ? Object.values(step.facts ?? {}) : [];
  return facts.some((fact) => fact.origin === 'sourced' && fact.source === id);
}
