import { DomainError } from '../../core/terms/domain-error.js';
import { listActivities } from '../../store/activity-store.js';
import { findScheme } from '../../store/scheme-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { getActivity } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';

/** What a list of activities is narrowed by, and where it begins. */
export interface ActivityQuery {
  readonly scheme?: string | undefined;
  /** NUTS code of a region that takes or took part. */
  readonly region?: string | undefined;
  /** `<scheme>/<key>` of the last one seen; null: from the beginning. */
  readonly after: string | null;
  readonly limit: number;
}

/** The activities in the order of scheme and key, at most `limit`. @throws DomainError `scheme.not-found` */
export async function readActivities(
  deps: EngineDeps,
  { scheme, region, after, limit }: ActivityQuery,
): Promise<readonly ActivityView[]> {
  return deps.database.read(async (tx) => {
    if (scheme !== undefined && (await findScheme(tx, scheme)) === null) {
      throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme });
    }
    const found = await listActivities(tx, { scheme, region });
    const start = after === null ? 0 : found.findIndex((one) => nameOf(one) === after) + 1;
    const views: ActivityView[] = [];
    for (const activity of found.slice(start, start + limit))
      views.push(await activityView(deps, tx, activity));
    return views;
  });
}

/** One activity. @throws DomainError `activity.not-found` */
export async function readActivity(deps: EngineDeps, ref: ActivityRef): Promise<ActivityView> {
  return deps.database.read(async (tx) => activityView(deps, tx, await getActivity(tx, ref)));
}

/** What names an activity in a list over all schemes. */
export function nameOf({ scheme, key }: { readonly scheme: string; readonly key: string }): string {
  return `${scheme}/${key}`;
}
