import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { FormSchema } from '../../core/facts/fact-form.js';
import type { Language } from '../../core/terms/language.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import { claimTask } from '../../engine/tasks/claim-task.js';
import { completeTask } from '../../engine/tasks/complete-task.js';
import { readTaskForm } from '../../engine/tasks/read-task-form.js';
import { readTask } from '../../engine/tasks/read-task.js';
import { readTasks } from '../../engine/tasks/read-tasks.js';
import { releaseTask } from '../../engine/tasks/release-task.js';
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
  taskFormSchema,
  taskPageSchema,
  taskQuerySchema,
  taskSchema,
} from '../schemas/task.js';
import { newestCatalogue } from '../views/newest-catalogue.js';
import { pageOf } from '../views/page.js';
import { taskAnswer } from '../views/task-answer.js';
import { withReportedFacts } from '../views/task-completion.js';
import { taskForm } from '../views/task-form.js';

const LIST = 'tasks';

/** In the place of an account id. */
const ONESELF = 'me';

type Task = Awaited<ReturnType<typeof readTask>>;
type TaskAnswer = z.output<typeof taskSchema>;

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'tasks_list',
    summary: 'Tasks; an authority sees those that its region acts on or has asked for, and what it was given',
    answer: taskPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'region.not-found', 'scheme.not-found'],
  })
  async list(
    @CallerOf() { actor, language }: Caller,
    @Query({ schema: taskQuerySchema }) query: z.output<typeof taskQuerySchema>,
  ): Promise<Answer<z.output<typeof taskPageSchema>>> {
    const { limit, cursor, scheme, region, cycle, status, kind, priority, assignee, overdue } = query;
    const after = readCursor(LIST, uuidKeySchema, cursor);
    await checkPlace(this.engine, { scheme, region });
    const tasks = await readTasks(this.engine, {
      actor,
      filter: {
        ...(scheme === undefined ? {} : { scheme }),
        ...(region === undefined ? {} : { region }),
        ...(cycle === undefined ? {} : { cycleId: cycle }),
        ...(status === undefined ? {} : { status }),
        ...(kind === undefined ? {} : { kind }),
        ...(priority === undefined ? {} : { priority }),
        ...(assignee === undefined ? {} : { assignee: assignee === ONESELF ? actor.id : assignee }),
        isOverdue: overdue,
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

  @Get(':id/form')
  @Operation({
    id: 'tasks_form',
    summary: 'What is to be filled in to complete the task, as JSON Schema in your language',
    description: 'What the schema admits can be sent as the body that completes the task.',
    answer: taskFormSchema,
    kind: 'query',
    errors: ['request.invalid', 'task.not-found'],
  })
  async form(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) taskId: string,
  ): Promise<Answer<FormSchema>> {
    return Answer.list(taskForm(await readTaskForm(this.engine, { actor, taskId }), language));
  }

  @Post(':id/claim')
  @Operation({
    id: 'tasks_claim',
    summary: 'Takes the task for oneself',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'task.not-found',
      'task.not-open',
      'task.not-yours',
      'task.parked',
      'task.claimed-by-another',
      'account.disabled',
    ],
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
      'task.not-yours',
      'task.parked',
      'task.claimed-by-another',
      'task.evidence-missing',
      'fact.unknown',
      'fact.wrong-type',
      'fact.not-recordable',
      'fact.invalid-date',
      'fact.out-of-range',
      'fact.duplicate',
      'date.in-the-future',
    ],
  })
  async complete(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskCompletionSchema }) completion: z.output<typeof taskCompletionSchema>,
  ): Promise<Answer<TaskAnswer>> {
    const { note = null, evidence = null } = completion;
    const task = await withReportedFacts(completion, (facts) =>
      completeTask(this.engine, { ...context, taskId, facts, note, evidence }),
    );
    return this.present(task, language);
  }

  @Post(':id/release')
  @Operation({
    id: 'tasks_release',
    summary: 'Gives the task back, so that whoever may can take it; by its assignee or a coordinator',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.parked', 'task.not-claimed', 'task.not-yours'],
  })
  async release(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await releaseTask(this.engine, { ...context, taskId }), language);
  }

  private present(task: Task, language: Language): Answer<TaskAnswer> {
    return Answer.about(taskAnswer(task, newestCatalogue(this.engine), language), task.version);
  }
}
