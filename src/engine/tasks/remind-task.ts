import { accountRoleFor } from '../../core/terms/role.js';
import type { EffectPayload } from '../../core/terms/effect.js';
import { findCycle } from '../../store/cycle-store.js';
import { listRegions } from '../../store/scheme-store.js';
import { findTask } from '../../store/task-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * A task has fallen due: its owner is told, unless the task has ended meanwhile or its cycle rests or is over.
 */
export async function remindTask(
  deps: EngineDeps,
  effectId: string,
  effect: Extract<EffectPayload, { type: 'remind' }>,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'remind' }, async (tx, now) => {
    const task = await findTask(tx, effect.taskId);
    const dueOn = task?.dueOn ?? null;
    if (task === null || dueOn === null || (task.status !== 'open' && task.status !== 'claimed')) return;
    const cycle = await findCycle(tx, task.cycleId);
    const role = accountRoleFor(task.owner);
    if (cycle?.status !== 'active' || role === null) return;
    const region = (await listRegions(tx, task.scheme)).find(({ nuts }) => nuts === task.region);
    await recordEffect(
      deps,
      tx,
      {
        type: 'notify',
        scheme: task.scheme,
        region: task.region,
        cycleId: task.cycleId,
        audience: [role],
        template: 'task.due',
        params: { region: region?.name ?? task.region, task: task.labels, dueOn: { date: dueOn } },
      },
      now,
    );
  });
}
