import { workingDayOnOrAfter, addWorkingDays } from '../../core/calendar/working-days.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { appendLog } from '../../store/log-store.js';
import { changeTasks, listOpenTasks, type TaskRow } from '../../store/task-store.js';
import { changeTimer, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace, type ActingPlace } from './acting-place.js';
import { dueDayAfterRest } from './due-date.js';
import { REMINDER_TIME } from './open-task.js';
import { resetLadder, setStep } from './task-ladder.js';

/** A cycle that goes on, and what was held of it. */
export interface Waking {
  readonly picture: CyclePicture;
  readonly actor: Actor;
  readonly restedSince: Instant;
  /** The timers that were held, as they still are. */
  readonly held: readonly TimerRow[];
}

/** A parked task, and what is to become of it. */
interface Unparking {
  readonly task: TaskRow;
  readonly place: ActingPlace;
  readonly was: CalendarDate | null;
  readonly dueOn: CalendarDate | null;
  readonly status: 'open' | 'claimed';
}

/**
 * Lets the parked tasks of a cycle go on: claimed by whoever had them, else open, with the due day that their policy
 * gives in the calendar of whoever acts, and the timers of that day. Steps that were told before the rest are not
 * told again; where the due day stays, of those that came while nobody was to be told the last is told next.
 *
 * @throws DomainError `calendar.out-of-range`
 */
export async function unparkTasks(deps: EngineDeps, tx: Tx, waking: Waking): Promise<void> {
  const { picture } = waking;
  const parked = (await listOpenTasks(tx, picture.cycle.id)).filter(({ status }) => status === 'parked');
  const unparkings = parked.map((task) => unparkingOf(waking, task));
  await changeTasks(
    tx,
    unparkings.map(({ task, status, dueOn }) => ({ task, changes: { status, dueOn } })),
  );
  for (const unparking of unparkings) await goOn(deps, tx, waking, unparking);
}

function unparkingOf({ picture, restedSince }: Waking, task: TaskRow): Unparking {
  const place = actingPlace(picture, task.actingRegion);
  const was = task.dueOn ?? null;
  // One that was opened while the cycle rested has not rested longer than it is there.
  const since = task.openedAt > restedSince ? task.openedAt : restedSince;
  const dueOn = dueDayAfterRest(
    { dueOn: was, target: task.target ?? null, whenSuspended: task.whenSuspended },
    {
      calendar: place.calendar,
      from: dateInZone(since, place.zone),
      to: dateInZone(picture.now, place.zone),
    },
  );
  return { task, place, was, dueOn, status: (task.assignee ?? null) === null ? 'open' : 'claimed' };
}

/** The timers of a task that goes on, and the entry in the log. */
async function goOn(deps: EngineDeps, tx: Tx, waking: Waking, unparking: Unparking): Promise<void> {
  const { picture, actor, held } = waking;
  const { task, place, was, dueOn, status } = unparking;
  const timers = held.filter(({ taskId }) => taskId === task.id);
  if (dueOn === was && timers.length > 0) {
    await releaseTimers(deps, tx, { task, place, timers, now: picture.now });
  } else if (dueOn !== null || timers.length > 0) {
    await resetLadder(deps, tx, picture, task);
  }
  await appendLog(tx, picture.cycle, {
    kind: 'task',
    actor,
    at: picture.now,
    details: {
      task: task.id,
      change: 'unparked',
      reference: task.reference,
      status,
      dueOn,
      ...(dueOn === was ? {} : { dueOnBefore: was }),
    },
  });
}

/** Of steps whose day stays: those to come run again; of those that have passed the last comes at the next hour. */
async function releaseTimers(
  deps: EngineDeps,
  tx: Tx,
  release: {
    readonly task: TaskRow;
    readonly place: ActingPlace;
    readonly timers: readonly TimerRow[];
    readonly now: Instant;
  },
): Promise<void> {
  const { task, place, timers, now } = release;
  const missed = timers.filter(({ dueAt }) => dueAt <= now);
  for (const timer of timers) {
    await changeTimer(tx, timer, timer.dueAt > now ? { heldAt: null } : { cancelledAt: now });
  }
  const last = missed.toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1)).at(-1)?.effect;
  if (last?.type !== 'remind') return;
  const { audience = ['owner'], template = 'task.due', workingDays = 0 } = last;
  setStep(deps, tx, task, {
    step: { audience, template, workingDays },
    at: nextHour(place, now),
  });
}

function nextHour({ calendar, zone }: ActingPlace, now: Instant): Instant {
  const day = workingDayOnOrAfter(calendar, dateInZone(now, zone));
  const at = instantAt(day, REMINDER_TIME, zone);
  return at > now ? at : instantAt(addWorkingDays(calendar, day, 1), REMINDER_TIME, zone);
}
