import type { Workflow } from '../../core/machines/compile-workflow.js';
import { selectMembers } from '../../core/sync/select-members.js';
import type { MemberFilter, SyncPointDefinition } from '../../core/sync/sync-point.js';
import { SCOPE_MILESTONES, type SyncScope } from '../../core/sync/sync-scope.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findScheme, listRegions, lockScheme, type SchemeRow } from '../../store/scheme-store.js';
import { findSyncPoints, listScopeMembers } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { requirePermission } from '../access/require-permission.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import type { PointRef } from './end-sync-point.js';
import { placePoint } from './place-point.js';

/** A sync point as somebody wishes it. */
export interface SyncPointOrder {
  readonly scheme: string;
  readonly scope: SyncScope;
  /** Of the milestone itself, or of the stage with whose entry a member arrives. */
  readonly awaits: { readonly milestone: string } | { readonly stage: string };
  /** Null: the regions of the activity or the call. */
  readonly members: readonly string[] | MemberFilter | null;
  readonly point: Omit<SyncPointDefinition, 'members' | 'milestone' | 'source'>;
}

/**
 * Places a sync point of the scheme, or of an activity or a call. Whoever has reached the milestone already in the
 * present number of its cycle has arrived.
 *
 * @throws DomainError `auth.role-forbidden`, `scheme.not-found`, `sync-point.exists`; `sync-point.invalid` with the
 *   reason; `calendar.not-found`, `calendar.out-of-range` for its deadline
 */
export async function createSyncPoint(
  deps: EngineDeps,
  command: CommandContext & { readonly order: SyncPointOrder },
): Promise<PointRef> {
  requirePermission(command.actor, 'sync-point.place');
  const { scheme: schemeId, scope, awaits, members, point } = command.order;
  return runCommand(deps, command, async (tx, now) => {
    const scheme = await findScheme(tx, schemeId);
    if (scheme === null) throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme: schemeId });
    await lockScheme(tx, schemeId);
    if ((await findSyncPoints(tx, point.id)).some((one) => one.scheme === schemeId)) {
      throw new DomainError('sync-point.exists', { id: point.id });
    }
    const chosen = await membersOf(tx, scheme, { scope, members });
    if (chosen.length === 0)
      throw new DomainError('sync-point.invalid', { reason: 'it would have no member' });
    const milestone = milestoneOf(deps, scheme, { scope, awaits });
    await placePoint(deps, tx, {
      scheme: schemeId,
      definition: { ...point, milestone, members: chosen },
      scope: scope.kind === 'scheme' ? null : scope,
      template: null,
      now,
    });
    return { scheme: schemeId, id: point.id };
  });
}

async function membersOf(
  tx: Tx,
  { id }: SchemeRow,
  { scope, members }: Pick<SyncPointOrder, 'scope' | 'members'>,
): Promise<readonly string[]> {
  if (members !== null) return selectMembers(members, await listRegions(tx, id));
  return scope.kind === 'scheme'
    ? (await listRegions(tx, id)).map(({ nuts }) => nuts)
    : listScopeMembers(tx, id, scope);
}

/** The milestone that is waited for, as the workflow of the scheme or the activity or call knows it. */
function milestoneOf(
  deps: EngineDeps,
  scheme: SchemeRow,
  { scope, awaits }: Pick<SyncPointOrder, 'scope' | 'awaits'>,
): string {
  const { milestones }: Pick<Workflow, 'milestones'> = deps.catalog.latestWorkflow(scheme.workflowId);
  if ('stage' in awaits) {
    const found = [...milestones].find(
      ([, { reachedBy }]) => 'entering' in reachedBy && reachedBy.entering === awaits.stage,
    );
    if (found !== undefined) return found[0];
    throw new DomainError('sync-point.invalid', {
      reason: `no milestone is reached by entering ${awaits.stage}`,
      stage: awaits.stage,
    });
  }
  const { milestone } = awaits;
  const own = scope.kind === 'scheme' ? [] : SCOPE_MILESTONES[scope.kind];
  if (milestones.has(milestone) || own.includes(milestone)) return milestone;
  throw new DomainError('sync-point.invalid', { reason: `there is no milestone ${milestone}`, milestone });
}
