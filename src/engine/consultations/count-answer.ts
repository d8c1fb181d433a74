import { SYSTEM_ACTOR, type Actor } from '../../core/terms/actor.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace } from '../tasks/acting-place.js';
import { countOf, NEIGHBOUR_FACTS, recordNeighbourFacts } from './neighbour-facts.js';

/**
 * A region that was asked has answered: Cordata itself counts the answer among the facts of the cycle that asked, and
 * tells its people. To be called when a task of the kind `consultation` has been completed; of others nothing is done.
 *
 * @param answer.picture of the cycle that asked, locked
 * @param answer.actor who has answered
 */
export async function countAnswer(
  deps: EngineDeps,
  tx: Tx,
  answer: { readonly picture: CyclePicture; readonly task: TaskRow; readonly actor: Actor },
): Promise<void> {
  const { picture, task, actor } = answer;
  if (task.kind !== 'consultation' || task.cycleNumber !== picture.cycle.number) return;
  await recordNeighbourFacts(deps, tx, SYSTEM_ACTOR, {
    picture,
    facts: { [NEIGHBOUR_FACTS.answered]: countOf(picture, NEIGHBOUR_FACTS.answered) + 1 },
    evidence: `answer of ${task.actingRegion}, task ${task.id}`,
  });
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: task.scheme,
      region: task.region,
      cycleId: task.cycleId,
      audience: ['authority', 'coordinator'],
      template: 'consultation.answered',
      params: {
        region: picture.region.name,
        neighbour: actingPlace(picture, task.actingRegion).region.name,
        date: { date: picture.today },
        by: actor.name,
        note: task.note ?? '',
      },
    },
    picture.now,
  );
}
