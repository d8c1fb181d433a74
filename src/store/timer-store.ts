import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** What falls due: a task, the daily look at standing rules, the end of a waiver. */
export type TimerKind = 'remind' | 'standing-check' | 'waiver-end';

export const timerTable = defineEntity({
  name: 'Timer',
  tableName: 'timers',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<TimerKind>(),
    /** Of a `remind` timer. */
    taskId: p.uuid().nullable(),
    /** Of a `waiver-end` timer. */
    waiverId: p.uuid().nullable(),
    cycleId: p.uuid(),
    dueAt: instantColumn(),
    firedAt: instantColumn().nullable(),
    cancelledAt: instantColumn().nullable(),
  },
});

export type TimerRow = Readonly<InferEntity<typeof timerTable>>;

/** Sets a timer that reminds of a task. */
export function addTimer(
  tx: Tx,
  timer: Pick<TimerRow, 'id' | 'cycleId' | 'dueAt'> & { readonly taskId: string },
): void {
  const row = { ...timer, kind: 'remind', waiverId: null, firedAt: null, cancelledAt: null } as const;
  tx.persist(tx.create(timerTable, row));
}

/** Sets the timer that ends a waiver. */
export function addWaiverTimer(
  tx: Tx,
  timer: Pick<TimerRow, 'id' | 'cycleId' | 'dueAt'> & { readonly waiverId: string },
): void {
  const row = { ...timer, kind: 'waiver-end', taskId: null, firedAt: null, cancelledAt: null } as const;
  tx.persist(tx.create(timerTable, row));
}

/** Sets the next daily check of a cycle's standing rules, unless one is set already. */
export async function addStandingTimer(
  tx: Tx,
  timer: Pick<TimerRow, 'id' | 'cycleId' | 'dueAt'>,
): Promise<void> {
  await tx.execute(
    `insert into timers (id, cycle_id, due_at, kind) values (?, ?, ?, 'standing-check') on conflict do nothing`,
    [timer.id, timer.cycleId, timer.dueAt],
  );
}

/** Cancels the timers of a task that has ended; one that has fired stays fired. */
export async function cancelTimers(tx: Tx, taskId: string, at: Instant): Promise<void> {
  await tx.execute(
    'update timers set cancelled_at = ? where task_id = ? and fired_at is null and cancelled_at is null',
    [at, taskId],
  );
}

/** A timer that has just been marked as fired. */
export type DueTimer = Pick<TimerRow, 'id' | 'kind' | 'cycleId'> & {
  readonly taskId: string | null;
  readonly waiverId: string | null;
};

interface DueRow {
  readonly id: string;
  readonly kind: TimerKind;
  readonly cycle_id: string;
  readonly task_id: string | null;
  readonly waiver_id: string | null;
  readonly due_at: string | Date;
}

/** Marks due timers as fired and hands them out, each to one caller only, the longest overdue first. */
export async function takeDueTimers(tx: Tx, now: Instant, limit: number): Promise<readonly DueTimer[]> {
  const rows = await tx.execute<DueRow[]>(
    `with due as materialized (
       select id from timers where due_at <= ? and fired_at is null and cancelled_at is null
       order by due_at, id limit ? for update skip locked)
     update timers set fired_at = ? where id in (select id from due)
     returning id, kind, cycle_id, task_id, waiver_id, due_at`,
    [now, limit, now],
  );
  // What an update returns has no order.
  const dueMs = (row: DueRow): number => new Date(row.due_at).getTime();
  return rows
    .toSorted((a, b) => dueMs(a) - dueMs(b) || (a.id < b.id ? -1 : 1))
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      cycleId: row.cycle_id,
      taskId: row.task_id,
      waiverId: row.waiver_id,
    }));
}
