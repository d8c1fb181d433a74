import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addAbsence, listAbsencesOf, listStandIns, type AbsenceRow } from '../../store/absence-store.js';
import { lockAccounts } from '../../store/account-life-store.js';
import type { AccountRow } from '../../store/account-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { absenceDay } from './absence-day.js';

/** Who is away, from the first day to the last, both included, and who stands in meanwhile. */
export interface NewAbsence {
  readonly account: string;
  readonly substitute: string;
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate;
}

/**
 * Notes that somebody will be away, and who does their work and gets copies of their notices meanwhile. Everybody
 * declares their own absence; coordinators and administrators that of anybody.
 *
 * @throws DomainError `account.not-found`, `account.disabled`, `auth.role-forbidden`; `absence.invalid` with the
 *   reason: the days are over or in the wrong order, the substitute could not do the same work (another role or
 *   region), the person is away already, or a chain would come about, because the substitute is away too or the
 *   person stands in for somebody meanwhile
 */
export async function declareAbsence(
  deps: EngineDeps,
  command: CommandContext & { readonly absence: NewAbsence },
): Promise<AbsenceRow> {
  const { actor, absence } = command;
  requireRole(
    actor,
    absence.account === actor.id
      ? ['authority', 'coordinator', 'administrator', 'system']
      : ['coordinator', 'administrator', 'system'],
  );
  return runCommand(deps, command, async (tx, now) => {
    // Both locked: of two absences that would make a chain with each other, the later one finds the earlier.
    const accounts = await lockAccounts(tx, [absence.account, absence.substitute]);
    const account = living(accounts, absence.account, '/account');
    const substitute = living(accounts, absence.substitute, '/substitute');
    checkDays(absence, await absenceDay(tx, account.region ?? null, now));
    checkSubstitute(account, substitute);
    await checkOthers(tx, absence);
    const row = addAbsence(tx, {
      id: deps.newId(),
      accountId: account.id,
      substituteId: substitute.id,
      fromOn: absence.fromOn,
      toOn: absence.toOn,
      createdBy: actor.id,
      createdAt: now,
      endedAt: null,
    });
    await tx.flush();
    return { ...row };
  });
}

function living(accounts: readonly AccountRow[], id: string, pointer: string): AccountRow {
  const account = accounts.find((each) => each.id === id);
  if (account === undefined) throw new DomainError('account.not-found', { pointer, account: id });
  if ((account.disabledAt ?? null) !== null)
    throw new DomainError('account.disabled', { pointer, account: id });
  return account;
}

function checkDays({ fromOn, toOn }: NewAbsence, today: CalendarDate): void {
  if (toOn < fromOn) refuse('/toOn', `The last day, ${toOn}, lies before the first, ${fromOn}.`);
  if (toOn < today) refuse('/toOn', `The last day, ${toOn}, is over.`);
}

function checkSubstitute(account: AccountRow, substitute: AccountRow): void {
  if (substitute.id === account.id) refuse('/substitute', 'Nobody stands in for themselves.');
  const sameWork =
    substitute.role === account.role && (substitute.region ?? null) === (account.region ?? null);
  if (!sameWork) refuse('/substitute', `${substitute.id} could not do the work of ${account.id}.`);
}

async function checkOthers(tx: Tx, absence: NewAbsence): Promise<void> {
  const { account, substitute } = absence;
  const [own] = await listAbsencesOf(tx, [account], absence);
  if (own !== undefined) refuse('/fromOn', `${account} is away from ${own.fromOn} to ${own.toOn} already.`);
  const [theirs] = await listAbsencesOf(tx, [substitute], absence);
  if (theirs !== undefined) {
    refuse('/substitute', `${substitute} is away too, from ${theirs.fromOn} to ${theirs.toOn}.`);
  }
  const [standIn] = await listStandIns(tx, account, absence);
  if (standIn !== undefined) {
    refuse(
      '/account',
      `${account} stands in for ${standIn.accountId} from ${standIn.fromOn} to ${standIn.toOn}.`,
    );
  }
}

function refuse(pointer: string, reason: string): never {
  throw new DomainError('absence.invalid', { pointer, reason });
}
