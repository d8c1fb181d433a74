import { listRegions } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import type { TaskAssignment } from './assign-task.js';

/** Tells somebody that a task was put into their hands; who has done it themselves is not told. */
export async function tellAssignee(deps: EngineDeps, tx: Tx, assignment: TaskAssignment): Promise<void> {
  const { task, actor, at, to, note = null } = assignment;
  if (to === null || to === actor.id) return;
  const region = (await listRegions(tx, task.scheme)).find(({ nuts }) => nuts === task.region);
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: task.scheme,
      region: task.region,
      cycleId: task.cycleId,
      audience: [],
      people: [to],
      template: 'task.given',
      params: {
        region: region?.name ?? task.region,
        task: task.labels,
        by: actor.name,
        note: note ?? '',
      },
    },
    at,
  );
}
