import type { NotifyEffect } from '../../core/terms/effect.js';
import type { Labels } from '../../core/terms/language.js';
import { countReleasedWith } from '../../store/sync-release-store.js';
import type { SyncPointRow } from '../../store/sync-store.js';
import { nameRegions } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';

/** Regions that one notice names; of more it says how many. */
export const NAMED_REGIONS_MAX = 50;

const TEMPLATE = 'sync-point.released';
const TEMPLATE_MANY = 'sync-point.released-many';

type News = Pick<NotifyEffect, 'template' | 'params'>;

/**
 * What a notice of the release says. It never names more than some of the regions: else what is written for all
 * members together would grow with the square of their number.
 */
export async function releaseNews(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id' | 'labels'>,
): Promise<(template: string) => News> {
  const { arrived, missing } = await countReleasedWith(tx, point, NAMED_REGIONS_MAX);
  const names = await nameRegions(tx, point.scheme, [...arrived.first, ...missing.first]);
  const named = (regions: readonly string[]): (string | Labels)[] =>
    regions.map((nuts) => names.get(nuts) ?? nuts);
  const isMany = arrived.count > NAMED_REGIONS_MAX || missing.count > NAMED_REGIONS_MAX;
  return (template) => ({
    template: isMany && template === TEMPLATE ? TEMPLATE_MANY : template,
    params: {
      syncPoint: point.labels,
      count: arrived.count,
      arrivedNumber: arrived.count,
      missingNumber: missing.count,
      arrived: named(arrived.first),
      missing: named(missing.first),
    },
  });
}
