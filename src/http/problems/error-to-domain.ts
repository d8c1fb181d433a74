import { HttpException } from '@nestjs/common';
import { DomainError } from '../../core/terms/domain-error.js';
import type { ErrorCode } from '../../core/terms/error-code.js';
import { bodyLimitsOf } from '../requests/body-limits.js';

/** What Fastify and Nest throw before a controller is reached, by status. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'route.not-found',
  405: 'route.method-not-allowed',
  413: 'request.too-large',
  414: 'request.malformed',
  415: 'request.media-type',
  431: 'request.headers-too-large',
};

/**
 * Whatever was thrown, as an error of the domain: what the frameworks refuse gets its code here, and what nobody
 * foresaw is `internal`.
 *
 * @param route the address as the router has it; undefined where there is none
 */
export function errorToDomain(error: unknown, route: string | undefined): DomainError {
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  if (status === null) return new DomainError('internal');
  const code = BY_STATUS[status] ?? 'request.malformed';
  return new DomainError(code, {
    ...(code === 'request.malformed' ? { reason: messageOf(error) } : {}),
    ...(code === 'request.too-large' ? { bytesMax: bodyLimitsOf(route).bytesMax } : {}),
  });
}

/** The status of a refusal (400 to 499) by a framework; null for everything else. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return refusal(error.getStatus());
  if (typeof error !== 'object' || error === null) return null;
  // Fastify's own errors carry `FST_` codes; any other error that happens to have a status is none of its.
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_') || typeof statusCode !== 'number') return null;
  return refusal(statusCode);
}

function refusal(status: number): number | null {
  return status >= 400 && status < 500 ? status : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request cannot be read.';
}
