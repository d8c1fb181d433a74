import { parseCalendarDate, type CalendarDate } from '../core/calendar/calendar-date.js';
import { instantAt } from '../core/calendar/zoned-instant.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { Instant } from '../core/terms/instant.js';
import { openScheme } from '../engine/schemes/open-scheme.js';
import { readNews, tellConsequences } from './observe.js';
import { passTime } from './pass-time.js';
import { actorFor, castActors } from './rehearsal-cast.js';
import type { DetailOf, Named } from './rehearsal-event.js';
import {
  makeRun,
  zoneOf,
  type RehearsalDeps,
  type RehearsalRun,
  type RehearsalTools,
} from './rehearsal-run.js';
import type { Scenario, ScenarioEvent, ScenarioStep } from './scenario-schema.js';
import { summarise } from './summarise.js';
import { sourceOf, takeStep } from './take-step.js';

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
  deps.clock.set(instantAt(day(scenario.startsOn), OPENING_TIME, zone));
  const run = await raiseCurtain(deps, scenario, scheme, tools);

  for (const moment of moments(scenario, zone)) {
    await passTime(run, moment.at);
    if ('event' in moment) tellEvent(run, moment.event);
    else await play(run, moment.step);
  }

  await passTime(run, instantAt(day(scenario.endsOn), CLOSING_TIME, zone));
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
  { readonly event: ScenarioEvent } | { readonly step: ScenarioStep }
);

/** Events and steps after the first day in the order of time; on one day the events come first. */
function moments(scenario: Scenario, zone: string): readonly Moment[] {
  const events = scenario.events
    .filter(({ date }) => date > scenario.startsOn && date <= scenario.endsOn)
    .map((event): Moment => ({ at: instantAt(day(event.date), EVENT_TIME, zone), event }));
  const steps = scenario.steps.map((step): Moment => ({
    at: instantAt(day(step.on), step.time, zone),
    step,
  }));
  return [...events, ...steps].toSorted((a, b) => a.at.localeCompare(b.at));
}

function tellEvent(run: RehearsalRun, event: ScenarioEvent): void {
  const { scenario } = run;
  const isEntered =
    scenario.openedBy === event.id ||
    scenario.steps.some((step) => step.event === event.id || isCited(step, event.id));
  run.tell({ type: 'context', event, isEntered }, event.date);
}

function isCited(step: ScenarioStep, id: string): boolean {
  const facts = 'facts' in step ? Object.values(step.facts ?? {}) : [];
  return facts.some((fact) => fact.origin === 'sourced' && fact.source === id);
}

async function play(run: RehearsalRun, step: ScenarioStep): Promise<void> {
  const regions = regionsOf(run, step);
  for (const region of regions) {
    const cycleId = run.cycles.get(region);
    if (cycleId === undefined) throw new DomainError('region.not-found', { region });
    await takeStep(run.deps, {
      step,
      events: run.scenario.events,
      region,
      cycleId,
      actor: actorFor(run.cast, step.by, region),
    });
  }
  const { details, hasConsequences } = await readNews(run, regions);
  // First what somebody has done, then the facts that came of it, then what follows by itself.
  const done = details.filter((detail) => detail.type === 'task-ended' && !detail.byItself);
  for (const detail of done) run.tell(detail);
  const facts = factsTold(run, step, regions);
  if (facts !== null) run.tell(facts);
  for (const detail of details) if (!done.includes(detail)) run.tell(detail);
  if (!hasConsequences) return;
  await run.drain();
  await tellConsequences(run, regions);
}

function factsTold(
  { scenario, words }: RehearsalRun,
  step: ScenarioStep,
  regions: readonly string[],
): DetailOf<'facts'> | null {
  if (!('facts' in step) || step.facts === undefined) return null;
  return {
    type: 'facts',
    regions,
    by: step.by,
    event: step.event ?? null,
    // What was said about a task stands with the task.
    note: step.do === 'record-facts' ? (step.note ?? null) : null,
    facts: Object.entries(step.facts).map(([fact, told]) => {
      const definition = words.rulebook.catalogue.get(fact);
      return {
        fact,
        label: definition?.labels.en ?? fact,
        value: told.value,
        precision: definition?.type.kind === 'date' ? (told.precision ?? 'day') : null,
        origin: told.origin,
        source: sourceOf(told, scenario.events),
        note: told.note ?? null,
      };
    }),
  };
}

function regionsOf(run: RehearsalRun, { region }: ScenarioStep): readonly string[] {
  if (region === 'all') return [...run.cycles.keys()];
  return typeof region === 'string' ? [region] : region;
}

function statesOf({ words }: RehearsalRun): readonly Named[] {
  return [...words.workflow.states]
    .filter(([, { kind }]) => kind !== 'draft')
    .map(([id, { labels }]) => ({ id, label: labels.en }));
}

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new DomainError('definition.invalid', { date: text });
  return parsed;
}
