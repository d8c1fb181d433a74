import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DUE_TIME } from '../../core/calendar/delay.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Labels } from '../../core/terms/language.js';
import type { StakeholderRole } from '../../core/terms/role.js';
import { appendLog } from '../../store/log-store.js';
import {
  addTask,
  type SuspensionPolicy,
  type TaskKind,
  type TaskPriority,
  type TaskRow,
  type TaskTarget,
} from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { setLadder } from './task-ladder.js';

/** The time of day, in the zone of whoever acts, at which people are told of a task's due day. */
export const REMINDER_TIME = DUE_TIME;

/** What a new task is about; the rest follows from the cycle. */
export interface TaskPlan {
  readonly kind: TaskKind;
  readonly reference: string;
  /** The stage to whose work it belongs. */
  readonly stage: string;
  readonly owner: StakeholderRole;
  readonly labels: Labels;
  readonly evidence: Labels | null;
  readonly facts: readonly string[];
  /** A day in the zone of whoever acts; null: open or standing. */
  readonly dueOn: CalendarDate | null;
  /** Who else may take it; absent: nobody. */
  readonly helpers?: readonly StakeholderRole[];
  /** The region whose people act; absent: that of the cycle. */
  readonly actingRegion?: string;
  /** From which `dueOn` was counted; absent: the day was given. */
  readonly target?: TaskTarget | null;
  /** Absent: `normal`. */
  readonly priority?: TaskPriority;
  /** Absent: `freeze`. */
  readonly whenSuspended?: SuspensionPolicy;
}

/**
 * Opens a task for its owner, with the timers of its ladder. Where the cycle rests it is opened as parked, and the
 * timers are set when the cycle goes on.
 */
export async function openTask(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  plan: TaskPlan,
): Promise<TaskRow> {
  const { cycle, now } = picture;
  const task = addTask(tx, {
    id: deps.newId(),
    cycleId: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    cycleNumber: cycle.number,
    kind: plan.kind,
    reference: plan.reference,
    stage: plan.stage,
    owner: plan.owner,
    labels: plan.labels,
    evidence: plan.evidence,
    facts: plan.facts,
    dueOn: plan.dueOn,
    actingRegion: plan.actingRegion ?? cycle.region,
    candidateRoles: [plan.owner, ...(plan.helpers ?? [])],
    candidatePeople: [],
    priority: plan.priority ?? 'normal',
    target: plan.target ?? null,
    whenSuspended: plan.whenSuspended ?? 'freeze',
    delegatedBy: null,
    extension: null,
    evidenceGiven: null,
    status: cycle.status === 'suspended' ? 'parked' : 'open',
    assignee: null,
    note: null,
    openedAt: now,
    endedAt: null,
  });
  setLadder(deps, tx, picture, task);
  await appendLog(tx, cycle, {
    kind: 'task',
    actor: SYSTEM_ACTOR,
    at: now,
    details: {
      task: task.id,
      change: 'opened',
      reference: plan.reference,
      kind: plan.kind,
      owner: plan.owner,
      dueOn: plan.dueOn,
    },
  });
  return task;
}
