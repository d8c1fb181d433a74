import { themeLabels } from '../../core/activities/activity-parameters.js';
import { proposeActivities, type ActivityCandidate } from '../../core/activities/propose-activities.js';
import { pairDiamonds, synergyDiamond, type SynergyDiamond } from '../../core/activities/synergy-diamond.js';
import { ThemeRelations } from '../../core/activities/theme-relations.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Labels } from '../../core/terms/language.js';
import { listActivities } from '../../store/activity-store.js';
import { findCycle } from '../../store/cycle-store.js';
import { findScheme } from '../../store/scheme-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { themedRegions } from './mass-regions.js';

/** A candidate, and what is there of it already. */
export interface CandidateView {
  readonly candidate: ActivityCandidate;
  readonly labels: Labels;
  /** Keys of the living activities of this theme. */
  readonly activities: readonly string[];
}

/**
 * The activities that the strategies of a scheme's regions suggest, the most promising first; regions that have
 * withdrawn are not counted.
 *
 * @throws DomainError `scheme.not-found`
 */
export async function readCandidates(deps: EngineDeps, scheme: string): Promise<readonly CandidateView[]> {
  return deps.database.read(async (tx) => {
    if ((await findScheme(tx, scheme)) === null) throw new DomainError('scheme.not-found', { scheme });
    const parameters = deps.catalog.activityParameters();
    const living: { readonly key: string; readonly theme: string }[] = [];
    for (const { key, theme, cycleId } of await listActivities(tx, { scheme })) {
      const status = (await findCycle(tx, cycleId))?.status;
      if (status === 'active' || status === 'suspended') living.push({ key, theme });
    }
    return proposeActivities(await themedRegions(tx, scheme), parameters).map((candidate) => ({
      candidate,
      labels: themeLabels(parameters, candidate.theme),
      activities: living.filter(({ theme }) => theme === candidate.theme).map(({ key }) => key),
    }));
  });
}

/**
 * The synergy diamonds of a scheme: of each two regions that have something in common or complete one another, or of
 * the named group alone.
 *
 * @param query.regions NUTS codes; null: of all pairs
 * @throws DomainError `scheme.not-found`; `region.not-found` for a region that the scheme does not have or that has
 *   withdrawn
 */
export async function readDiamonds(
  deps: EngineDeps,
  query: { readonly scheme: string; readonly regions: readonly string[] | null },
): Promise<readonly SynergyDiamond[]> {
  return deps.database.read(async (tx) => {
    const { scheme, regions } = query;
    if ((await findScheme(tx, scheme)) === null) throw new DomainError('scheme.not-found', { scheme });
    const { diamond } = deps.catalog.activityParameters();
    const themed = await themedRegions(tx, scheme);
    const relations = new ThemeRelations(themed);
    if (regions === null) return pairDiamonds(themed, relations, diamond);
    const unknown = regions.find((nuts) => !themed.some(({ region }) => region === nuts));
    if (unknown !== undefined) {
      throw new DomainError('region.not-found', { pointer: '/regions', in: 'query', region: unknown });
    }
    return [
      synergyDiamond(
        themed.filter(({ region }) => regions.includes(region)),
        relations,
        diamond,
      ),
    ];
  });
}
