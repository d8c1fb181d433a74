import { DomainError } from '../../core/terms/domain-error.js';
import type { NotifyEffect } from '../../core/terms/effect.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { appendLog } from '../../store/log-store.js';
import { listRegions } from '../../store/scheme-store.js';
import { findTask, lockTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import { lockCycleOfTask } from '../tasks/get-task.js';
import type { ItemResult, OperationWork } from './operation-work.js';
import { selectTasks } from './select-tasks.js';

/** Stands in a notice for a due day that a task does not have. */
const NO_DAY = '–';

/**
 * Tells whoever must act on each task that it waits, with the reason as the note: the person who has taken it, else
 * everybody who could. A parked task waits for its cycle, not for a person, and nobody is told.
 */
export const remindMany: OperationWork<'remind'> = {
  select: selectTasks,
  async plan(_deps, tx, { subject }) {
    const task = await findTask(tx, subject.id);
    if (task === null) throw new DomainError('task.not-found', { task: subject.id });
    return reminding(task);
  },
  async run(deps, tx, { order, subject, now, actor, operationId }) {
    const cycle = await lockCycleOfTask(tx, subject.id);
    const task = await lockTask(tx, subject.id);
    if (task === null) throw new DomainError('task.not-found', { task: subject.id });
    const result = reminding(task);
    if (result.result !== 'done') return result;
    const told = whoIsTold(task);
    await recordEffect(
      deps,
      tx,
      {
        type: 'notify',
        scheme: task.scheme,
        region: task.actingRegion,
        cycleId: task.cycleId,
        ...told,
        template: 'task.reminded',
        params: {
          region: await nameOf(tx, task),
          task: task.labels,
          dueOn: dayOf(task) ?? NO_DAY,
          by: actor.name,
          note: order.reason,
        },
      },
      now,
    );
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: {
        task: task.id,
        change: 'reminded',
        reference: task.reference,
        kind: task.kind,
        operation: operationId,
        note: order.reason,
        ...told,
      },
    });
    return result;
  },
};

/** @throws DomainError `task.not-open`, `task.parked` */
function reminding(task: TaskRow): ItemResult {
  if (task.status === 'parked') throw new DomainError('task.parked', { task: task.id });
  if (task.status !== 'open' && task.status !== 'claimed') {
    throw new DomainError('task.not-open', { task: task.id, status: task.status });
  }
  const { audience, people } = whoIsTold(task);
  const details = { reference: task.reference, dueOn: task.dueOn ?? null, audience, people };
  return audience.length + people.length === 0
    ? { result: 'unchanged', code: 'nobody', words: 'Nobody answers for this task.', details }
    : { result: 'done', code: 'reminded', words: null, details };
}

/** Of the acting region, whose cycle may be another region's. */
function whoIsTold(task: TaskRow): { audience: NotifyEffect['audience']; people: string[] } {
  const assignee = task.assignee ?? null;
  if (assignee !== null) return { audience: [], people: [assignee] };
  const roles = task.candidateRoles.flatMap((role) => accountRoleFor(role) ?? []);
  return { audience: [...new Set(roles)], people: [...task.candidatePeople] };
}

async function nameOf(tx: Tx, { scheme, region }: TaskRow) {
  return (await listRegions(tx, scheme)).find(({ nuts }) => nuts === region)?.name ?? region;
}

function dayOf(task: TaskRow) {
  const dueOn = task.dueOn ?? null;
  return dueOn === null ? null : { date: dueOn };
}
