import { instantFromMs, type Instant } from '../core/terms/instant.js';
import type { ReleasedWith, SyncPointRow } from './sync-store.js';
import type { Tx } from './tx.js';

/** What was true when the sync point was released; null: it is not. */
export async function findReleasedWith(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
): Promise<ReleasedWith | null> {
  const [row] = await tx.execute<{ with: ReleasedWith | null }[]>(
    'select released_with as "with" from sync_points where scheme = ? and id = ?',
    [point.scheme, point.id],
  );
  return row?.with ?? null;
}

/** What a release causes, without what it found; null: there is no such sync point, or it is not released. */
export async function findReleaseNews(
  tx: Tx,
  scheme: string,
  id: string,
): Promise<
  | (Pick<SyncPointRow, 'scheme' | 'id' | 'labels' | 'milestone' | 'releases'> & {
      readonly releasedAt: Instant;
      readonly by: NonNullable<ReleasedWith['by']>;
    })
  | null
> {
  const [row] = await tx.execute<
    (Pick<SyncPointRow, 'scheme' | 'id' | 'labels' | 'milestone' | 'releases'> & {
      at: Date | string;
      by: NonNullable<ReleasedWith['by']>;
    })[]
  >(
    `select scheme, id, labels, milestone, releases, released_at as at, coalesce(released_with->>'by', 'rule') as by
     from sync_points where scheme = ? and id = ? and released_at is not null`,
    [scheme, id],
  );
  if (row === undefined) return null;
  const { at, ...point } = row;
  return { ...point, releasedAt: instantFromMs(new Date(at).getTime()) };
}

/** Marks those of these members as told that were not; gives them by NUTS code. */
export async function markTold(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
  { regions, at }: { readonly regions: readonly string[]; readonly at: Instant },
): Promise<readonly string[]> {
  const rows = await tx.execute<{ region: string }[]>(
    `update sync_members set told_at = ? where scheme = ? and sync_point = ? and told_at is null
       and region in (select jsonb_array_elements_text(?::jsonb)) returning region`,
    [at, point.scheme, point.id, JSON.stringify(regions)],
  );
  return rows.map(({ region }) => region).toSorted();
}

/** How many had arrived and were missing at the release, and the first of each by NUTS code. */
export async function countReleasedWith(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
  firstMax: number,
): Promise<
  Readonly<Record<'arrived' | 'missing', { readonly count: number; readonly first: readonly string[] }>>
> {
  await tx.flush();
  const range = `$[0 to ${firstMax - 1}]`;
  const [row] = await tx.execute<{ a: number; m: number; arrived: string[]; missing: string[] }[]>(
    `select jsonb_array_length(released_with->'arrived') as a, jsonb_array_length(released_with->'missing') as m,
       jsonb_path_query_array(released_with->'arrived', ?::jsonpath) as arrived,
       jsonb_path_query_array(released_with->'missing', ?::jsonpath) as missing
     from sync_points where scheme = ? and id = ?`,
    [range, range, point.scheme, point.id],
  );
  return {
    arrived: { count: row?.a ?? 0, first: row?.arrived ?? [] },
    missing: { count: row?.m ?? 0, first: row?.missing ?? [] },
  };
}
