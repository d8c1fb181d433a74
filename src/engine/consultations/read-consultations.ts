import type { Actor } from '../../core/terms/actor.js';
import { listCycleTasks } from '../../store/task-store.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { consultationView, type Consultation } from './consultation-view.js';

/** The regions that a cycle has asked, in the order of asking. @throws DomainError `cycle.not-found` */
export async function readConsultations(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string },
): Promise<readonly Consultation[]> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const views: Consultation[] = [];
    for (const task of await listCycleTasks(tx, cycle.id)) {
      if (task.kind === 'consultation') views.push(await consultationView(tx, task));
    }
    return views;
  });
}
