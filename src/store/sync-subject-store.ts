import type { CycleStatus } from '../core/machines/cycle-snapshot.js';
import { instantFromMs, type Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import type { Tx } from './tx.js';

/** A region as a sync point sees it. */
export interface SyncSubject {
  readonly region: string;
  /** ISO 3166-1. */
  readonly country: string;
  readonly class: string | null;
  /** The latest cycle of the region; null: it has none. */
  readonly cycleId: string | null;
  readonly status: CycleStatus | null;
  /** When the latest cycle reached the milestone in its present number; null: it has not. */
  readonly reachedAt: Instant | null;
}

/** These regions of a scheme as they stand towards a milestone, in the scheme's order; null: all of them. */
export async function listSyncSubjects(
  tx: Tx,
  scheme: string,
  milestone: string,
  regions: readonly string[] | null,
): Promise<readonly SyncSubject[]> {
  await tx.flush();
  const rows = await tx.execute<(Omit<SyncSubject, 'reachedAt'> & { reachedAt: Date | string | null })[]>(
    `select r.nuts as region, r.country, r.class, c.id as "cycleId", c.status,
       (select min(m.reached_at) from milestones m where m.cycle_id = c.id and m.cycle_number = c.number
          and m.milestone = ?) as "reachedAt"
     from regions r
     left join lateral (select * from cycles x where x.scheme = r.scheme and x.region = r.nuts
       and x.subject = 'region' order by x.opened_at desc, x.id desc limit 1) c on true
     where r.scheme = ? ${regions === null ? '' : 'and r.nuts in (select jsonb_array_elements_text(?::jsonb))'}
     order by r.position`,
    [milestone, scheme, ...(regions === null ? [] : [JSON.stringify(regions)])],
  );
  return rows.map((row) => ({
    ...row,
    reachedAt: row.reachedAt === null ? null : instantFromMs(new Date(row.reachedAt).getTime()),
  }));
}

/** What these regions of a scheme are called, by NUTS code. */
export async function nameRegions(
  tx: Tx,
  scheme: string,
  regions: readonly string[],
): Promise<ReadonlyMap<string, Labels>> {
  const rows = await tx.execute<{ nuts: string; name: Labels }[]>(
    `select nuts, name from regions
     where scheme = ? and nuts in (select jsonb_array_elements_text(?::jsonb))`,
    [scheme, JSON.stringify(regions)],
  );
  return new Map(rows.map(({ nuts, name }) => [nuts, name]));
}
