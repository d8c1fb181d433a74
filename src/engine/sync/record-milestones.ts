import { milestonesReached, type MilestoneOccasion } from '../../core/machines/milestones.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { appendLog } from '../../store/log-store.js';
import { addMilestone } from '../../store/milestone-store.js';
import type { Tx } from '../../store/tx.js';
import { arriveTogether } from '../calls/arrive-together.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Notes the milestones that an occasion reaches, each once in a cycle, and has the sync points told of them. */
export async function recordMilestones(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  occasion: MilestoneOccasion,
): Promise<void> {
  const { cycle, now } = picture;
  for (const milestone of milestonesReached(picture.workflow, occasion)) {
    const first = await addMilestone(tx, {
      cycleId: cycle.id,
      cycleNumber: cycle.number,
      milestone,
      reachedAt: now,
    });
    if (!first) continue;
    await appendLog(tx, cycle, { kind: 'milestone', actor: SYSTEM_ACTOR, at: now, details: { milestone } });
    // What is joint stands at no sync point itself: its regions do.
    if (cycle.subject !== 'region') {
      await arriveTogether(deps, tx, cycle, { milestone, now });
      continue;
    }
    await recordEffect(
      deps,
      tx,
      {
        type: 'sync-milestone',
        scheme: cycle.scheme,
        region: cycle.region,
        cycleId: cycle.id,
        milestone,
        reachedAt: now,
      },
      now,
    );
  }
}
