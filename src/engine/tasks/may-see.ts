import { accountRoleFor } from '../../core/terms/role.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Work, Worker } from './may-work.js';

/**
 * Whether this person finds the task at all. Who belongs to the whole scheme finds every one; an authority those
 * that an authority of its region may work on, those of its own cycle that another region was asked to do, and those
 * that it was named for or given. A substitute finds what the absent person finds.
 *
 * @param substitutions those in whose place the person acts today
 */
export function maySee(
  actor: Worker,
  task: Work & Pick<TaskRow, 'region'>,
  substitutions: readonly Worker[],
): boolean {
  if (actor.region === null) return true;
  const isForAuthorities = task.candidateRoles.some((role) => accountRoleFor(role) === 'authority');
  return [actor, ...substitutions].some(
    ({ id, region }) =>
      (isForAuthorities && (region === task.actingRegion || region === task.region)) ||
      task.assignee === id ||
      task.candidatePeople.includes(id),
  );
}
