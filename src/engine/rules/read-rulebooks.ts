import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { EngineDeps } from '../engine-deps.js';

/** Every version of every rulebook of the installation, by id, then version. */
export function readRulebooks(deps: EngineDeps): readonly Rulebook[] {
  return deps.catalog.rulebooks;
}

/**
 * One version of a rulebook.
 *
 * @param query.id null: the only rulebook that has this version
 * @throws DomainError `definition.not-found`, also when several rulebooks have this version and none is named
 */
export function readRulebook(
  deps: EngineDeps,
  query: { readonly id: string | null; readonly version: number },
): Rulebook {
  const found = deps.catalog.rulebooks.filter(
    ({ id, version }) => version === query.version && (query.id === null || query.id === id),
  );
  const [rulebook] = found;
  if (rulebook === undefined || found.length > 1) {
    throw new DomainError('definition.not-found', { kind: 'rulebook', ...query });
  }
  return rulebook;
}
