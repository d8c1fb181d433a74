import type { NoticeParam, NotifyEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { listSyncMembers, type SyncPointRow } from '../../store/sync-store.js';
import { nameRegions } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { NAMED_REGIONS_MAX } from './release-news.js';
import { recordScopeChange } from './record-scope-change.js';

/** The last day has passed, and the coordinator has to do something about it. */
export async function tellDeadline(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<void> {
  const members = await listSyncMembers(tx, point.scheme, point.id);
  const late = members.filter(({ state }) => state === 'waiting' || state === 'resting');
  const missing = await named(
    tx,
    point,
    late.map(({ region }) => region),
  );
  await tell(deps, tx, point, {
    audience: ['coordinator'],
    template: 'sync-point.deadline-passed',
    params: { missing },
    now,
  });
}

/** Regions that were late are waited for no more: the coordinator and each of them are told, and whatever it is of. */
export async function tellDropped(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { regions, now }: { readonly regions: readonly string[]; readonly now: Instant },
): Promise<void> {
  if (regions.length === 0) return;
  const notice = {
    template: 'sync-point.dropped',
    params: { missing: await named(tx, point, regions) },
    now,
  };
  await tell(deps, tx, point, { ...notice, audience: ['coordinator'] });
  for (const region of regions) await tell(deps, tx, point, { ...notice, audience: ['authority'], region });
  await recordScopeChange(deps, tx, point, { change: 'dropped', regions, now });
}

/** It was cancelled: nobody waits any more. */
export async function tellCancelled(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { by, note, now }: { readonly by: string; readonly note: string; readonly now: Instant },
): Promise<void> {
  await tell(deps, tx, point, {
    audience: ['coordinator', 'authority'],
    template: 'sync-point.cancelled',
    params: { by, note },
    now,
  });
  await recordScopeChange(deps, tx, point, { change: 'cancelled', regions: [], now });
}

/** Too few members are left. */
export async function tellUnreachable(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<void> {
  await tell(deps, tx, point, {
    audience: ['coordinator', 'administrator'],
    template: 'sync-point.unreachable',
    params: {},
    now,
  });
}

async function tell(
  deps: EngineDeps,
  tx: Tx,
  { scheme, labels }: SyncPointRow,
  notice: Pick<NotifyEffect, 'audience' | 'template' | 'params'> & {
    readonly region?: string;
    readonly now: Instant;
  },
): Promise<void> {
  const { audience, template, region = null, now } = notice;
  const params = { syncPoint: labels, ...notice.params };
  await recordEffect(
    deps,
    tx,
    { type: 'notify', scheme, region, cycleId: null, audience, template, params },
    now,
  );
}

/** Their names; of very many the first and how many more. */
async function named(
  tx: Tx,
  { scheme }: SyncPointRow,
  regions: readonly string[],
): Promise<Extract<NoticeParam, unknown[]>> {
  const first = regions.slice(0, NAMED_REGIONS_MAX);
  const names = await nameRegions(tx, scheme, first);
  const more = regions.length - first.length;
  return [...first.map((nuts) => names.get(nuts) ?? nuts), ...(more > 0 ? [`+ ${more}`] : [])];
}
