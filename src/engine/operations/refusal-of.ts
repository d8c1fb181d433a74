import { DomainError } from '../../core/terms/domain-error.js';
import type { ItemResult } from './operation-work.js';

/**
 * The refusal that a foreseen failure stands for. Everything else is thrown on: what passes by itself is tried again,
 * and a fault of the program is not a refusal.
 */
export function refusalOf(error: unknown): ItemResult {
  if (!(error instanceof DomainError) || error.retry === 'later') throw error;
  const { code, details } = error;
  const { reason, pointer: _pointer, ...rest } = details;
  return { result: 'refused', code, words: typeof reason === 'string' ? reason : null, details: rest };
}
