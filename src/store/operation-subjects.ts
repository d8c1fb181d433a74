import type { CycleStatus } from '../core/machines/cycle-snapshot.js';
import { cycleTable, type CycleRow } from './cycle-store.js';
import { taskTable, WAITING_STATUSES, type TaskKind, type TaskRow, type TaskStatus } from './task-store.js';
import type { Tx } from './tx.js';

/** Which living cycles; what is absent does not narrow. */
export interface LiveCycleFilter {
  readonly scheme?: string | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly stage?: string | undefined;
  readonly status?: Extract<CycleStatus, 'active' | 'suspended'> | undefined;
  readonly workflowId?: string | undefined;
}

/** Which tasks that still wait for somebody; what is absent does not narrow. */
export interface WaitingTaskFilter {
  readonly scheme?: string | undefined;
  /** Regions whose cycle the task belongs to. */
  readonly regions?: readonly string[] | undefined;
  readonly stage?: string | undefined;
  readonly status?: Extract<TaskStatus, 'open' | 'claimed' | 'parked'> | undefined;
  readonly kind?: TaskKind | undefined;
  /** Account id; null: tasks that nobody has taken. */
  readonly assignee?: string | null | undefined;
}

/** Living cycles by scheme, region and id, at most `limit`. */
export async function selectLiveCycles(
  tx: Tx,
  filter: LiveCycleFilter,
  limit: number,
): Promise<readonly CycleRow[]> {
  const { scheme, regions, stage, status, workflowId } = filter;
  return tx.find(
    cycleTable,
    {
      status: status ?? { $in: ['active', 'suspended'] },
      ...(scheme === undefined ? {} : { scheme }),
      ...(regions === undefined ? {} : { region: { $in: [...regions] } }),
      ...(stage === undefined ? {} : { stage }),
      ...(workflowId === undefined ? {} : { workflowId }),
    },
    { orderBy: { scheme: 'asc', region: 'asc', id: 'asc' }, limit },
  );
}

/** Waiting tasks by scheme, region and id, at most `limit`. */
export async function selectWaitingTasks(
  tx: Tx,
  filter: WaitingTaskFilter,
  limit: number,
): Promise<readonly TaskRow[]> {
  const { scheme, regions, stage, status, kind, assignee } = filter;
  return tx.find(
    taskTable,
    {
      status: status ?? { $in: WAITING_STATUSES },
      ...(scheme === undefined ? {} : { scheme }),
      ...(regions === undefined ? {} : { region: { $in: [...regions] } }),
      ...(stage === undefined ? {} : { stage }),
      ...(kind === undefined ? {} : { kind }),
      ...(assignee === undefined ? {} : { assignee }),
    },
    { orderBy: { scheme: 'asc', region: 'asc', id: 'asc' }, limit },
  );
}
