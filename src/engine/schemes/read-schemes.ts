import { DomainError } from '../../core/terms/domain-error.js';
import {
  findScheme,
  listRegions,
  listSchemes,
  type RegionRow,
  type SchemeRow,
} from '../../store/scheme-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** A scheme and its regions, in the scheme's own order. */
export interface SchemeView {
  readonly scheme: SchemeRow;
  readonly regions: readonly RegionRow[];
}

/** Every scheme, by id. */
export async function readSchemes(deps: EngineDeps): Promise<readonly SchemeView[]> {
  return deps.database.read(async (tx) => {
    const views: SchemeView[] = [];
    for (const scheme of await listSchemes(tx))
      views.push({ scheme, regions: await listRegions(tx, scheme.id) });
    return views;
  });
}

/** One scheme. @throws DomainError `scheme.not-found` */
export async function readScheme(deps: EngineDeps, id: string): Promise<SchemeView> {
  return deps.database.read(async (tx) => {
    const scheme = await findScheme(tx, id);
    if (scheme === null) throw new DomainError('scheme.not-found', { scheme: id });
    return { scheme, regions: await listRegions(tx, id) };
  });
}
