import { instantAfter } from '../../core/calendar/delay.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import type { Actor } from '../../core/terms/actor.js';
import { instantFromMs, instantToMs, type Instant } from '../../core/terms/instant.js';
import { appendLog } from '../../store/log-store.js';
import { lastSuspendedAt } from '../../store/suspension-store.js';
import { changeTimer, listWaitingTimers, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { tellSyncRest } from '../sync/tell-sync-rest.js';
import { actingPlace, type ActingPlace } from '../tasks/acting-place.js';
import { keepWorkingDaysLeft } from '../tasks/due-date.js';
import { unparkTasks } from '../tasks/unpark-tasks.js';
import type { CyclePicture } from './cycle-picture.js';

/**
 * What follows when a cycle that this transaction holds goes on: its tasks go on with the due days that their policies
 * give, and so do its timers. One that keeps its instant fires right after if that has passed; one that freezes has
 * the working days left that it had (with a delay in hours, the time); one that restarts begins anew.
 *
 * @param wake.picture the cycle as it stood before the step; its row already carries the new state
 * @throws DomainError `calendar.out-of-range`
 */
export async function wakeCycle(
  deps: EngineDeps,
  tx: Tx,
  wake: { readonly picture: CyclePicture; readonly actor: Actor },
): Promise<void> {
  const { picture, actor } = wake;
  const { cycle, now } = picture;
  const held = (await listWaitingTimers(tx, cycle.id)).filter(({ heldAt }) => (heldAt ?? null) !== null);
  const restedSince = (await lastSuspendedAt(tx, cycle.id)) ?? now;
  await unparkTasks(deps, tx, { picture, actor, restedSince, held });

  const place = actingPlace(picture, cycle.region);
  const moved = [];
  for (const timer of held) {
    // The timers of tasks have gone on with them, or were set anew.
    if ((timer.cancelledAt ?? null) !== null || (timer.heldAt ?? null) === null) continue;
    const before = timer.dueAt;
    const dueAt = dueAfterRest(timer, place, now);
    await changeTimer(tx, timer, { heldAt: null, dueAt });
    moved.push({ timer: timer.id, name: timer.name ?? null, dueAt, ...(dueAt === before ? {} : { before }) });
  }
  if (moved.length > 0) {
    const details = { change: 'released', timers: moved };
    await appendLog(tx, cycle, { kind: 'timer', actor, at: now, details });
  }
  await tellSyncRest(deps, tx, cycle, now);
}

/** When a held timer is due now that its cycle goes on. */
function dueAfterRest(timer: TimerRow, place: ActingPlace, now: Instant): Instant {
  const { dueAt, policy } = timer;
  const delay = timer.delay ?? null;
  const heldAt = timer.heldAt ?? now;
  // It was due before the rest and only had not been looked at: nothing is left of its time.
  if (policy === 'keep' || dueAt <= heldAt || delay === null) return dueAt;
  if (policy === 'restart') return instantAfter(place.calendar, place.zone, now, delay);
  if ('hours' in delay) return instantFromMs(instantToMs(now) + instantToMs(dueAt) - instantToMs(heldAt));

  const rest = {
    calendar: place.calendar,
    from: dateInZone(heldAt, place.zone),
    to: dateInZone(now, place.zone),
  };
  const day = keepWorkingDaysLeft(rest, dateInZone(dueAt, place.zone));
  return instantAt(day, timeInZone(dueAt, place.zone), place.zone);
}

/** What a clock in the zone shows then, `HH:mm`. */
function timeInZone(instant: Instant, zone: string): string {
  const shown = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime();
  return shown.toString({ smallestUnit: 'minute' });
}
