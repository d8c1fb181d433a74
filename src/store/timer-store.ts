import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { EffectPayload } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const timerTable = defineEntity({
  name: 'Timer',
  tableName: 'timers',
  properties: {
    id: p.uuid().primary(),
    /** The task that falls due; null for a timer of another kind. */
    taskId: p.uuid().nullable(),
    cycleId: p.uuid().nullable(),
    /** What is to follow then; null for a task's timer, which reminds of it. */
    effect: p.json<EffectPayload>().nullable(),
    dueAt: instantColumn(),
    firedAt: instantColumn().nullable(),
    cancelledAt: instantColumn().nullable(),
  },
});

export type TimerRow = Readonly<InferEntity<typeof timerTable>>;

/** A timer that reminds of a task. */
export function addTimer(
  tx: Tx,
  timer: {
    readonly id: string;
    readonly taskId: string;
    readonly cycleId: string;
    readonly dueAt: Instant;
  },
): void {
  tx.persist(tx.create(timerTable, { ...timer, effect: null, firedAt: null, cancelledAt: null }));
}

/** A timer that records an effect when it is due. */
export function addEffectTimer(
  tx: Tx,
  timer: { readonly id: string; readonly effect: EffectPayload; readonly dueAt: Instant },
): void {
  const kept = { ...timer, taskId: null, cycleId: null, firedAt: null, cancelledAt: null };
  tx.persist(tx.create(timerTable, kept));
}

/** Cancels the timers of a task that has ended; one that has fired stays fired. */
export async function cancelTimers(tx: Tx, taskId: string, at: Instant): Promise<void> {
  await tx.execute(
    'update timers set cancelled_at = ? where task_id = ? and fired_at is null and cancelled_at is null',
    [at, taskId],
  );
}

/** Marks due timers as fired and hands them out, each to one caller only, the longest overdue first. */
export async function takeDueTimers(
  tx: Tx,
  now: Instant,
  limit: number,
): Promise<readonly { readonly id: string; readonly effect: EffectPayload }[]> {
  const rows = await tx.execute<
    { id: string; task_id: string | null; effect: EffectPayload | null; due_at: string | Date }[]
  >(
    `with due as materialized (
       select id from timers where due_at <= ? and fired_at is null and cancelled_at is null
       order by due_at, id limit ? for update skip locked)
     update timers set fired_at = ? where id in (select id from due)
     returning id, task_id, effect, due_at`,
    [now, limit, now],
  );
  // What an update returns has no order.
  const dueMs = (row: (typeof rows)[number]): number => new Date(row.due_at).getTime();
  return rows
    .toSorted((a, b) => dueMs(a) - dueMs(b) || (a.id < b.id ? -1 : 1))
    .map((row) => ({ id: row.id, effect: row.effect ?? { type: 'remind', taskId: row.task_id ?? '' } }));
}
