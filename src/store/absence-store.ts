import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import { accountTable } from './account-store.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import { regionTable } from './scheme-store.js';
import type { Tx } from './tx.js';

/** From the first day to the last, both included, the substitute may do what the absent person may. */
export const absenceTable = defineEntity({
  name: 'Absence',
  tableName: 'absences',
  properties: {
    id: p.uuid().primary(),
    accountId: p.string(),
    substituteId: p.string(),
    fromOn: dateColumn(),
    toOn: dateColumn(),
    /** Account id. */
    createdBy: p.string(),
    createdAt: instantColumn(),
    /** When it was ended before its time; null: it was not. */
    endedAt: instantColumn().nullable(),
  },
});

type AbsenceEntity = InferEntity<typeof absenceTable>;
export type AbsenceRow = Readonly<AbsenceEntity>;

export function addAbsence(tx: Tx, absence: WholeRow<AbsenceEntity>): AbsenceRow {
  const row = tx.create(absenceTable, { ...absence });
  tx.persist(row);
  return row;
}

/** The absence, locked until the transaction ends; null when there is none. */
export async function lockAbsence(tx: Tx, id: string): Promise<AbsenceRow | null> {
  return tx.findOne(absenceTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Ends an absence that this transaction has locked. */
export async function endAbsenceNow(
  tx: Tx,
  absence: AbsenceRow,
  endedAt: NonNullable<AbsenceRow['endedAt']>,
): Promise<void> {
  Object.assign(absence, { endedAt });
  await tx.flush();
}

/** The days that are asked about, both included. */
export interface AbsenceDays {
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate;
}

/** Absences of these people that touch these days and were not ended, by their first day. */
export async function listAbsencesOf(
  tx: Tx,
  accountIds: readonly string[],
  days: AbsenceDays,
): Promise<readonly AbsenceRow[]> {
  return tx.find(
    absenceTable,
    { accountId: { $in: [...accountIds] }, ...touching(days) },
    { orderBy: { fromOn: 'asc', id: 'asc' } },
  );
}

/** Absences on these days in which this person stands in for others, not ended, by their first day. */
export async function listStandIns(
  tx: Tx,
  substituteId: string,
  days: AbsenceDays,
): Promise<readonly AbsenceRow[]> {
  return tx.find(
    absenceTable,
    { substituteId, ...touching(days) },
    { orderBy: { fromOn: 'asc', id: 'asc' } },
  );
}

/** Absences that were not ended in which this person stands in for others on this day or a later one; locked. */
export async function lockStandInsFrom(
  tx: Tx,
  substituteId: string,
  day: CalendarDate,
): Promise<readonly AbsenceRow[]> {
  return tx.find(
    absenceTable,
    { substituteId, endedAt: null, toOn: { $gte: day } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

export interface AbsencePage {
  readonly accountId?: string;
  /** NUTS code: only absences of this region's authorities; null: of everybody. */
  readonly region: string | null;
  readonly after?: string;
  readonly limit: number;
}

/** Absences in the order in which they were declared, the ended ones included, at most `limit`. */
export async function listAbsences(tx: Tx, page: AbsencePage): Promise<readonly AbsenceRow[]> {
  const ofRegion =
    page.region === null ? null : await tx.find(accountTable, { region: page.region }, { fields: ['id'] });
  const among = [
    ...(page.accountId === undefined ? [] : [{ accountId: page.accountId }]),
    ...(ofRegion === null ? [] : [{ accountId: { $in: ofRegion.map(({ id }) => id) } }]),
  ];
  return tx.find(
    absenceTable,
    { $and: among, ...(page.after === undefined ? {} : { id: { $gt: page.after } }) },
    { orderBy: { id: 'asc' }, limit: page.limit },
  );
}

/** The zone of a region, or of the first region of the first scheme where none is given; null: there is no region. */
export async function findZone(tx: Tx, nuts: string | null): Promise<string | null> {
  const region = await tx.findOne(regionTable, nuts === null ? { position: { $gte: 0 } } : { nuts }, {
    orderBy: { scheme: 'asc', position: 'asc' },
  });
  return region?.zone ?? null;
}

function touching({ fromOn, toOn }: AbsenceDays) {
  return { endedAt: null, fromOn: { $lte: toOn }, toOn: { $gte: fromOn } } as const;
}
