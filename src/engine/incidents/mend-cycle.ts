import { lockCycle } from '../../store/cycle-store.js';
import { holdAccount } from '../../store/account-life-store.js';
import { appendLog } from '../../store/log-store.js';
import { lockTask, WAITING_STATUSES } from '../../store/task-store.js';
import { listStageTimersSet } from '../../store/health-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { watchCycle } from '../standing/watch-cycle.js';
import { assignTask } from '../tasks/assign-task.js';
import { setStageTimers } from '../timers/set-stage-timers.js';
import type { Remedying, RemedyOutcome } from './remedy-request.js';

const NOTHING: RemedyOutcome = { done: 'nothing', settled: true };

/** Takes a task out of the hands of somebody who is gone: whoever may can take it. */
export async function releaseOrphan(
  _deps: EngineDeps,
  tx: Tx,
  { incident, actor, now }: Remedying,
): Promise<RemedyOutcome> {
  const cycle = await lockedCycle(tx, incident);
  const task = await lockTask(tx, incident.subject);
  if (cycle === null || task === null || !WAITING_STATUSES.includes(task.status)) return NOTHING;
  const assignee = task.assignee ?? null;
  const holder = assignee === null ? null : await holdAccount(tx, assignee);
  if (assignee === null || (holder !== null && (holder.disabledAt ?? null) === null)) return NOTHING;
  await assignTask(tx, { cycle, task, actor, at: now, change: 'released', to: null });
  return { done: 'released', settled: true };
}

/** Sets a timer of the cycle's stage that is not there; its time is counted from now. */
export async function setMissingTimer(
  deps: EngineDeps,
  tx: Tx,
  { incident, actor, now }: Remedying,
): Promise<RemedyOutcome> {
  const cycle = await lockedCycle(tx, incident);
  const name = incident.subject.slice(incident.subject.indexOf('/') + 1);
  if (cycle === null || incident.details['stage'] !== cycle.stage) return NOTHING;
  const set = await listStageTimersSet(tx, [cycle.id]);
  if (set.some((timer) => timer.name === name)) return NOTHING;
  const picture = await takePicture(deps, tx, cycle, now);
  const { stage } = cycle;
  setStageTimers(deps, tx, picture, { stage, only: new Set([name]) });
  await appendLog(tx, cycle, {
    kind: 'timer',
    actor,
    at: now,
    details: { change: 'set-again', stage, name },
  });
  return { done: 'set', settled: true };
}

/**
 * Judges the standing rules of a cycle, and sets the check of the next morning.
 *
 * @param settles whether the incident is over by that; else the judging itself resolves it where the rule holds
 */
export async function checkAgain(
  deps: EngineDeps,
  tx: Tx,
  { incident, now }: Remedying,
  settles: boolean,
): Promise<RemedyOutcome> {
  const cycle = await lockedCycle(tx, incident);
  if (cycle === null) return NOTHING;
  await watchCycle(deps, tx, cycle, now);
  return { done: 'checked', settled: settles };
}

async function lockedCycle(tx: Tx, { cycleId }: Remedying['incident']) {
  return cycleId === null || cycleId === undefined ? null : lockCycle(tx, cycleId);
}
