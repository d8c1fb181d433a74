import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** What people say to each other about a task: no decision, and so no part of the history of its cycle. */
export const taskCommentTable = defineEntity({
  name: 'TaskComment',
  tableName: 'task_comments',
  properties: {
    id: p.uuid().primary(),
    taskId: p.uuid(),
    accountId: p.string(),
    /** As the author was called then. */
    accountName: p.string(),
    text: p.text(),
    at: instantColumn(),
  },
});

export type TaskCommentRow = Readonly<InferEntity<typeof taskCommentTable>>;

export function addTaskComment(tx: Tx, comment: TaskCommentRow): void {
  tx.persist(tx.create(taskCommentTable, { ...comment }));
}

export interface TaskCommentPage {
  readonly taskId: string;
  readonly after?: string;
  readonly limit: number;
}

/** The comments on a task, the oldest first, at most `limit`. */
export async function listTaskComments(tx: Tx, page: TaskCommentPage): Promise<readonly TaskCommentRow[]> {
  return tx.find(
    taskCommentTable,
    { taskId: page.taskId, ...(page.after === undefined ? {} : { id: { $gt: page.after } }) },
    { orderBy: { id: 'asc' }, limit: page.limit },
  );
}
