import type { TimerDefinition } from '../../core/machines/workflow-schema.js';
import { changeTimer, listWaitingTimers, type TimerChanges, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { setStageTimers } from '../timers/set-stage-timers.js';
import type { MigrationDraft } from './draft-migration.js';
import { dueAtOf } from './migration-details.js';
import { stepTimersAside } from '../history/step-aside.js';

/**
 * Cancels the timers that the new version does not have, moves those that it keeps by the policy of the mapping, and
 * sets those that are new. While the cycle rests they are all held.
 */
export async function migrateTimers(
  deps: EngineDeps,
  tx: Tx,
  { picture, draft }: { readonly picture: CyclePicture; readonly draft: MigrationDraft },
): Promise<void> {
  const { cycle, now } = picture;
  const byId = new Map(draft.timers.map((timer) => [timer.id, timer]));
  for (const id of draft.plan.timersVanishing) {
    const timer = byId.get(id);
    if (timer !== undefined) await changeTimer(tx, timer, { cancelledAt: now });
  }
  const moved = draft.plan.timersMoved.flatMap(({ id, stage, name, restart }) => {
    const timer = byId.get(id);
    return timer === undefined
      ? []
      : [{ timer, changes: { stage, name, ...(restart ? restarted(draft, timer, name) : {}) } }];
  });
  await stepTimersAside(tx, moved);
  for (const { timer, changes } of moved) await changeTimer(tx, timer, changes);
  setNew(deps, tx, picture, draft);
  if (cycle.status !== 'suspended') return;
  for (const timer of await listWaitingTimers(tx, cycle.id)) {
    if ((timer.name ?? null) !== null && (timer.heldAt ?? null) === null) {
      await changeTimer(tx, timer, { heldAt: now });
    }
  }
}

/** A held one rests from now on: what it has rested before belongs to the time that does not count any more. */
function restarted(draft: MigrationDraft, timer: TimerRow, name: string): TimerChanges {
  const { after } = draft;
  const dueAt = dueAtOf(draft, name, after.now);
  const definition = definitionOf(after, name);
  if (definition === undefined || dueAt === null) return {};
  const { delay, whenSuspended: policy } = definition;
  return { dueAt, delay, policy, ...((timer.heldAt ?? null) === null ? {} : { heldAt: after.now }) };
}

function definitionOf({ workflow, cycle }: CyclePicture, name: string): TimerDefinition | undefined {
  return workflow.timers.get(cycle.stage)?.find(({ id }) => id === name);
}

function setNew(deps: EngineDeps, tx: Tx, picture: CyclePicture, draft: MigrationDraft): void {
  const { stage, stageEnteredAt } = picture.cycle;
  for (const { name, fromEntry } of draft.plan.timersAppearing) {
    const from = fromEntry ? { ...picture, now: stageEnteredAt } : picture;
    setStageTimers(deps, tx, from, { stage, only: new Set([name]) });
  }
}
