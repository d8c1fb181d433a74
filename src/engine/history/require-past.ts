import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';

/** What has not happened yet cannot be looked up. @throws DomainError `date.in-the-future` */
export function requirePast(at: Instant, now: Instant): void {
  if (at > now) throw new DomainError('date.in-the-future', { pointer: '/at', date: at, today: now });
}
