import { DomainError } from '../../core/terms/domain-error.js';
import { instantFromMs, instantToMs, type Instant } from '../../core/terms/instant.js';
import { clockOffsetMs, setClockOffsetMs } from '../../store/clock-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/** The movable clock never leaves these years: calendars know no others. */
const EARLIEST = '2010-01-01T00:00:00.000Z' as Instant;
const LATEST = '2040-12-31T00:00:00.000Z' as Instant;

export type ClockMove = { readonly advanceMs: number } | { readonly to: Instant };

/**
 * Moves the scheme's clock, in development only. It may go back too: what has been decided stays decided.
 *
 * @param move `advanceMs`: from now on; `to`: to this instant
 * @param context who asks, with the key that keeps a repeated wish from moving it twice; null: the program itself
 * @returns the scheme's time after the move
 * @throws DomainError `clock.invalid` for a time outside 2010 to 2040
 */
export async function moveClock(
  deps: EngineDeps,
  move: ClockMove,
  context: CommandContext | null = null,
): Promise<Instant> {
  if (context === null) {
    return deps.database.transact(async (tx) => moveFrom(tx, await deps.clock.now(tx), move));
  }
  return runCommand(deps, context, (tx, now) => moveFrom(tx, now, move));
}

async function moveFrom(tx: Tx, from: Instant, move: ClockMove): Promise<Instant> {
  const now = instantToMs(from);
  const target = 'to' in move ? instantToMs(move.to) : now + move.advanceMs;
  // NaN is neither before nor after anything, so it is asked whether the target lies inside.
  if (!(target >= instantToMs(EARLIEST) && target <= instantToMs(LATEST))) {
    throw new DomainError('clock.invalid', { earliest: EARLIEST, latest: LATEST });
  }
  await setClockOffsetMs(tx, (await clockOffsetMs(tx)) + target - now);
  return instantFromMs(target);
}
