import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import { changedProperties, type RowImage } from '../core/history/row-change.js';
import type { Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import type { StakeholderRole } from '../core/terms/role.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import { noteChange } from './journal.js';
import type { Tx } from './tx.js';

/**
 * `sub-step`: of the stage's procedure; `provide-facts`: a gate waits for facts; `conditional-action`: of a
 * conditional pass; `standing-rule`: a rule that must hold in the stage has lapsed; `consultation`: another region is
 * asked for its answer.
 */
export type TaskKind = 'sub-step' | 'provide-facts' | 'conditional-action' | 'standing-rule' | 'consultation';

/** `parked`: its cycle rests; it goes on as `claimed` where it has an assignee, else as `open`. `skipped`: taken out. */
export type TaskStatus = 'open' | 'claimed' | 'parked' | 'done' | 'cancelled' | 'skipped';

export const TASK_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

export type TaskPriority = (typeof TASK_PRIORITIES)[number];

/** What happens to the due day while the cycle rests: it stays, the days left are kept, or it is counted anew. */
export type SuspensionPolicy = 'keep' | 'freeze' | 'restart';

/** How long the work may take, counted from the day the task was opened, in the calendar of whoever acts. */
export type TaskTarget = { readonly workingDays: number } | { readonly calendarDays: number };

/** The wish for a later due day, and what became of it. */
export interface TaskExtension {
  readonly until: CalendarDate;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly state: 'requested' | 'granted' | 'refused';
  /** These three are null until the coordinator has decided. */
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly note: string | null;
}

export const taskTable = defineEntity({
  name: 'Task',
  tableName: 'tasks',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid(),
    scheme: p.string(),
    /** The region whose cycle it belongs to. */
    region: p.string(),
    /** The region whose people act, in their language and calendar: another one for a consultation. */
    actingRegion: p.string(),
    kind: p.string().$type<TaskKind>(),
    /** Sub-step id, `gate/owner`, rule id, or `rule/owner`: what the task is about; one open task for each. */
    reference: p.string(),
    stage: p.string(),
    cycleNumber: p.integer(),
    /** Who answers for it. */
    owner: p.string().$type<StakeholderRole>(),
    /** Who may take it, the owner first. */
    candidateRoles: p.json<readonly StakeholderRole[]>(),
    /** Accounts that may take it whatever their role. */
    candidatePeople: p.json<readonly string[]>(),
    priority: p.string().$type<TaskPriority>(),
    labels: p.json<Labels>(),
    evidence: p.json<Labels>().nullable(),
    facts: p.json<readonly string[]>(),
    dueOn: dateColumn().nullable(),
    target: p.json<TaskTarget>().nullable(),
    whenSuspended: p.string().$type<SuspensionPolicy>(),
    status: p.string().$type<TaskStatus>(),
    /** Account id. */
    assignee: p.string().nullable(),
    /** Account that handed it to the assignee and gets it back; null: nobody. */
    delegatedBy: p.string().nullable(),
    extension: p.json<TaskExtension>().nullable(),
    /** Where the document lies that shows it is done. */
    evidenceGiven: p.string().nullable(),
    note: p.string().nullable(),
    version: p.integer().version(),
    openedAt: instantColumn(),
    endedAt: instantColumn().nullable(),
  },
});

type TaskEntity = InferEntity<typeof taskTable>;
export type TaskRow = Readonly<TaskEntity>;
export type NewTask = Omit<WholeRow<TaskEntity>, 'version'>;
export type TaskChanges = Partial<
  Omit<TaskEntity, 'id' | 'cycleId' | 'scheme' | 'region' | 'kind' | 'version' | 'openedAt'>
>;

/** The statuses of a task that still waits for somebody. */
export const WAITING_STATUSES: TaskStatus[] = ['open', 'claimed', 'parked'];

export function addTask(tx: Tx, task: NewTask): TaskRow {
  const row = tx.create(taskTable, { ...task });
  tx.persist(row);
  const after = taskImage({ ...task, version: 1 });
  noteChange(tx, task.cycleId, { table: 'tasks', key: task.id, before: null, after });
  return row;
}

export async function changeTask(tx: Tx, task: TaskRow, changes: TaskChanges): Promise<void> {
  await changeTasks(tx, [{ task, changes }]);
}

/** Changes several tasks in as few statements as one. */
export async function changeTasks(
  tx: Tx,
  list: readonly { readonly task: TaskRow; readonly changes: TaskChanges }[],
): Promise<void> {
  // A task that was added in this transaction gets its version from the database first.
  if (list.some(({ task }) => task.version === undefined)) await tx.flush();
  const befores = list.map(({ task }) => taskImage(task));
  for (const { task, changes } of list) Object.assign(task, changes);
  await tx.flush();
  for (const [index, { task }] of list.entries()) {
    const changed = changedProperties(befores[index] ?? {}, taskImage(task));
    if (changed !== null) noteChange(tx, task.cycleId, { table: 'tasks', key: task.id, ...changed });
  }
}

/** The row as the journal keeps it: every column. */
export function taskImage(task: TaskRow): RowImage {
  return {
    id: task.id,
    cycleId: task.cycleId,
    scheme: task.scheme,
    region: task.region,
    actingRegion: task.actingRegion,
    kind: task.kind,
    reference: task.reference,
    stage: task.stage,
    cycleNumber: task.cycleNumber,
    owner: task.owner,
    candidateRoles: task.candidateRoles,
    candidatePeople: task.candidatePeople,
    priority: task.priority,
    labels: task.labels,
    evidence: task.evidence ?? null,
    facts: task.facts,
    dueOn: task.dueOn ?? null,
    target: task.target ?? null,
    whenSuspended: task.whenSuspended,
    status: task.status,
    assignee: task.assignee ?? null,
    delegatedBy: task.delegatedBy ?? null,
    extension: task.extension ?? null,
    evidenceGiven: task.evidenceGiven ?? null,
    note: task.note ?? null,
    version: task.version,
    openedAt: task.openedAt,
    endedAt: task.endedAt ?? null,
  };
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
  return tx.find(
    taskTable,
    { cycleId, status: { $in: WAITING_STATUSES } },
    { orderBy: { reference: 'asc' } },
  );
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
     from tasks where scheme = ? and status in ('open', 'claimed', 'parked') group by cycle_id`,
    [today, scheme],
  );
  return new Map(rows.map((row) => [row.cycle_id, { open: row.open, overdue: row.overdue }]));
}

/** Every task that a cycle ever had, the ended ones included, by id. */
export async function listCycleTasks(tx: Tx, cycleId: string): Promise<readonly TaskRow[]> {
  return tx.find(taskTable, { cycleId }, { orderBy: { id: 'asc' } });
}
