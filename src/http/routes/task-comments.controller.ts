import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { commentTask } from '../../engine/tasks/comment-task.js';
import { readTaskComments } from '../../engine/tasks/read-task-comments.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import { pageQuerySchema } from '../schemas/paging.js';
import { newTaskCommentSchema, taskCommentPageSchema, taskCommentSchema } from '../schemas/task.js';
import { pageOf } from '../views/page.js';
import { taskCommentAnswer } from '../views/task-answer.js';

const LIST = 'task-comments';
const STATUS_CREATED = 201;

@ApiTags('tasks')
@Controller('tasks/:id/comments')
export class TaskCommentsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'tasks_comments',
    summary: 'What was said about the task, the oldest first',
    answer: taskCommentPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'task.not-found'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: z.output<typeof pageQuerySchema>,
  ): Promise<Answer<z.output<typeof taskCommentPageSchema>>> {
    const after = readCursor(LIST, uuidKeySchema, cursor);
    const comments = await readTaskComments(this.engine, {
      actor,
      taskId,
      ...(after === null ? {} : { after }),
      limit: limit + 1,
    });
    return Answer.list(
      pageOf(comments, { list: LIST, limit, keyOf: ({ id }) => id, present: taskCommentAnswer }),
    );
  }

  @Post()
  @Operation({
    id: 'tasks_comment',
    summary: 'Says something about the task',
    answer: taskCommentSchema,
    status: STATUS_CREATED,
    kind: 'command',
    errors: ['task.not-found'],
  })
  async add(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: newTaskCommentSchema }) { text }: z.output<typeof newTaskCommentSchema>,
  ): Promise<Answer<z.output<typeof taskCommentSchema>>> {
    return Answer.list(taskCommentAnswer(await commentTask(this.engine, { ...context, taskId, text })));
  }
}
