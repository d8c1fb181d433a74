import type { DefinitionPin } from '../../catalog/catalog.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { countLivingCycles } from '../../store/cycle-store.js';
import {
  countingVersion,
  listVersions,
  type RulebookVersionRow,
  type VersionOrigin,
} from '../../store/rulebook-version-store.js';
import { listSchemes } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { RULEBOOK_ZONE } from './publish-version.js';
import { rulebookOf } from './rulebook-of.js';

/** A version as the outside sees it, without its content; plain JSON. */
export interface VersionView {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly state: 'published' | 'retired';
  /** Whether a cycle that enters a stage today is pinned to it. */
  readonly counts: boolean;
  readonly effectiveFrom: CalendarDate;
  /** The last day of an emergency version; null for every other. */
  readonly endsOn: CalendarDate | null;
  readonly origin: VersionOrigin;
  readonly draftId: string | null;
  readonly emergency: boolean;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: Instant;
  readonly retired: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
  /** How many living cycles are pinned to it. */
  readonly livingCycles: number;
}

/** Every published version of every rulebook, the retired ones included, by id, then version. */
export async function readRulebooks(
  deps: EngineDeps,
): Promise<readonly { readonly rulebook: Rulebook; readonly view: VersionView }[]> {
  return deps.database.read(async (tx) => {
    const today = dateInZone(await deps.clock.now(tx), RULEBOOK_ZONE);
    const living = await countLivingCycles(tx);
    const counting = new Map<string, number | null>();
    const versions = [];
    for (const row of await listVersions(tx, null)) {
      const known = counting.get(row.id);
      const counts =
        known === undefined ? ((await countingVersion(tx, row.id, today))?.version ?? null) : known;
      counting.set(row.id, counts);
      versions.push({ rulebook: await rulebookOf(deps, tx, row), view: viewOf(row, counts, living) });
    }
    return versions;
  });
}

/**
 * One version of a rulebook.
 *
 * @param query.id null: the rulebook that has this version; of several that by which the regions of the schemes go
 * @throws DomainError `definition.not-found`, also when several rulebooks have this version and none is named
 */
export async function readRulebook(
  deps: EngineDeps,
  query: { readonly id: string | null; readonly version: number },
): Promise<Rulebook> {
  return deps.database.read(async (tx) => (await findPublished(deps, tx, query)).rulebook);
}

/** The very version that something is pinned to. Errors: see `rulebookOf`. */
export async function readPinnedRulebook(deps: EngineDeps, pin: DefinitionPin): Promise<Rulebook> {
  return deps.database.read((tx) => rulebookOf(deps, tx, pin));
}

/** As `readRulebook`, in a transaction. */
export async function findPublished(
  deps: EngineDeps,
  tx: Tx,
  query: { readonly id: string | null; readonly version: number },
): Promise<{ readonly rulebook: Rulebook; readonly row: RulebookVersionRow }> {
  const { id, version } = query;
  const ofVersion = await listVersions(tx, version);
  const found = id === null ? await unnamed(tx, ofVersion) : ofVersion.filter((one) => one.id === id);
  const [row] = found;
  if (row === undefined || found.length > 1) {
    throw new DomainError('definition.not-found', { kind: 'rulebook', id, version });
  }
  return { rulebook: await rulebookOf(deps, tx, row), row };
}

/** Who names no rulebook means that of the regions: those of activities and calls came later, and are named. */
async function unnamed(
  tx: Tx,
  versions: readonly RulebookVersionRow[],
): Promise<readonly RulebookVersionRow[]> {
  if (versions.length <= 1) return versions;
  const ofRegions = new Set((await listSchemes(tx)).map(({ rulebookId }) => rulebookId));
  return versions.filter(({ id }) => ofRegions.has(id));
}

/** A version, with how it stands at `now`. */
export async function versionView(tx: Tx, row: RulebookVersionRow, now: Instant): Promise<VersionView> {
  const counting = await countingVersion(tx, row.id, dateInZone(now, RULEBOOK_ZONE));
  return viewOf(row, counting?.version ?? null, await countLivingCycles(tx));
}

function viewOf(
  row: RulebookVersionRow,
  counting: number | null,
  living: ReadonlyMap<string, number>,
): VersionView {
  const { retiredAt, retiredBy, retiredReason } = row;
  return {
    id: row.id,
    version: row.version,
    hash: row.hash,
    state: retiredAt === null ? 'published' : 'retired',
    counts: counting === row.version,
    effectiveFrom: row.effectiveFrom,
    endsOn: row.endsOn,
    origin: row.origin,
    draftId: row.draftId,
    emergency: row.emergency,
    reason: row.reason,
    publishedBy: row.publishedBy,
    publishedAt: row.publishedAt,
    retired:
      retiredAt === null || retiredBy === null
        ? null
        : { by: retiredBy, at: retiredAt, reason: retiredReason ?? '' },
    livingCycles: living.get(`${row.id}/${row.version}`) ?? 0,
  };
}
