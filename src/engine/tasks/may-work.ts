import type { Actor } from '../../core/terms/actor.js';
import { accountRoleFor } from '../../core/terms/role.js';
import type { TaskRow } from '../../store/task-store.js';

/** As much of a person as decides about work: of whoever acts, or of somebody in whose place they act. */
export type Worker = Pick<Actor, 'id' | 'role' | 'region'>;

/** As much of a task as decides who works on it. */
export type Work = Pick<TaskRow, 'actingRegion' | 'candidateRoles' | 'candidatePeople' | 'assignee'>;

/**
 * Whether this person may take, do and hand on the task, now or once it is free:
 *
 * - an authority of the acting region, if one of the candidate roles is answered by an authority;
 * - a coordinator, but for the administrator's tasks;
 * - an administrator, if one of the candidate roles is the administrator's;
 * - whoever was named a candidate, or was given the task;
 * - a substitute, whatever the absent person may.
 *
 * Auditors and the steering group never: they read.
 *
 * @param substitutions those in whose place the person acts today (see `substitutionsOf`)
 */
export function mayWork(actor: Worker, task: Work, substitutions: readonly Worker[]): boolean {
  return [actor, ...substitutions].some((worker) => mayWorkThemselves(worker, task));
}

function mayWorkThemselves({ id, role, region }: Worker, task: Work): boolean {
  if (role === 'system') return true;
  if (role === 'auditor' || role === 'steering_group') return false;
  if (task.assignee === id || task.candidatePeople.includes(id)) return true;
  const roles = task.candidateRoles.map(accountRoleFor);
  switch (role) {
    case 'authority':
      return region === task.actingRegion && roles.includes('authority');
    case 'coordinator':
      return roles[0] !== 'administrator' || roles.includes('coordinator');
    case 'administrator':
      return roles.includes('administrator');
  }
}
