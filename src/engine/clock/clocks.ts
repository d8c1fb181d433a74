import { instantFromMs } from '../../core/terms/instant.js';
import { clockOffsetMs } from '../../store/clock-store.js';
import type { Clock } from '../engine-deps.js';

/** The machine's time. @param nowMs milliseconds since 1970, as `Date.now` */
export function systemClock(nowMs: () => number): Clock {
  return { now: async () => instantFromMs(nowMs()) };
}

/** The machine's time plus what the scheme's clock was moved by; every process on the database sees the same. */
export function movableClock(nowMs: () => number): Clock {
  return { now: async (tx) => instantFromMs(nowMs() + (await clockOffsetMs(tx))) };
}
