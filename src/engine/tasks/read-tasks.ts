import type { Actor } from '../../core/terms/actor.js';
import { accountRoleFor, STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { listTasks, type TaskFilter, type TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Tasks in the order of their ids. An authority sees those of its region that it answers for; everybody else
 * sees all.
 */
export async function readTasks(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly filter: TaskFilter },
): Promise<readonly TaskRow[]> {
  const { actor, filter } = query;
  if (actor.region === null) return deps.database.read((tx) => listTasks(tx, filter));
  if (filter.region !== undefined && filter.region !== actor.region) return [];
  const owners = STAKEHOLDER_ROLES.filter((role) => accountRoleFor(role) === 'authority');
  const region = actor.region;
  return deps.database.read((tx) => listTasks(tx, { ...filter, region, owners }));
}
