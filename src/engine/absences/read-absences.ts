import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Actor } from '../../core/terms/actor.js';
import { listAbsences, type AbsencePage, type AbsenceRow } from '../../store/absence-store.js';
import { findAccount } from '../../store/account-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { absenceDay } from './absence-day.js';

/** An absence, and whether its substitute stands in today. */
export interface AbsenceToday {
  readonly absence: AbsenceRow;
  readonly today: CalendarDate;
}

/**
 * Absences in the order in which they were declared, the past and the ended ones included. An authority sees those
 * of its own region's people, everybody else sees all.
 */
export async function readAbsences(
  deps: EngineDeps,
  query: { readonly actor: Actor } & Omit<AbsencePage, 'region'>,
): Promise<readonly AbsenceToday[]> {
  const { actor, ...page } = query;
  return deps.database.read(async (tx) => {
    const now = await deps.clock.now(tx);
    const found: AbsenceToday[] = [];
    for (const absence of await listAbsences(tx, { ...page, region: actor.region })) {
      const account = await findAccount(tx, absence.accountId);
      found.push({ absence, today: await absenceDay(tx, account?.region ?? null, now) });
    }
    return found;
  });
}
