import { DomainError } from '../core/terms/domain-error.js';
import type { Instant } from '../core/terms/instant.js';
import type { Clock } from '../engine/engine-deps.js';

/** A clock that only moves when it is told to, and never back. */
export interface SimulatedClock extends Clock {
  /** @throws DomainError `clock.invalid` for an instant before the one that it shows */
  set(instant: Instant): void;
  shows(): Instant;
}

export function simulatedClock(start: Instant): SimulatedClock {
  let shown = start;
  return {
    now: async () => shown,
    shows: () => shown,
    set(instant) {
      if (instant < shown) throw new DomainError('clock.invalid', { shows: shown, wanted: instant });
      shown = instant;
    },
  };
}
