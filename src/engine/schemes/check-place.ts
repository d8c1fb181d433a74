import { DomainError } from '../../core/terms/domain-error.js';
import { listRegions, listSchemes } from '../../store/scheme-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Where a list is asked for; what is absent does not narrow it. */
export interface Place {
  readonly scheme?: string | undefined;
  /** NUTS code. */
  readonly region?: string | undefined;
  /** A state of a workflow, the draft and the final ones included. */
  readonly stage?: string | undefined;
}

/**
 * Refuses a place that does not exist: an empty list would read as "nothing there" where somebody mistyped.
 *
 * @throws DomainError `scheme.not-found`; `region.not-found` for a code that no scheme (or not the named one) has;
 *   `event.target-unknown` for a stage that no workflow has
 */
export async function checkPlace(deps: EngineDeps, place: Place): Promise<void> {
  const { scheme, region, stage } = place;
  const stages = deps.catalog.workflows.flatMap(({ states }) => [...states.keys()]);
  if (stage !== undefined && !stages.includes(stage)) {
    throw new DomainError('event.target-unknown', { pointer: '/stage', to: stage, states: stages });
  }
  if (scheme === undefined && region === undefined) return;
  await deps.database.read(async (tx) => {
    const schemes = (await listSchemes(tx)).map(({ id }) => id);
    if (scheme !== undefined && !schemes.includes(scheme)) {
      throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme });
    }
    if (region === undefined) return;
    for (const id of scheme === undefined ? schemes : [scheme]) {
      if ((await listRegions(tx, id)).some(({ nuts }) => nuts === region)) return;
    }
    throw new DomainError('region.not-found', { pointer: '/region', region });
  });
}
