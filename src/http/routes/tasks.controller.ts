import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import { claimTask } from '../../engine/tasks/claim-task.js';
import { completeTask } from '../../engine/tasks/complete-task.js';
import { delegateTask } from '../../engine/tasks/delegate-task.js';
import { readTask } from '../../engine/tasks/read-task.js';
import { readTasks } from '../../engine/tasks/read-tasks.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import {
  taskCompletionSchema,
  taskDelegationSchema,
  taskPageSchema,
  taskQuerySchema,
  taskSchema,
} from '../schemas/task.js';
import { factEntry } from '../views/fact-answers.js';
import { newestCatalogue } from '../views/newest-catalogue.js';
import { pageOf } from '../views/page.js';
import { taskAnswer } from '../views/task-answer.js';

const LIST = 'tasks';

type Task = Awaited<ReturnType<typeof readTask>>;
type TaskAnswer = z.output<typeof taskSchema>;

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'tasks_list',
    summary: 'Tasks; an authority sees those of its region that it answers for',
    answer: taskPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'region.not-found', 'scheme.not-found'],
  })
  async list(
    @CallerOf() { actor, language }: Caller,
    @Query({ schema: taskQuerySchema }) query: z.output<typeof taskQuerySchema>,
  ): Promise<Answer<z.output<typeof taskPageSchema>>> {
    const { limit, cursor, scheme, region, cycle, status } = query;
    const after = readCursor(LIST, uuidKeySchema, cursor);
    await checkPlace(this.engine, { scheme, region });
    const tasks = await readTasks(this.engine, {
      actor,
      filter: {
        ...(scheme === undefined ? {} : { scheme }),
        ...(region === undefined ? {} : { region }),
        ...(cycle === undefined ? {} : { cycleId: cycle }),
        ...(status === undefined ? {} : { status }),
        ...(after === null ? {} : { after }),
        limit: limit + 1,
      },
    });
    const catalogue = newestCatalogue(this.engine);
    return Answer.list(
      pageOf(tasks, {
        list: LIST,
        limit,
        keyOf: ({ id }) => id,
        present: (task) => taskAnswer(task, catalogue, language),
      }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'tasks_read',
    summary: 'One task',
    answer: taskSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'task.not-found'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) taskId: string,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await readTask(this.engine, { actor, taskId }), language);
  }

  @Post(':id/claim')
  @Operation({
    id: 'tasks_claim',
    summary: 'Takes the task for oneself',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.claimed-by-another'],
  })
  async claim(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await claimTask(this.engine, { ...context, taskId }), language);
  }

  @Post(':id/complete')
  @Operation({
    id: 'tasks_complete',
    summary: 'Ends the task as done and records the facts that it has produced, both or neither',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'task.not-found',
      'task.not-open',
      'task.claimed-by-another',
      'fact.unknown',
      'fact.wrong-type',
      'fact.not-recordable',
      'fact.invalid-date',
      'fact.out-of-range',
      'date.in-the-future',
    ],
  })
  async complete(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskCompletionSchema }) completion: z.output<typeof taskCompletionSchema>,
  ): Promise<Answer<TaskAnswer>> {
    const task = await completeTask(this.engine, {
      ...context,
      taskId,
      facts: completion.facts.map(factEntry),
      note: completion.note ?? null,
    });
    return this.present(task, language);
  }

  @Post(':id/delegate')
  @Operation({
    id: 'tasks_delegate',
    summary: 'Hands the task to somebody who could do it too',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.delegate-unknown'],
  })
  async delegate(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskDelegationSchema }) delegation: z.output<typeof taskDelegationSchema>,
  ): Promise<Answer<TaskAnswer>> {
    const { to, note = null } = delegation;
    return this.present(await delegateTask(this.engine, { ...context, taskId, to, note }), language);
  }

  private present(task: Task, language: Language): Answer<TaskAnswer> {
    return Answer.about(taskAnswer(task, newestCatalogue(this.engine), language), task.version);
  }
}
