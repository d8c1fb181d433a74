import type { MassRegion } from '../../core/activities/critical-mass.js';
import type { ThemedRegion } from '../../core/activities/theme-relations.js';
import { listRecordedClasses, listRegionOrigins } from '../../store/activity-store.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { listRegions, type RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';

const CLASSES = ['advanced', 'convergence', 'less_advanced'] as const;

/** A region as critical mass counts it, by NUTS code: with the class that was recorded last. */
export async function massRegions(
  tx: Tx,
  scheme: string,
  regions: readonly RegionRow[],
): Promise<ReadonlyMap<string, MassRegion>> {
  const recorded = await listRecordedClasses(tx, scheme);
  return new Map(
    regions.map(({ nuts, country, class: defined }) => {
      const known = recorded.get(nuts) ?? defined;
      return [nuts, { region: nuts, country, class: CLASSES.find((one) => one === known) ?? null }];
    }),
  );
}

/** The regions of a scheme with what their strategies turn to, without those that have withdrawn for good. */
export async function themedRegions(tx: Tx, scheme: string): Promise<readonly ThemedRegion[]> {
  const regions = await listRegions(tx, scheme);
  const mass = await massRegions(tx, scheme, regions);
  const gone = await withdrawnRegions(tx, scheme);
  const origins = new Map((await listRegionOrigins(tx, scheme)).map((row) => [row.nuts, row.origins]));
  return regions.flatMap(({ nuts }) => {
    const region = mass.get(nuts);
    return region === undefined || gone.has(nuts) ? [] : [{ ...region, origins: origins.get(nuts) ?? [] }];
  });
}

/** NUTS codes of the regions whose latest cycle is withdrawn. */
export async function withdrawnRegions(tx: Tx, scheme: string): Promise<ReadonlySet<string>> {
  // By the time of opening: the latest cycle of a region is the one that stays.
  const latest = new Map((await listRegionCycles(tx, scheme)).map(({ region, status }) => [region, status]));
  return new Set([...latest].flatMap(([region, status]) => (status === 'withdrawn' ? [region] : [])));
}
