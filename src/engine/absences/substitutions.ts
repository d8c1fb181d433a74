import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Instant } from '../../core/terms/instant.js';
import { listAbsencesOf, listStandIns, type AbsenceRow } from '../../store/absence-store.js';
import { listLivingAccounts } from '../../store/account-life-store.js';
import type { AccountRow } from '../../store/account-store.js';
import type { Tx } from '../../store/tx.js';
import type { Worker } from '../tasks/may-work.js';
import { absenceDay, daysAnywhere } from './absence-day.js';

/**
 * In whose place a person acts at this instant: those whose absence it falls into, and whose accounts live. A chain
 * is not followed: `declareAbsence` lets none come about.
 */
export async function substitutionsOf(tx: Tx, actor: Worker, at: Instant): Promise<readonly Worker[]> {
  const near = await listStandIns(tx, actor.id, daysAnywhere(at));
  if (near.length === 0) return [];
  const day = await absenceDay(tx, actor.region, at);
  const accounts = await listLivingAccounts(
    tx,
    near.filter((absence) => isOn(absence, day)).map(({ accountId }) => accountId),
  );
  return accounts.map(({ id, role, region }) => ({ id, role, region: region ?? null }));
}

/** Who stands in for one of these people at this instant; living accounts, each once, by id. */
export async function substitutesFor(
  tx: Tx,
  accounts: readonly AccountRow[],
  at: Instant,
): Promise<readonly AccountRow[]> {
  const ids = accounts.map(({ id }) => id);
  const near = ids.length === 0 ? [] : await listAbsencesOf(tx, ids, daysAnywhere(at));
  const substitutes: string[] = [];
  for (const absence of near) {
    const account = accounts.find(({ id }) => id === absence.accountId);
    const day = await absenceDay(tx, account?.region ?? null, at);
    if (isOn(absence, day)) substitutes.push(absence.substituteId);
  }
  return substitutes.length === 0 ? [] : listLivingAccounts(tx, substitutes);
}

function isOn({ fromOn, toOn }: AbsenceRow, day: CalendarDate): boolean {
  return fromOn <= day && day <= toOn;
}
