import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { CompletedStep, RegionClass, StepKind } from '../../core/forecast/completed-step.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { SCOPE_MILESTONES } from '../../core/sync/sync-scope.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findCycle, listRegionCycles, type CycleRow } from '../../store/cycle-store.js';
import {
  listArrivals,
  listJointKeys,
  listMovedCycles,
  listScopeArrivals,
  listStageMoves,
  listTaskSpans,
  type MilestoneArrival,
  type JointKey,
  type MovedCycle,
  type TaskSpan,
} from '../../store/forecast-store.js';
import {
  findScheme,
  listRegions,
  listSchemes,
  type RegionRow,
  type SchemeRow,
} from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { calendarsAt, type CalendarLookup } from '../calendars/calendar-of.js';
import type { EngineDeps } from '../engine-deps.js';
import { pastCycleOrNull } from '../history/past-cycle.js';
import { completedSteps, type Owner } from './completed-steps.js';
import { scopeKind, stageKind, taskKind, taskProducing } from './stage-kinds.js';
import type { Traveller } from './way-of-steps.js';

/** What is joint and lives, on its way through its own workflow. */
export interface JointTraveller {
  readonly kind: JointKey['kind'];
  readonly key: string;
  readonly traveller: Traveller;
}

/** Everything that a look ahead rests on, as it was known at one instant. */
export interface ForecastRecords {
  readonly scheme: SchemeRow;
  readonly regions: readonly RegionRow[];
  /** Of the whole scheme: that of its first region. */
  readonly zone: string;
  /** The regions that have a cycle, in the scheme's order. */
  readonly travellers: readonly Traveller[];
  /** The activities and calls that have not ended, by kind and key. */
  readonly joint: readonly JointTraveller[];
  readonly kinds: readonly StepKind[];
  readonly completed: readonly CompletedStep[];
  readonly arrivals: readonly MilestoneArrival[];
}

/**
 * Reads what a look ahead rests on, as it stood at `at`: where regions, activities and calls are, and the history of all
 * cycles that go by the same workflows, of other schemes too.
 *
 * @param isPast true: cycles are rebuilt from their journals
 * @throws DomainError `scheme.not-found`
 */
export async function forecastRecords(
  deps: EngineDeps,
  tx: Tx,
  query: { readonly scheme: string; readonly at: Instant; readonly isPast: boolean },
): Promise<ForecastRecords> {
  const { at, isPast } = query;
  const scheme = await findScheme(tx, query.scheme);
  if (scheme === null) throw new DomainError('scheme.not-found', { scheme: query.scheme });
  const regions = await listRegions(tx, scheme.id);
  const calendars = await calendarsAt(deps, tx, at);
  const cycles = await cyclesAt(tx, scheme.id, at, isPast);
  const jointCycles = await jointAt(tx, scheme.id, at, isPast);
  const workflowIds = [...cycles.values(), ...jointCycles.values()].map(({ workflowId }) => workflowId);
  const workflows = new Map([...new Set(workflowIds)].map((id) => [id, deps.catalog.latestWorkflow(id)]));
  const history = await historyOf(deps, tx, { workflows, calendars, at });
  const milestones = new Set(history.scopeArrivals.map(({ milestone }) => milestone));
  for (const known of Object.values(SCOPE_MILESTONES).flat()) milestones.add(known);
  const kinds = [...[...workflows.values()].flatMap(kindsOf), ...[...milestones].map(scopeKind)];
  const tasksOf = Map.groupBy(history.tasks, ({ cycleId }) => cycleId);
  const travel = (cycle: CycleRow, id: string, klass: RegionClass): Traveller | null => {
    const region = regions.find(({ nuts }) => nuts === cycle.region);
    const workflow = workflows.get(cycle.workflowId);
    if (region === undefined || workflow === undefined) return null;
    return {
      id,
      class: klass,
      workflow,
      calendar: calendars(region.calendar),
      stage: cycle.stage,
      enteredOn: dateInZone(cycle.stageEnteredAt, region.zone),
      tasks: tasksIn(tasksOf.get(cycle.id) ?? [], region.zone),
    };
  };
  return {
    scheme,
    regions,
    zone: regions[0]?.zone ?? 'UTC',
    kinds,
    completed: completedSteps(history, new Map(kinds.map((kind) => [kind.id, kind]))),
    arrivals: await listArrivals(tx, scheme.id, at),
    travellers: regions.flatMap((region) => {
      const cycle = cycles.get(region.nuts);
      return (cycle === undefined ? null : travel(cycle, region.nuts, classOf(region))) ?? [];
    }),
    joint: [...jointCycles].flatMap(([{ kind, key }, cycle]) => {
      const traveller = travel(cycle, `${kind}:${key}`, 'joint');
      return traveller === null ? [] : [{ kind, key, traveller }];
    }),
  };
}

/** The cycles of the activities and calls that lived at `at`. */
async function jointAt(
  tx: Tx,
  scheme: string,
  at: Instant,
  isPast: boolean,
): Promise<ReadonlyMap<JointKey, CycleRow>> {
  const found = new Map<JointKey, CycleRow>();
  for (const joint of await listJointKeys(tx, scheme)) {
    const cycle = await findCycle(tx, joint.cycleId);
    if (cycle === null || cycle.openedAt > at) continue;
    const then = isPast ? ((await pastCycleOrNull(tx, cycle, at))?.cycle ?? null) : cycle;
    if (then !== null && (then.status === 'active' || then.status === 'suspended')) found.set(joint, then);
  }
  return found;
}

/** The latest cycle of each region, by NUTS code. */
async function cyclesAt(
  tx: Tx,
  scheme: string,
  at: Instant,
  isPast: boolean,
): Promise<ReadonlyMap<string, CycleRow>> {
  const found = new Map<string, CycleRow>();
  // By the time of opening: the latest stays.
  for (const cycle of await listRegionCycles(tx, scheme)) {
    if (cycle.openedAt > at) continue;
    const then = isPast ? ((await pastCycleOrNull(tx, cycle, at))?.cycle ?? null) : cycle;
    if (then !== null) found.set(cycle.region, then);
  }
  return found;
}

/** The stages of a workflow, and the tasks that bring a fact by which a milestone is reached. */
function kindsOf(workflow: Workflow): readonly StepKind[] {
  const stages = [...workflow.states].flatMap(([id, state]) =>
    state.kind === 'final' ? [] : [stageKind(workflow, id, state)],
  );
  const tasks = producers(workflow).map(({ stage, task }) => taskKind(workflow, stage, task));
  return [...new Map([...stages, ...tasks].map((kind) => [kind.id, kind])).values()];
}

function producers(workflow: Workflow) {
  return [...workflow.milestones.values()].flatMap(({ reachedBy }) => {
    const found = 'fact' in reachedBy ? taskProducing(workflow, reachedBy.fact) : null;
    return found === null ? [] : [found];
  });
}

async function historyOf(
  deps: EngineDeps,
  tx: Tx,
  about: {
    readonly workflows: ReadonlyMap<string, Workflow>;
    readonly calendars: CalendarLookup;
    readonly at: Instant;
  },
) {
  const { workflows, calendars, at } = about;
  const workflowIds = [...workflows.keys()];
  const references = [...workflows.values()].flatMap((one) => producers(one).map(({ task }) => task.id));
  const owners = new Map<string, Owner>();
  for (const { id } of await listSchemes(tx)) {
    for (const region of await listRegions(tx, id)) {
      const calendar = deps.catalog.calendars.has(region.calendar) ? calendars(region.calendar) : null;
      if (calendar === null) continue;
      const owner = { id: region.nuts, class: classOf(region), zone: region.zone, calendar };
      owners.set(`${id}/${region.nuts}`, owner);
    }
  }
  const regionOf = (scheme: string, nuts: string) => owners.get(`${scheme}/${nuts}`) ?? null;
  return {
    regionOf,
    scopeArrivals: await listScopeArrivals(tx, at),
    cycles: await listMovedCycles(tx, workflowIds, at),
    moves: await listStageMoves(tx, workflowIds, at),
    tasks: await listTaskSpans(tx, { workflowIds, references }, at),
    ownerOf: ({ id, scheme, region, subject }: MovedCycle): Owner | null => {
      const owner = regionOf(scheme, region);
      // What is joint has no history of its own: each is its first and only run.
      return subject === 'region' || owner === null ? owner : { ...owner, id, class: 'joint' };
    },
  };
}

/** A scheme's file admits no other class. */
function classOf(region: RegionRow): RegionClass {
  return (region.class ?? null) as RegionClass;
}

function tasksIn(tasks: readonly TaskSpan[], zone: string): Traveller['tasks'] {
  return new Map(
    // The oldest first: the last one stays.
    tasks.map(({ stage, reference, openedAt, doneAt }) => [
      `${stage}/${reference}`,
      {
        openedOn: dateInZone(openedAt, zone),
        doneOn: doneAt === null ? null : dateInZone(doneAt, zone),
      },
    ]),
  );
}
