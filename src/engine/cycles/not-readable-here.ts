import { DomainError } from '../../core/terms/domain-error.js';

/** Why a program cannot read a cycle that another one may. */
export const UNREADABLE_REASONS = [
  'definition.not-found',
  'definition.hash-mismatch',
  'definition.invalid',
] as const;

export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/**
 * Why this program cannot go by the versions that a cycle is pinned to: it does not have one, has it with another
 * content, or does not know all its words. Null for every other error, which is no matter of versions.
 *
 * Two versions of the program may work on one database while one takes over from the other: what the one cannot read
 * is left to the other, and never counts as failed.
 */
export function notReadableHere(error: unknown): UnreadableReason | null {
  if (!(error instanceof DomainError)) return null;
  const reason = UNREADABLE_REASONS.find((code) => code === error.code) ?? null;
  // Of a whole version, not of a gate or a rule within one that was read.
  return reason === 'definition.invalid' && error.details['version'] === undefined ? null : reason;
}
