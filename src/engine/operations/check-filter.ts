import { DomainError } from '../../core/terms/domain-error.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkPlace } from '../schemes/check-place.js';
import type { OperationOrder } from './operation-order.js';

/**
 * Refuses a filter that names what does not exist: an operation over nothing would read as "all in order".
 *
 * @throws DomainError `scheme.not-found`, `region.not-found`, `event.target-unknown`, each with the place in the order
 */
export async function checkFilter(deps: EngineDeps, { filter }: OperationOrder): Promise<void> {
  const scheme = 'scheme' in filter ? filter.scheme : undefined;
  const stage = 'stage' in filter ? filter.stage : undefined;
  await placed(
    (pointer) => `/filter${pointer}`,
    () => checkPlace(deps, { scheme, stage }),
  );
  for (const [index, region] of (filter.regions ?? []).entries()) {
    await placed(
      () => `/filter/regions/${index}`,
      () => checkPlace(deps, { scheme, region }),
    );
  }
}

async function placed(place: (pointer: string) => string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const pointer = place(String(error.details['pointer'] ?? ''));
    throw new DomainError(error.code, { ...error.details, pointer }, error.retry);
  }
}
