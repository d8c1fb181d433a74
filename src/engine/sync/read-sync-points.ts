import { judgeBarrier, type BarrierState } from '../../core/sync/barrier.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import {
  findSyncPoints,
  listSyncMembers,
  listSyncPoints,
  type SyncMemberRow,
  type SyncPointRow,
} from '../../store/sync-store.js';
import { findScheme, listSchemes } from '../../store/scheme-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import type { EngineDeps } from '../engine-deps.js';
import { explainMissing, type MissingReason } from './explain-missing.js';

/** Members of one sync point whose absence is explained in one answer. */
export const EXPLAINED_MEMBERS_MAX = 50;

/** A sync point, who is there, and what is still needed. */
export interface SyncPointView {
  readonly point: SyncPointRow;
  readonly members: readonly SyncMemberRow[];
  readonly state: BarrierState;
  /** The latest cycle of each region of the scheme, by NUTS code: where those are that have not arrived. */
  readonly cycles: ReadonlyMap<string, CycleView>;
  /** How far its release has been carried to its members; null: it is not released. */
  readonly told: { readonly told: number; readonly of: number } | null;
  /** Why members have not arrived, by NUTS code, as far as it was asked for and may be seen. */
  readonly reasons: ReadonlyMap<string, MissingReason>;
}

/**
 * The sync points of a scheme, by id.
 *
 * @param scheme null: of every scheme, one after the other
 * @throws DomainError `scheme.not-found`
 */
export async function readSyncPoints(
  deps: EngineDeps,
  scheme: string | null,
): Promise<readonly SyncPointView[]> {
  return deps.database.read(async (tx) => {
    if (scheme !== null && (await findScheme(tx, scheme)) === null) {
      throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme });
    }
    const found: SyncPointView[] = [];
    for (const id of scheme === null ? (await listSchemes(tx)).map((one) => one.id) : [scheme]) {
      const cycles = await latestCycles(tx, id);
      for (const point of await listSyncPoints(tx, id)) {
        found.push(await viewPoint(tx, point, cycles));
      }
    }
    return found;
  });
}

/**
 * One sync point, and of each member that has not arrived why. Its id is unique within a scheme; with several schemes
 * the scheme has to be named. An authority is told why of its own region only: the cycles of others are not its own.
 *
 * @param query.scheme null: the only scheme that has such a point
 * @param query.actor absent: whoever may see everything
 * @throws DomainError `sync-point.not-found`, also when several schemes have one and none is named
 */
export async function readSyncPoint(
  deps: EngineDeps,
  query: { readonly id: string; readonly scheme: string | null; readonly actor?: Actor },
): Promise<SyncPointView> {
  return deps.database.read(async (tx) => {
    const [point, ...others] = (await findSyncPoints(tx, query.id)).filter(
      ({ scheme }) => query.scheme === null || scheme === query.scheme,
    );
    if (point === undefined || others.length > 0) {
      throw new DomainError('sync-point.not-found', { id: query.id, scheme: query.scheme });
    }
    const view = await viewPoint(tx, point, await latestCycles(tx, point.scheme));
    return { ...view, reasons: await reasonsFor(deps, tx, view, query.actor ?? null) };
  });
}

async function reasonsFor(
  deps: EngineDeps,
  tx: Tx,
  { point, members, state }: SyncPointView,
  actor: Actor | null,
): Promise<ReadonlyMap<string, MissingReason>> {
  const reasons = new Map<string, MissingReason>();
  if ((point.cancelledAt ?? null) !== null) return reasons;
  const own = actor?.region ?? null;
  const asked = members
    .filter(({ region }) => own === null || region === own)
    .filter((member) => member.state !== 'arrived' || point.facts.length > 0)
    .filter(
      ({ region, state: its }) => its === 'arrived' || state.missing.includes(region) || its !== 'waiting',
    )
    .slice(0, EXPLAINED_MEMBERS_MAX);
  if (asked.length === 0) return reasons;
  const now = await deps.clock.now(tx);
  const names = asked.map(({ region }) => region);
  const subjects = new Map(
    (await listSyncSubjects(tx, point.scheme, point.milestone, names)).map((one) => [one.region, one]),
  );
  for (const member of asked) {
    const subject = subjects.get(member.region);
    const reason = await explainMissing(deps, tx, { point, member, subject, now });
    if (reason !== null) reasons.set(member.region, reason);
  }
  return reasons;
}

async function viewPoint(
  tx: Tx,
  point: SyncPointRow,
  cycles: ReadonlyMap<string, CycleView>,
): Promise<SyncPointView> {
  const members = await listSyncMembers(tx, point.scheme, point.id);
  const present = members.filter(({ state }) => state !== 'left');
  return {
    point,
    members,
    state: judgeBarrier(point.rule, members, point.leaver),
    cycles,
    told:
      (point.releasedAt ?? null) === null
        ? null
        : { told: members.filter(({ toldAt }) => (toldAt ?? null) !== null).length, of: present.length },
    reasons: new Map(),
  };
}

/** By the time of opening: the latest cycle of a region is the one that stays. */
async function latestCycles(tx: Tx, scheme: string): Promise<ReadonlyMap<string, CycleView>> {
  return new Map(
    (await listRegionCycles(tx, scheme)).map((cycle) => [cycle.region, cycleView(cycle)] as const),
  );
}
