import type { Actor } from '../../core/terms/actor.js';
import { accountRoleFor, STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { searchTasks, type TaskSearch } from '../../store/task-search-store.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { substitutionsOf } from '../absences/substitutions.js';
import type { EngineDeps } from '../engine-deps.js';

/** Which tasks are wanted. */
export interface TaskWish extends Omit<TaskSearch, 'overdueAt' | 'reader'> {
  /** Only those that still wait although their due day has passed. */
  readonly isOverdue?: boolean;
}

/** Tasks in the order of their ids: those that this person finds (see `maySee`). */
export async function readTasks(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly filter: TaskWish },
): Promise<readonly TaskRow[]> {
  const { isOverdue = false, ...filter } = query.filter;
  return deps.database.read(async (tx) => {
    const overdueAt = isOverdue ? await deps.clock.now(tx) : undefined;
    return searchTasks(tx, {
      ...filter,
      ...(await readerOf(deps, tx, query.actor)),
      ...(overdueAt === undefined ? {} : { overdueAt }),
    });
  });
}

async function readerOf(deps: EngineDeps, tx: Tx, actor: Actor): Promise<Pick<TaskSearch, 'reader'>> {
  const { id, region } = actor;
  if (region === null) return {};
  const substitutions = await substitutionsOf(tx, actor, await deps.clock.now(tx));
  const roles = STAKEHOLDER_ROLES.filter((role) => accountRoleFor(role) === 'authority');
  return { reader: { region, roles, people: [id, ...substitutions.map((each) => each.id)] } };
}
