import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import type { Instant } from '../core/terms/instant.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { Tx } from './tx.js';

/** A day on which the regions of a calendar do not work besides weekends and holidays. Never deleted. */
export const closureTable = defineEntity({
  name: 'Closure',
  tableName: 'calendar_closures',
  properties: {
    id: p.uuid().primary(),
    /** Id of a calendar file. */
    calendar: p.string(),
    date: dateColumn(),
    label: p.string(),
    addedBy: p.string(),
    addedAt: instantColumn(),
    /** Both null while it stands. */
    removedBy: p.string().nullable(),
    removedAt: instantColumn().nullable(),
  },
});

type ClosureEntity = InferEntity<typeof closureTable>;
export type ClosureRow = Readonly<ClosureEntity>;

/** Lets one transaction at a time change closures; the others wait for its commit. */
export async function lockClosures(tx: Tx): Promise<void> {
  await tx.execute('lock table calendar_closures in share row exclusive mode');
}

export function addClosureRow(
  tx: Tx,
  closure: Omit<WholeRow<ClosureEntity>, 'removedBy' | 'removedAt'>,
): ClosureRow {
  const row = tx.create(closureTable, { ...closure, removedBy: null, removedAt: null });
  tx.persist(row);
  return row;
}

/** The closure, locked until the transaction ends; null when there is none. */
export async function lockClosure(tx: Tx, id: string): Promise<ClosureRow | null> {
  return tx.findOne(closureTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

export async function takeClosureBack(
  tx: Tx,
  closure: ClosureRow,
  by: { readonly removedBy: string; readonly removedAt: Instant },
): Promise<void> {
  Object.assign(closure, by);
  await tx.flush();
}

/** The closures of a calendar that stand, by day. */
export async function listStandingClosures(tx: Tx, calendar: string): Promise<readonly ClosureRow[]> {
  return tx.find(closureTable, { calendar, removedAt: null }, { orderBy: { date: 'asc' } });
}

/** Every closure that stands, by calendar and day. */
export async function listAllStandingClosures(tx: Tx): Promise<readonly ClosureRow[]> {
  return tx.find(closureTable, { removedAt: null }, { orderBy: { calendar: 'asc', date: 'asc' } });
}

/** The days on which each calendar is closed as it was known at an instant; one without such days is absent. */
export async function closedDaysAt(
  tx: Tx,
  at: Instant,
): Promise<ReadonlyMap<string, readonly CalendarDate[]>> {
  const rows = await tx.execute<{ calendar: string; days: CalendarDate[] }[]>(
    `select calendar, array_agg(date::text order by date) as days from calendar_closures
     where added_at <= ? and (removed_at is null or removed_at > ?) group by calendar`,
    [at, at],
  );
  return new Map(rows.map(({ calendar, days }) => [calendar, days]));
}
