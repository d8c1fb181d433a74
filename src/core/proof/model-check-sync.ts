import { judgeBarrier } from '../sync/barrier.js';
import { leavesOf } from '../sync/barrier-rule.js';
import { partsOf, TRUE_GROUP } from '../sync/tally.js';
import {
  enabledFact,
  enabledMilestone,
  isGiven,
  unrecordable,
  type Model,
  type ModelRegion,
  type ModelSyncPoint,
} from './model-check-model.js';
import type { ModelSolver } from './model-check-solver.js';
import { walkRegion, type Walk } from './model-check-walk.js';

/** A sync point that is never released by arrivals. */
export interface StuckSyncPoint {
  readonly point: ModelSyncPoint;
  /**
   * The sync points without whose release it is not released: itself too if it waits for itself. Empty: not even
   * with everything that releases enable would enough members arrive.
   */
  readonly waitsFor: readonly string[];
  readonly isCircular: boolean;
  /** Members that can't arrive. */
  readonly missing: readonly string[];
  readonly arriving: readonly string[];
  readonly needed: number;
}

export interface SyncOutcome {
  readonly stuck: readonly StuckSyncPoint[];
  /** What each region reaches when everything that can be released is. */
  readonly walks: readonly Walk[];
}

/**
 * Releases what can be released, as long as something is: first with nothing that a release enables, then with what
 * has been enabled. What is left is stuck. If it would be released with everything enabled, it waits for one of
 * those that are stuck, and in a circle for itself; if not even then, too few can arrive. Nobody leaves the scheme,
 * and no deadline and no hand releases anything.
 */
export function judgeSync(model: Model, solver: ModelSolver): SyncOutcome {
  const reach = new Reach(model, solver);
  const released = new Set<string>();
  for (let more = true; more;) {
    const next = model.syncPoints
      .filter(({ id }) => !released.has(id))
      .find((point) => reach.isReleased(point, released));
    more = next !== undefined;
    if (next !== undefined) released.add(next.id);
  }
  const left = model.syncPoints.filter(({ id }) => !released.has(id));
  const everything = new Set(model.syncPoints.map(({ id }) => id));
  const waits = new Map(left.map((point) => [point.id, waitsOf(point, everything, released, reach)]));
  const stuck = left.map((point): StuckSyncPoint => {
    const waitsFor = waits.get(point.id) ?? [];
    const state = reach.barrier(point, waitsFor.length === 0 ? everything : released);
    const circle = circleOf(point.id, waits);
    return {
      point,
      waitsFor: circle ?? waitsFor,
      isCircular: circle !== null,
      missing: state.missing,
      arriving: state.arrived,
      needed: state.needed,
    };
  });
  return { stuck, walks: model.regions.map((region) => reach.walk(region, released)) };
}

/** A smallest group of releases, beside those that come about, with which the point is released; empty: none is. */
function waitsOf(
  point: ModelSyncPoint,
  everything: ReadonlySet<string>,
  released: ReadonlySet<string>,
  reach: Reach,
): readonly string[] {
  if (!reach.isReleased(point, everything)) return [];
  let given = everything;
  for (const id of everything) {
    const without = new Set([...given].filter((other) => other !== id));
    if (!released.has(id) && reach.isReleased(point, without)) given = without;
  }
  return [...given].filter((id) => !released.has(id));
}

/** The shortest way from a sync point over what it waits for back to itself; null: there is none. */
function circleOf(start: string, waits: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const paths = new Map((waits.get(start) ?? []).map((id) => [id, [id]]));
  for (const [id, path] of paths) {
    if (id === start) return path;
    for (const next of waits.get(id) ?? []) if (!paths.has(next)) paths.set(next, [...path, next]);
  }
  return null;
}

/** What is reached if certain sync points are released. Walks are kept. */
class Reach {
  private readonly walks = new Map<string, Walk>();
  private readonly never: ReadonlySet<string>;

  private readonly model: Model;
  private readonly solver: ModelSolver;

  constructor(model: Model, solver: ModelSolver) {
    this.model = model;
    this.solver = solver;
    this.never = unrecordable(model);
  }

  isReleased(point: ModelSyncPoint, released: ReadonlySet<string>): boolean {
    return this.barrier(point, released).holds;
  }

  barrier(point: ModelSyncPoint, released: ReadonlySet<string>) {
    const leaves = leavesOf(point.rule);
    const members = point.members.map((nuts) => {
      const region = this.model.regions.find((each) => each.nuts === nuts);
      const arrives = region !== undefined && this.reaches(point.milestone, region, released);
      const country = region?.country ?? '';
      const klass = region?.class ?? null;
      const parts = partsOf(point.rule, { region: nuts, country, class: klass, truths: [] });
      return {
        region: nuts,
        state: arrives ? ('arrived' as const) : ('waiting' as const),
        // Which facts a region records nobody can know beforehand: a predicate is taken to be true.
        parts: parts.map((part, at) =>
          leaves[at]?.kind === 'predicate' ? ([TRUE_GROUP, 1] as const) : part,
        ),
      };
    });
    return judgeBarrier(point.rule, members, point.leaver);
  }

  walk(region: ModelRegion, released: ReadonlySet<string>): Walk {
    const missing = new Set([...this.never, ...this.withheld(released, enabledFact)]);
    const key = JSON.stringify([region.nuts, [...missing].toSorted()]);
    const walk = this.walks.get(key) ?? walkRegion(this.model, this.solver, { region, missing });
    this.walks.set(key, walk);
    return walk;
  }

  private reaches(id: string, region: ModelRegion, released: ReadonlySet<string>): boolean {
    const reachedBy = this.model.workflow.milestones.get(id)?.reachedBy;
    if (reachedBy === undefined || this.withheld(released, enabledMilestone).has(id)) return false;
    const { ways, missing } = this.walk(region, released);
    if ('entering' in reachedBy) {
      return ways.some(
        ({ to, state }) => to === reachedBy.entering && (state === 'open' || state === 'undecided'),
      );
    }
    const fact = this.model.rulebook.catalogue.get(reachedBy.fact);
    if (fact === undefined || fact.meanOf !== undefined || missing.has(fact.name)) return false;
    return !isGiven(fact.name);
  }

  /** What only releases enable that have not come about. */
  private withheld(released: ReadonlySet<string>, enabled: typeof enabledFact): ReadonlySet<string> {
    const { syncPoints } = this.model;
    const given = syncPoints
      .filter(({ id }) => released.has(id))
      .flatMap(({ releases }) => releases.flatMap(enabled));
    const all = syncPoints.flatMap(({ releases }) => releases.flatMap(enabled));
    return new Set(all).difference(new Set(given));
  }
}
