import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { noteRevert } from '../../store/journal.js';
import { appendLog } from '../../store/log-store.js';
import { listMilestones } from '../../store/milestone-store.js';
import type { Tx } from '../../store/tx.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requirePermission } from '../access/require-permission.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { undoCycle, undoTasks, undoTimers } from '../history/undo-changes.js';
import { watchCycle } from '../standing/watch-cycle.js';
import { tellSyncRest } from '../sync/tell-sync-rest.js';
import { closeStageTasks } from '../tasks/close-stage-tasks.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { findRevertible, type Revertible } from './find-revertible.js';
import { leaveArrivals, rejoinSyncPoints } from './leave-arrivals.js';
import { recallEffects, type Recall } from './recall-effects.js';

/** What was undone, and what could not be called back. */
export interface Reverted extends Recall {
  readonly cycle: CycleView;
  readonly undone: {
    /** Of the step in the log. */
    readonly sequence: number;
    readonly event: string;
    readonly from: string;
    readonly to: string;
    readonly at: Instant;
  };
}

/**
 * Undoes the last decision that moved a cycle: state, tasks, timers, milestones and pins are as they were before it.
 * Facts stay, and so does what people have done since. What had not been sent is never sent; what had been is listed,
 * and everybody who is concerned is told. Once more undoes the decision before.
 *
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`, `version.stale`; `revert.nothing`;
 *   `revert.not-possible` with the reason: a sync point has been released by it, the cycle has been migrated since, or
 *   the region has a newer cycle
 */
export async function revertDecision(
  deps: EngineDeps,
  command: CommandContext & { readonly cycleId: string; readonly reason: string },
): Promise<Reverted> {
  requirePermission(command.actor, 'cycle.revert');
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, command.actor, command.cycleId, command.expectedVersion);
    const revertible = await findRevertible(tx, cycle);
    const { entry, page } = revertible;
    // First: a job that is just letting a region arrive is waited for, so that the sync points are seen as they are.
    const recall = await recallEffects(tx, page, now);
    await undoSync(deps, tx, cycle, { revertible, now });
    await undoRows(deps, tx, command.actor, { cycle, revertible, now });
    const undone = {
      sequence: entry.sequence,
      event: String(entry.details['type']),
      from: String(entry.details['from']),
      to: String(entry.details['to']),
      at: entry.at,
    };
    await appendLog(tx, cycle, {
      kind: 'reverted',
      actor: command.actor,
      at: now,
      details: { ...undone, reason: command.reason, ...recall },
    });
    noteRevert(tx, cycle.id, page.sequence);
    await watchCycle(deps, tx, cycle, now);
    await tellSyncRest(deps, tx, cycle, now);
    await tell(deps, tx, command, { picture: await takePicture(deps, tx, cycle, now), undone });
    return { cycle: cycleView(cycle), undone, ...recall };
  });
}

async function undoSync(
  deps: EngineDeps,
  tx: Tx,
  cycle: CycleRow,
  { revertible: { page }, now }: { readonly revertible: Revertible; readonly now: Instant },
): Promise<void> {
  // What is joint stands at no sync point itself.
  if (cycle.subject !== 'region') return;
  const before = await listMilestones(tx, cycle.id);
  const added = new Set(
    page.changes.flatMap(({ table, key, before: was }) =>
      table === 'milestones' && was === null ? [key] : [],
    ),
  );
  const undone = before.filter(({ cycleNumber, milestone }) => added.has(`${cycleNumber}/${milestone}`));
  await leaveArrivals(deps, tx, cycle, { milestones: undone, now });
  // Only a step that has taken the region out of what others wait for (a rest, the end) has changed its status so.
  const status = page.changes.find(({ table }) => table === 'cycles')?.before?.['status'];
  if (status === undefined || cycle.status === 'active') return;
  const reached = new Set(before.filter((one) => !undone.includes(one)).map(({ milestone }) => milestone));
  await rejoinSyncPoints(deps, tx, cycle, { leftAt: page.at, milestones: reached, now });
}

async function undoRows(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  { cycle, revertible, now }: { cycle: CycleRow; revertible: Revertible; now: Instant },
): Promise<void> {
  const { changes } = revertible.page;
  const undoing = { cycle, actor, at: now };
  const picture = await takePicture(deps, tx, cycle, now);
  const left = cycle.stage;
  await undoTasks(tx, undoing, changes);
  await undoTimers(tx, undoing, changes);
  try {
    await undoCycle(tx, undoing, changes);
  } catch (error) {
    if (!isNewerCycle(error)) throw error;
    const reason = 'The region has a newer cycle by now.';
    throw new DomainError('revert.not-possible', { reason });
  }
  // What a refused wish has opened in the stage since belongs to work that is not done there any more.
  if (cycle.stage !== left) await closeStageTasks(tx, picture, actor, left);
}

function isNewerCycle(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'cycles_one_living';
}

async function tell(
  deps: EngineDeps,
  tx: Tx,
  command: { readonly actor: Actor; readonly reason: string },
  { picture, undone }: { readonly picture: CyclePicture; readonly undone: Reverted['undone'] },
): Promise<void> {
  const { cycle, region, now, today, workflow } = picture;
  const labelOf = (state: string) => workflow.states.get(state)?.labels ?? state;
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: cycle.scheme,
      region: cycle.region,
      cycleId: cycle.id,
      audience: ['coordinator', 'authority'],
      template: 'cycle.reverted',
      params: {
        region: region.name,
        number: cycle.number,
        stage: labelOf(cycle.stage),
        from: labelOf(undone.from),
        to: labelOf(undone.to),
        date: { date: today },
        by: command.actor.name,
        note: command.reason,
      },
    },
    now,
  );
}
