import { DomainError } from '../../core/terms/domain-error.js';
import { notReadableHere } from '../cycles/not-readable-here.js';

/**
 * While an update rolls out, a process of the older build may be handed a migration between versions that it does not
 * have. It leaves the item to one that has them, instead of refusing what was planned.
 *
 * @throws DomainError what `work` throws; with retry `later` where it is that a version is not here
 */
export async function leftToAnother<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || notReadableHere(error) === null) throw error;
    throw new DomainError(error.code, error.details, 'later');
  }
}
