import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { changedProperties, type RowImage } from '../core/history/row-change.js';
import type { Effect, EffectPayload } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn, type WholeRow } from './columns.js';
import { noteChange } from './journal.js';
import type { SuspensionPolicy } from './task-store.js';
import type { Tx } from './tx.js';

/** How long after it is set a timer is due: in the calendar of its region, or in hours of the clock. */
export type TimerDelay =
  { readonly workingDays: number } | { readonly calendarDays: number } | { readonly hours: number };

export const timerTable = defineEntity({
  name: 'Timer',
  tableName: 'timers',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid().nullable(),
    /** Of the task whose end cancels it; null for a timer that no task cancels. */
    taskId: p.uuid().nullable(),
    /** Stage and id of a timer of the workflow file: leaving the stage cancels it. Both null for every other. */
    stage: p.string().nullable(),
    name: p.string().nullable(),
    /** What is recorded when it is due. */
    effect: p.json<EffectPayload>(),
    dueAt: instantColumn(),
    policy: p.string().$type<SuspensionPolicy>(),
    /** By which it was set; null where its day was given. */
    delay: p.json<TimerDelay>().nullable(),
    firedAt: instantColumn().nullable(),
    cancelledAt: instantColumn().nullable(),
    /** Since when its cycle rests; it does not fire meanwhile. Null: it runs. */
    heldAt: instantColumn().nullable(),
  },
});

type TimerEntity = InferEntity<typeof timerTable>;
export type TimerChanges = Partial<
  Pick<TimerEntity, 'dueAt' | 'heldAt' | 'cancelledAt' | 'stage' | 'name' | 'effect' | 'policy' | 'delay'>
>;
export type TimerRow = Readonly<TimerEntity>;

type NewTimer = Pick<TimerRow, 'id' | 'effect' | 'dueAt'> &
  Pick<WholeRow<TimerEntity>, 'cycleId' | 'taskId'> &
  Partial<Pick<WholeRow<TimerEntity>, 'stage' | 'name' | 'policy' | 'delay'>>;

/** What these cause follows from the calendar alone, every day anew: they are no part of what was decided. */
const UNJOURNALED: ReadonlySet<EffectPayload['type']> = new Set([
  'standing-check',
  'waiver-end',
  'call-date',
]);

/** Sets a timer: its effect is recorded when it is due. Cycle and task are null where it belongs to none. */
export function addTimer(tx: Tx, timer: NewTimer): void {
  const row = {
    stage: null,
    name: null,
    policy: 'keep',
    delay: null,
    ...timer,
    firedAt: null,
    cancelledAt: null,
    heldAt: null,
  } as const;
  tx.persist(tx.create(timerTable, row));
  note(tx, row, null, timerImage(row));
}

/** Sets the next daily check of a cycle's standing rules, unless one is set already. */
export async function addStandingTimer(
  tx: Tx,
  timer: { readonly id: string; readonly cycleId: string; readonly dueAt: Instant },
): Promise<void> {
  const effect: EffectPayload = { type: 'standing-check', cycleId: timer.cycleId };
  await tx.execute(
    'insert into timers (id, cycle_id, due_at, effect) values (?, ?, ?, ?::jsonb) on conflict do nothing',
    [timer.id, timer.cycleId, timer.dueAt, JSON.stringify(effect)],
  );
}

/** Changes a timer of a cycle that this transaction has locked. */
export async function changeTimer(tx: Tx, timer: TimerRow, changes: TimerChanges): Promise<void> {
  const before = timerImage(timer);
  Object.assign(timer, changes);
  // Of a named one there is only one: MikroORM would write its successor before this.
  if ((timer.name ?? null) !== null) await tx.flush();
  const changed = changedProperties(before, timerImage(timer));
  if (changed !== null) note(tx, timer, changed.before, changed.after);
}

/** Cancels the timers of tasks that have ended; one that has fired stays fired. */
export async function cancelTimers(tx: Tx, taskIds: readonly string[], at: Instant): Promise<void> {
  if (taskIds.length === 0) return;
  for (const timer of await listWaiting(tx, { taskId: { $in: [...taskIds] } })) {
    await changeTimer(tx, timer, { cancelledAt: at });
  }
}

/** The timers of a cycle that have neither fired nor been cancelled, the held ones included, by id. */
export async function listWaitingTimers(tx: Tx, cycleId: string): Promise<readonly TimerRow[]> {
  return listWaiting(tx, { cycleId });
}

/** Every timer that a cycle ever had, by id. */
export async function listTimers(tx: Tx, cycleId: string): Promise<readonly TimerRow[]> {
  return tx.find(timerTable, { cycleId }, { orderBy: { id: 'asc' }, refresh: true });
}

/** Null when there is none of this id. */
export async function findTimer(tx: Tx, id: string): Promise<TimerRow | null> {
  return tx.findOne(timerTable, { id }, { refresh: true });
}

async function listWaiting(
  tx: Tx,
  of: { readonly cycleId: string } | { readonly taskId: { readonly $in: string[] } },
): Promise<readonly TimerRow[]> {
  await tx.flush();
  // Refreshed: the relay marks them as fired without a lock of the cycle.
  return tx.find(
    timerTable,
    { ...of, firedAt: null, cancelledAt: null },
    { orderBy: { id: 'asc' }, refresh: true },
  );
}

/** The row as the journal keeps it: everything but whether it has fired, which no command decides. */
export function timerImage(timer: TimerRow): RowImage {
  return {
    id: timer.id,
    cycleId: timer.cycleId ?? null,
    taskId: timer.taskId ?? null,
    stage: timer.stage ?? null,
    name: timer.name ?? null,
    effect: timer.effect,
    dueAt: timer.dueAt,
    policy: timer.policy,
    delay: timer.delay ?? null,
    cancelledAt: timer.cancelledAt ?? null,
    heldAt: timer.heldAt ?? null,
  };
}

/** Whether the timer is part of what was decided about its cycle. */
export function isJournaledTimer(timer: Pick<TimerRow, 'cycleId' | 'effect'>): boolean {
  return (timer.cycleId ?? null) !== null && !UNJOURNALED.has(timer.effect.type);
}

function note(
  tx: Tx,
  timer: Pick<TimerRow, 'id' | 'cycleId' | 'effect'>,
  before: RowImage | null,
  after: RowImage,
): void {
  const cycleId = timer.cycleId ?? null;
  if (cycleId === null || !isJournaledTimer(timer)) return;
  noteChange(tx, cycleId, { table: 'timers', key: timer.id, before, after });
}

/** Marks due timers as fired and hands out their effects, each to one caller only, the longest overdue first. */
export async function takeDueTimers(tx: Tx, now: Instant, limit: number): Promise<readonly Effect[]> {
  const rows = await tx.execute<{ id: string; effect: EffectPayload; due_at: string | Date }[]>(
    `with due as materialized (
       select id from timers
       where due_at <= ? and fired_at is null and cancelled_at is null and held_at is null
       order by due_at, id limit ? for update skip locked)
     update timers set fired_at = ? where id in (select id from due)
     returning id, effect, due_at`,
    [now, limit, now],
  );
  // What an update returns has no order.
  const dueMs = (row: (typeof rows)[number]): number => new Date(row.due_at).getTime();
  return rows
    .toSorted((a, b) => dueMs(a) - dueMs(b) || (a.id < b.id ? -1 : 1))
    .map(({ id, effect }) => ({ id, payload: effect }));
}
