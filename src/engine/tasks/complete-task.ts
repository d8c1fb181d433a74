import { DomainError } from '../../core/terms/domain-error.js';
import type { TaskRow } from '../../store/task-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkFactEntries } from '../facts/check-fact-entries.js';
import type { FactEntry } from '../facts/fact-entry.js';
import { putEntries } from '../facts/put-entries.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { endTask } from './end-task.js';
import { getTaskForWork, lockCycleOfTask } from './get-task.js';

/**
 * Ends a task as done, and records the facts that it has produced, both or neither.
 *
 * @throws DomainError `task.claimed-by-another` when somebody else of the same role has taken it; everything that
 *   `getTaskForWork` and `checkFactEntries` refuse
 */
export async function completeTask(
  deps: EngineDeps,
  command: CommandContext & {
    readonly taskId: string;
    readonly facts: readonly FactEntry[];
    readonly note: string | null;
  },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await getTaskForWork(tx, command.actor, command);
    const assignee = task.assignee ?? null;
    if (assignee !== null && assignee !== command.actor.id && command.actor.role === 'authority') {
      throw new DomainError('task.claimed-by-another', { task: task.id });
    }
    const picture = await takePicture(deps, tx, cycle, now);
    const entries = checkFactEntries(command.facts, {
      catalogue: picture.rulebook.catalogue,
      actor: command.actor,
      today: picture.today,
      base: '/facts',
    });
    await endTask(tx, { cycle, task, actor: command.actor, at: now, status: 'done', note: command.note });
    await putEntries(deps, tx, command.actor, { picture, entries });
    return { ...task };
  });
}
