import { DomainError } from '../../core/terms/domain-error.js';
import { instantFromMs, instantToMs, type Instant } from '../../core/terms/instant.js';
import { clockOffsetMs, setClockOffsetMs } from '../../store/clock-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** The movable clock never leaves these years: calendars know no others. */
const EARLIEST = '2010-01-01T00:00:00.000Z' as Instant;
const LATEST = '2040-12-31T00:00:00.000Z' as Instant;

/**
 * Moves the scheme's clock, in development only. It may go back too: what has been decided stays decided.
 *
 * @param move `advanceMs`: from now on; `to`: to this instant
 * @returns the scheme's time after the move
 * @throws DomainError `clock.invalid` for a time outside 2010 to 2040
 */
export async function moveClock(
  deps: EngineDeps,
  move: { readonly advanceMs: number } | { readonly to: Instant },
): Promise<Instant> {
  return deps.database.transact(async (tx) => {
    const now = instantToMs(await deps.clock.now(tx));
    const target = 'to' in move ? instantToMs(move.to) : now + move.advanceMs;
    if (target < instantToMs(EARLIEST) || target > instantToMs(LATEST)) {
      throw new DomainError('clock.invalid', { earliest: EARLIEST, latest: LATEST });
    }
    await setClockOffsetMs(tx, (await clockOffsetMs(tx)) + target - now);
    return instantFromMs(target);
  });
}
