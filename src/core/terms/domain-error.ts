import type { ErrorCode } from './error-code.js';

/** Whether the same wish can succeed later without a change: `never` becomes a dead letter, `later` is retried. */
export type Retry = 'never' | 'later';

/**
 * A failure that the domain foresees and names. Expected outcomes (a refused gate, an event that is not
 * possible now) are values, not errors; this is for wishes that cannot be taken at all.
 *
 * Translated in two places only: to RFC 9457 problems at the HTTP door, and by the worker.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retry: Retry;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}, retry: Retry = 'never') {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
    this.retry = retry;
  }
}
