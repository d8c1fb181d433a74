import { DomainError } from '../../core/terms/domain-error.js';
import type { TaskRow } from '../../store/task-store.js';
import { countAnswer } from '../consultations/count-answer.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkFactEntries } from '../facts/check-fact-entries.js';
import type { FactEntry } from '../facts/fact-entry.js';
import { putEntries } from '../facts/put-entries.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { endTask } from './end-task.js';
import { getTaskAtHand, holdsTask, isCoordinating, lockCycleOfTask } from './get-task.js';
import { needsEvidence } from './needs-evidence.js';

/**
 * Ends a task as done, and records the facts that it has produced, both or neither. Who is asked from another region
 * records only facts that the task asks for: the cycle is not theirs.
 *
 * @param command.evidence where the document lies that shows it; absent or null: nowhere
 * @throws DomainError `task.claimed-by-another` when somebody else has taken it (coordinators end it nevertheless);
 *   `task.evidence-missing`; everything that `getTaskAtHand` and `checkFactEntries` refuse
 */
export async function completeTask(
  deps: EngineDeps,
  command: CommandContext & {
    readonly taskId: string;
    readonly facts: readonly FactEntry[];
    readonly note: string | null;
    readonly evidence?: string | null;
  },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const { actor, note, evidence = null } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const found = await getTaskAtHand(tx, actor, { ...command, at: now });
    const { task } = found;
    if (task.status === 'claimed' && !holdsTask(found) && !isCoordinating(actor)) {
      throw new DomainError('task.claimed-by-another', { task: task.id });
    }
    const picture = await takePicture(deps, tx, cycle, now);
    if (needsEvidence(picture.workflow, task) && (evidence ?? '').trim() === '') {
      throw new DomainError('task.evidence-missing', { pointer: '/evidence', task: task.id });
    }
    const isGuest = actor.region !== null && actor.region !== cycle.region;
    const entries = checkFactEntries(command.facts, {
      catalogue: picture.rulebook.catalogue,
      actor,
      today: picture.today,
      base: '/facts',
      subject: cycle.subject,
      ...(isGuest ? { only: task.facts } : {}),
    });
    await endTask(tx, { cycle, task, actor, at: now, status: 'done', note, evidence });
    const after = await putEntries(deps, tx, actor, { picture, entries });
    await countAnswer(deps, tx, { picture: after, task, actor });
    return { ...task };
  });
}
