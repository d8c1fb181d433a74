import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { endAbsenceNow, lockStandInsFrom } from '../../store/absence-store.js';
import { holdAccount, listLivingIds, lockAccounts, setDisabled } from '../../store/account-life-store.js';
import { findAccount, type AccountRow } from '../../store/account-store.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { listTasksOfAssignee } from '../../store/orphaned-task-store.js';
import { lockTask } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { absenceDay } from '../absences/absence-day.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { assignTask } from '../tasks/assign-task.js';
import { holdFittingAccount } from '../tasks/hold-fitting-account.js';
import { tellAssignee } from '../tasks/tell-assignee.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { accountView, type AccountView } from './account-view.js';

/** JSON pointer of whoever gets the tasks. */
const SUCCESSOR = '/reassignTo';

/** An account that does not live any more, and what became of its work. */
export interface DisabledAccount {
  readonly account: AccountView;
  readonly tasks: readonly string[];
  /** Absences of others in which it stood in; nobody does now. */
  readonly absences: readonly string[];
}

/**
 * Disables an account: its token stops working at once, the tasks in its hands go to `reassignTo` or to whoever may
 * take them, and it stands in for nobody any more. Disabling it again does the same with what it has been given since.
 *
 * @param command.reason kept with the account, and in the log of each cycle whose task changes hands
 * @param command.reassignTo account id; null: whoever may can take the tasks
 * @throws DomainError `account.not-found`; `account.last-of-its-kind` for the last living administrator;
 *   `task.delegate-unknown` when `reassignTo` is not living or could not do all the tasks; `auth.role-forbidden`
 */
export async function disableAccount(
  deps: EngineDeps,
  command: CommandContext & {
    readonly accountId: string;
    readonly reason: string;
    readonly reassignTo: string | null;
  },
): Promise<DisabledAccount> {
  const { actor, accountId, reason, reassignTo } = command;
  requireRole(actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const cycles = await lockCyclesOfAssignee(tx, accountId);
    const account = await lockForDisabling(tx, accountId);
    const step = { actor, at: now, accountId, reason, reassignTo };
    const tasks = await passTasksOn(deps, tx, cycles, step);
    const absences = await endStandIns(tx, account, now);
    if ((account.disabledAt ?? null) === null) {
      await setDisabled(tx, account, { disabledAt: now, disabledBy: actor.id, disabledReason: reason });
    }
    return { account: accountView(account), tasks, absences };
  });
}

/** In the order of their ids, and before the account: whoever gives work to it holds a cycle already. */
async function lockCyclesOfAssignee(tx: Tx, accountId: string): Promise<ReadonlyMap<string, CycleRow>> {
  const cycles = new Map<string, CycleRow>();
  for (const { cycleId } of await listTasksOfAssignee(tx, accountId)) {
    if (cycles.has(cycleId)) continue;
    const cycle = await lockCycle(tx, cycleId);
    if (cycle !== null) cycles.set(cycleId, cycle);
  }
  return cycles;
}

async function lockForDisabling(tx: Tx, accountId: string): Promise<AccountRow> {
  const { role } = (await findAccount(tx, accountId)) ?? {};
  // All of them: two administrators who disable each other at once must not both succeed.
  const peers = role === 'administrator' ? await listLivingIds(tx, role) : [];
  const locked = await lockAccounts(tx, [accountId, ...peers]);
  const account = locked.find(({ id }) => id === accountId);
  if (account === undefined) throw new DomainError('account.not-found', { account: accountId });
  const isLiving = (each: AccountRow): boolean => (each.disabledAt ?? null) === null;
  const isLast = isLiving(account) && locked.filter(isLiving).length === 1;
  if (role === 'administrator' && isLast) {
    throw new DomainError('account.last-of-its-kind', { account: accountId, role });
  }
  return account;
}

interface PassingOn {
  readonly actor: Actor;
  readonly at: Instant;
  readonly accountId: string;
  readonly reason: string;
  readonly reassignTo: string | null;
}

async function passTasksOn(
  deps: EngineDeps,
  tx: Tx,
  cycles: ReadonlyMap<string, CycleRow>,
  step: PassingOn,
): Promise<readonly string[]> {
  const { actor, at, accountId, reason, reassignTo } = step;
  if (reassignTo !== null) await checkSuccessor(tx, reassignTo, accountId);
  const passed: string[] = [];
  // Listed again under the lock: it may have been given something since its cycles were listed.
  for (const { id, cycleId } of await listTasksOfAssignee(tx, accountId)) {
    const cycle = cycles.get(cycleId) ?? (await lockCycle(tx, cycleId));
    const task = await lockTask(tx, id);
    if (cycle === null || task === null || task.assignee !== accountId) continue;
    if (reassignTo !== null) await holdFittingAccount(tx, task, { to: reassignTo, pointer: SUCCESSOR });
    const assignment = {
      cycle,
      task,
      actor,
      at,
      change: reassignTo === null ? 'released' : 'reassigned',
      to: reassignTo,
      note: reason,
    } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    passed.push(id);
  }
  return passed;
}

async function checkSuccessor(tx: Tx, to: string, accountId: string): Promise<void> {
  const successor = await holdAccount(tx, to);
  const isLiving = successor !== null && (successor.disabledAt ?? null) === null;
  if (to === accountId || !isLiving) {
    throw new DomainError('task.delegate-unknown', { pointer: SUCCESSOR, account: to });
  }
}

async function endStandIns(tx: Tx, account: AccountRow, now: Instant): Promise<readonly string[]> {
  const today = await absenceDay(tx, account.region ?? null, now);
  const absences = await lockStandInsFrom(tx, account.id, today);
  for (const absence of absences) await endAbsenceNow(tx, absence, now);
  return absences.map(({ id }) => id);
}
