import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Effect, EffectPayload } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const timerTable = defineEntity({
  name: 'Timer',
  tableName: 'timers',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid().nullable(),
    /** Of the task whose end cancels it; null for a timer that nothing cancels. */
    taskId: p.uuid().nullable(),
    /** What is recorded when it is due. */
    effect: p.json<EffectPayload>(),
    dueAt: instantColumn(),
    firedAt: instantColumn().nullable(),
    cancelledAt: instantColumn().nullable(),
  },
});

type TimerRow = Readonly<InferEntity<typeof timerTable>>;

/** Sets a timer: its effect is recorded when it is due. Cycle and task are null where it belongs to none. */
export function addTimer(
  tx: Tx,
  timer: Pick<TimerRow, 'id' | 'effect' | 'dueAt'> & {
    readonly cycleId: string | null;
    readonly taskId: string | null;
  },
): void {
  tx.persist(tx.create(timerTable, { ...timer, firedAt: null, cancelledAt: null }));
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

/** Cancels the timers of a task that has ended; one that has fired stays fired. */
export async function cancelTimers(tx: Tx, taskId: string, at: Instant): Promise<void> {
  await tx.execute(
    'update timers set cancelled_at = ? where task_id = ? and fired_at is null and cancelled_at is null',
    [at, taskId],
  );
}

/** Marks due timers as fired and hands out their effects, each to one caller only, the longest overdue first. */
export async function takeDueTimers(tx: Tx, now: Instant, limit: number): Promise<readonly Effect[]> {
  const rows = await tx.execute<{ id: string; effect: EffectPayload; due_at: string | Date }[]>(
    `with due as materialized (
       select id from timers where due_at <= ? and fired_at is null and cancelled_at is null
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
