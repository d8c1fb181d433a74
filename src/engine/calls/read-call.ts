import type { Actor } from '../../core/terms/actor.js';
import { listCalls, listCallRegions } from '../../store/call-store.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findScheme, listSchemes } from '../../store/scheme-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { callView, partView, type CallPartView, type CallView } from './call-view.js';
import { getCall, type CallRef } from './find-call.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { findCycle } from '../../store/cycle-store.js';

/** Who reads calls: what is joint everybody of the scheme sees. */
export const CALL_READERS = ['coordinator', 'authority', 'administrator', 'auditor', 'system'] as const;

/** One call. @throws DomainError `auth.role-forbidden`, `call.not-found` */
export async function readCall(
  deps: EngineDeps,
  query: CallRef & { readonly actor: Actor },
): Promise<CallView> {
  requireRole(query.actor, CALL_READERS);
  return deps.database.read(async (tx) => callView(deps, tx, await getCall(tx, query)));
}

/**
 * The calls of a scheme, by key.
 *
 * @param query.scheme null: the only scheme there is
 * @param query.after key after which the page begins; null: from the beginning
 * @throws DomainError `auth.role-forbidden`; `scheme.not-found`, also when there are several and none is named
 */
export async function readCalls(
  deps: EngineDeps,
  query: {
    readonly actor: Actor;
    readonly scheme: string | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<readonly CallView[]> {
  requireRole(query.actor, CALL_READERS);
  return deps.database.read(async (tx) => {
    const { scheme, after, limit } = query;
    const schemes = await listSchemes(tx);
    const id = scheme ?? (schemes.length === 1 ? schemes[0]?.id : undefined);
    if (id === undefined || (await findScheme(tx, id)) === null) {
      throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme });
    }
    const views: CallView[] = [];
    for (const call of await listCalls(tx, id, { after, limit })) views.push(await callView(deps, tx, call));
    return views;
  });
}

/**
 * A region's part of a call; what it said is shown after it has left as well.
 *
 * @throws DomainError `auth.role-forbidden`, `call.not-found`, `call.region-not-in` for one that never was in it
 */
export async function readRegionPart(
  deps: EngineDeps,
  query: CallRef & { readonly actor: Actor; readonly region: string },
): Promise<CallPartView> {
  requireRole(query.actor, CALL_READERS);
  return deps.database.read(async (tx) => {
    const call = await getCall(tx, query);
    const part = (await listCallRegions(tx, call)).find(({ region }) => region === query.region);
    const cycle = await findCycle(tx, call.cycleId);
    if (part === undefined || cycle === null) {
      throw new DomainError('call.region-not-in', { region: query.region, call: call.key });
    }
    const { regions } = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    const region = regions.find(({ nuts }) => nuts === part.region);
    if (region === undefined) throw new DomainError('region.not-found', { region: part.region });
    return partView(call, part, region);
  });
}
