import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { findTask, lockTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { substitutionsOf } from '../absences/substitutions.js';
import { maySee } from './may-see.js';
import { mayWork, type Worker } from './may-work.js';

/** A wish about a task. */
export interface TaskRequest {
  readonly taskId: string;
  /** The version that the caller has seen; null when any will do. */
  readonly expectedVersion: number | null;
  /** On whose day it is settled who stands in for whom. */
  readonly at: Instant;
}

/** A locked task, and whom it may be worked on as. */
export interface TaskAtHand {
  readonly task: TaskRow;
  /** Whoever acts, and those in whose place they act today. */
  readonly workers: readonly Worker[];
}

/**
 * A waiting task whose cycle does not rest, locked until the transaction ends, for somebody who may work on it
 * (see `mayWork`).
 *
 * @throws DomainError `task.not-found`, `auth.role-forbidden`, `task.not-yours` (somebody of the role may, but of
 *   another region), `version.stale`, `task.parked`, `task.not-open`
 */
export async function getTaskAtHand(tx: Tx, actor: Actor, request: TaskRequest): Promise<TaskAtHand> {
  const task = await lockTask(tx, request.taskId);
  const substitutions = await substitutionsOf(tx, actor, request.at);
  if (task === null || !maySee(actor, task, substitutions)) {
    throw new DomainError('task.not-found', { task: request.taskId });
  }
  if (!mayWork(actor, task, substitutions)) throw refusal(actor, task);
  if (request.expectedVersion !== null && request.expectedVersion !== task.version) {
    throw new DomainError('version.stale', { expected: request.expectedVersion, current: task.version });
  }
  if (task.status === 'parked') throw new DomainError('task.parked', { task: task.id });
  if (task.status !== 'open' && task.status !== 'claimed') {
    throw new DomainError('task.not-open', { task: task.id, status: task.status });
  }
  return { task, workers: [actor, ...substitutions] };
}

/** The task of `getTaskAtHand`, with its errors. */
export async function getTaskForWork(tx: Tx, actor: Actor, request: TaskRequest): Promise<TaskRow> {
  return (await getTaskAtHand(tx, actor, request)).task;
}

/** Whether the task is in the hands of whoever acts, or of somebody in whose place they act. */
export function holdsTask({ task, workers }: TaskAtHand): boolean {
  return workers.some(({ id }) => id === task.assignee);
}

/** Whether whoever acts may put the work of others in order. */
export function isCoordinating({ role }: Actor): boolean {
  return role === 'coordinator' || role === 'system';
}

/**
 * The cycle of a task, locked. Everybody locks the cycle first and its tasks after it, so that no two commands
 * can wait for each other.
 *
 * @throws DomainError `task.not-found`
 */
export async function lockCycleOfTask(tx: Tx, taskId: string): Promise<CycleRow> {
  const task = await findTask(tx, taskId);
  const cycle = task === null ? null : await lockCycle(tx, task.cycleId);
  if (cycle === null) throw new DomainError('task.not-found', { task: taskId });
  return cycle;
}

function refusal(actor: Actor, task: TaskRow): DomainError {
  const roles = task.candidateRoles.map(accountRoleFor);
  const allowed =
    roles[0] === 'administrator'
      ? roles.filter((role) => role !== null)
      : ['coordinator', ...roles.filter((role) => role !== null && role !== 'coordinator')];
  return allowed.includes(actor.role)
    ? new DomainError('task.not-yours', { task: task.id })
    : new DomainError('auth.role-forbidden', { role: actor.role, allowed: [...new Set(allowed)] });
}
