import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import type { Labels } from '../core/terms/language.js';
import type { StakeholderRole } from '../core/terms/role.js';
import { dateColumn, instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/**
 * `sub-step`: of the stage's procedure; `provide-facts`: a gate waits for facts; `conditional-action`: of a
 * conditional pass; `standing-rule`: a rule that must hold in the stage has lapsed.
 */
export type TaskKind = 'sub-step' | 'provide-facts' | 'conditional-action' | 'standing-rule';
export type TaskStatus = 'open' | 'claimed' | 'done' | 'cancelled';

export const taskTable = defineEntity({
  name: 'Task',
  tableName: 'tasks',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid(),
    scheme: p.string(),
    region: p.string(),
    kind: p.string().$type<TaskKind>(),
    /** Sub-step id, `gate/owner`, rule id, or `rule/owner`: what the task is about; one open task for each. */
    reference: p.string(),
    stage: p.string(),
    cycleNumber: p.integer(),
    owner: p.string().$type<StakeholderRole>(),
    labels: p.json<Labels>(),
    evidence: p.json<Labels>().nullable(),
    facts: p.json<readonly string[]>(),
    dueOn: dateColumn().nullable(),
    status: p.string().$type<TaskStatus>(),
    assignee: p.string().nullable(),
    note: p.string().nullable(),
    version: p.integer().version(),
    openedAt: instantColumn(),
    endedAt: instantColumn().nullable(),
  },
});

type TaskEntity = InferEntity<typeof taskTable>;
export type TaskRow = Readonly<TaskEntity>;
export type NewTask = Omit<TaskRow, 'version'>;

const OPEN: TaskStatus[] = ['open', 'claimed'];

export function addTask(tx: Tx, task: NewTask): TaskRow {
  const row = tx.create(taskTable, { ...task });
  tx.persist(row);
  return row;
}

export async function changeTask(
  tx: Tx,
  task: TaskRow,
  changes: Partial<Pick<TaskEntity, 'status' | 'assignee' | 'note' | 'endedAt' | 'facts'>>,
): Promise<void> {
  Object.assign(task, changes);
  await tx.flush();
}

/** The task, locked until the transaction ends; null when there is none. */
export async function lockTask(tx: Tx, id: string): Promise<TaskRow | null> {
  return tx.findOne(taskTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

export async function findTask(tx: Tx, id: string): Promise<TaskRow | null> {
  return tx.findOne(taskTable, { id });
}

/** Tasks of a cycle that still wait for somebody. */
export async function listOpenTasks(tx: Tx, cycleId: string): Promise<readonly TaskRow[]> {
  return tx.find(taskTable, { cycleId, status: { $in: OPEN } }, { orderBy: { reference: 'asc' } });
}

export interface TaskFilter {
  readonly scheme?: string;
  readonly region?: string;
  readonly cycleId?: string;
  readonly status?: TaskStatus;
  /** Owners whose tasks are wanted; absent: every owner's. */
  readonly owners?: readonly StakeholderRole[];
  readonly after?: string;
  readonly limit: number;
}

/** Tasks in the order of their ids, at most `limit`. */
export async function listTasks(tx: Tx, filter: TaskFilter): Promise<readonly TaskRow[]> {
  return tx.find(
    taskTable,
    {
      ...(filter.scheme === undefined ? {} : { scheme: filter.scheme }),
      ...(filter.region === undefined ? {} : { region: filter.region }),
      ...(filter.cycleId === undefined ? {} : { cycleId: filter.cycleId }),
      ...(filter.status === undefined ? {} : { status: filter.status }),
      ...(filter.owners === undefined ? {} : { owner: { $in: [...filter.owners] } }),
      ...(filter.after === undefined ? {} : { id: { $gt: filter.after } }),
    },
    { orderBy: { id: 'asc' }, limit: filter.limit },
  );
}

export interface TaskCount {
  readonly open: number;
  /** Open tasks whose due day has passed on `today`. */
  readonly overdue: number;
}

/** Open and overdue tasks of a scheme by cycle id; a cycle without open tasks is absent. */
export async function countOpenTasks(
  tx: Tx,
  scheme: string,
  today: CalendarDate,
): Promise<ReadonlyMap<string, TaskCount>> {
  const rows = await tx.execute<{ cycle_id: string; open: number; overdue: number }[]>(
    `select cycle_id, count(*)::int as open, count(*) filter (where due_on < ?)::int as overdue
     from tasks where scheme = ? and status in ('open', 'claimed') group by cycle_id`,
    [today, scheme],
  );
  return new Map(rows.map((row) => [row.cycle_id, { open: row.open, overdue: row.overdue }]));
}
