import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { appendLog } from '../../store/log-store.js';
import { changeModification, type ModificationRow } from '../../store/modification-store.js';
import type { Tx } from '../../store/tx.js';
import { requirePermission } from '../access/require-permission.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { endTask } from '../tasks/end-task.js';
import { openStep } from '../tasks/open-stage-tasks.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getModification } from './get-modification.js';
import { judgeModification, type StepAtHand } from './judge-modification.js';

/**
 * The second person signs a modification, and it is done: the step is skipped, or opened once more and due from today.
 *
 * @throws DomainError `auth.role-forbidden`; `modification.not-found`; `modification.same-person`; `version.stale`
 *   (of the modification); `modification.not-possible` when it was signed or withdrawn before, or the cycle has moved
 *   on so that it makes no sense any more
 */
export async function signModification(
  deps: EngineDeps,
  command: CommandContext & { readonly cycleId: string; readonly modificationId: string },
): Promise<ModificationRow> {
  const { actor } = command;
  requirePermission(actor, 'cycle.sign-modification');
  return runCommand(deps, command, async (tx, now) => {
    const { cycle, modification } = await getModification(tx, command);
    if (modification.proposedBy === actor.id) {
      throw new DomainError('modification.same-person', { modification: modification.id });
    }
    const picture = await takePicture(deps, tx, cycle, now);
    const step = await judgeModification(tx, picture, modification);
    await appendLog(tx, cycle, {
      kind: 'modified',
      actor,
      at: now,
      details: {
        modification: modification.id,
        change: modification.kind,
        task: modification.task,
        reason: modification.reason,
        proposedBy: modification.proposedBy,
        signedBy: actor.id,
      },
    });
    await carryOut(deps, tx, { picture, actor, modification, step });
    await changeModification(tx, modification, { signedBy: actor.id, signedAt: now });
    await tell(deps, tx, { picture, actor, modification, step });
    return { ...modification };
  });
}

interface Signed {
  readonly picture: CyclePicture;
  readonly actor: Actor;
  readonly modification: ModificationRow;
  readonly step: StepAtHand;
}

async function carryOut(
  deps: EngineDeps,
  tx: Tx,
  { picture, actor, modification, step }: Signed,
): Promise<void> {
  const { cycle, now } = picture;
  const { definition, task } = step;
  if (task === null) await openStep(deps, tx, picture, { stage: cycle.stage, definition });
  else await endTask(tx, { cycle, task, actor, at: now, status: 'skipped', note: modification.reason });
}

async function tell(deps: EngineDeps, tx: Tx, { picture, actor, modification, step }: Signed): Promise<void> {
  const { cycle, region, now, today, workflow } = picture;
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: cycle.scheme,
      region: cycle.region,
      cycleId: cycle.id,
      audience: ['coordinator', 'authority'],
      template: 'cycle.modified',
      params: {
        region: region.name,
        number: cycle.number,
        stage: workflow.states.get(cycle.stage)?.labels ?? cycle.stage,
        task: step.definition.labels,
        date: { date: today },
        by: modification.proposedBy,
        signedBy: actor.name,
        note: modification.reason,
      },
    },
    now,
  );
}
