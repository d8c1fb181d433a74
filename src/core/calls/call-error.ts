import { DomainError } from '../terms/domain-error.js';

/** What can be wrong with what is said about a call. Words that never change. */
export type CallErrorReason =
  | 'money.malformed'
  | 'money.currency-differs'
  | 'money.rate-invalid'
  | 'money.shares-invalid'
  | 'commitment.invalid'
  | 'commitment.unknown'
  | 'alignment.invalid'
  | 'review.invalid';

/**
 * Something said about a call that cannot be taken at all: `definition.invalid` with a `reason` from the list above.
 *
 * @param details plain JSON; amounts as text
 */
export function callError(reason: CallErrorReason, details: Readonly<Record<string, unknown>>): DomainError {
  return new DomainError('definition.invalid', { reason, ...details });
}
