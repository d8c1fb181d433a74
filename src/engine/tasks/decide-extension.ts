import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import { requireRole } from '../access/require-role.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { actingPlace } from './acting-place.js';
import { moveDueDay } from './due-date.js';
import { lockCycleOfTask } from './get-task.js';
import { lockWaitingTask } from './lock-waiting-task.js';
import { tellExtension } from './tell-extension.js';

/**
 * Decides on a wish for more time. Granted, the due day moves, and with it the timers of the task; both sides are told.
 * It can be decided while the cycle rests: the timers are set when it goes on.
 *
 * @throws DomainError `auth.role-forbidden`, `task.not-found`, `task.not-open`, `task.extension-none`, `version.stale`,
 *   `task.date-invalid` when the day that was asked for has passed meanwhile
 */
export async function decideExtension(
  deps: EngineDeps,
  command: CommandContext & {
    readonly taskId: string;
    readonly granted: boolean;
    readonly note: string | null;
  },
): Promise<TaskRow> {
  const { actor, granted, note } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await lockWaitingTask(tx, command);
    const wish = task.extension ?? null;
    if (wish?.state !== 'requested') throw new DomainError('task.extension-none', { task: task.id });
    const picture = await takePicture(deps, tx, cycle, now);
    const { until } = wish;
    const today = dateInZone(now, actingPlace(picture, task.actingRegion).zone);
    if (granted && until < today) {
      const reason = 'The day that was asked for has passed.';
      throw new DomainError('task.date-invalid', { pointer: '/granted', task: task.id, reason });
    }
    const before = task.dueOn ?? null;
    const state = granted ? 'granted' : 'refused';
    const extension = { ...wish, state, decidedBy: actor.id, decidedAt: now, note } as const;
    if (granted) await moveDueDay(deps, tx, picture, { task, dueOn: until, changes: { extension } });
    else await changeTask(tx, task, { extension });
    const dueOn = task.dueOn ?? null;
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: {
        task: task.id,
        change: `extension-${state}`,
        reference: task.reference,
        dueOn,
        ...(granted ? { dueOnBefore: before } : {}),
        note,
      },
    });
    await tellExtension(deps, tx, picture, { task, actor, change: state, until, note });
    return { ...task };
  });
}
