import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { decideExtension } from '../../engine/tasks/decide-extension.js';
import { prioritiseTask } from '../../engine/tasks/prioritise-task.js';
import type { readTask } from '../../engine/tasks/read-task.js';
import { requestExtension } from '../../engine/tasks/request-extension.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  extensionDecisionSchema,
  extensionRequestSchema,
  taskPrioritySchema,
} from '../schemas/task-deadline.js';
import { taskSchema } from '../schemas/task.js';
import { newestCatalogue } from '../views/newest-catalogue.js';
import { taskAnswer } from '../views/task-answer.js';

type Task = Awaited<ReturnType<typeof readTask>>;
type TaskAnswer = z.output<typeof taskSchema>;

@ApiTags('tasks')
@Controller('tasks')
export class TaskDeadlinesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post(':id/extension')
  @Operation({
    id: 'tasks_extend',
    summary: 'Asks for more time; the coordinator is told and decides',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'task.not-found',
      'task.not-yours',
      'task.not-open',
      'task.parked',
      'task.date-invalid',
      'task.extension-open',
    ],
  })
  async extend(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: extensionRequestSchema }) { until, reason }: z.output<typeof extensionRequestSchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await requestExtension(this.engine, { ...context, taskId, until, reason }), language);
  }

  @Post(':id/extension/decision')
  @Operation({
    id: 'tasks_decide_extension',
    summary: 'Grants or refuses the time that was asked for; both sides are told',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.date-invalid', 'task.extension-none'],
  })
  async decide(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: extensionDecisionSchema }) decision: z.output<typeof extensionDecisionSchema>,
  ): Promise<Answer<TaskAnswer>> {
    const { granted, note = null } = decision;
    return this.present(await decideExtension(this.engine, { ...context, taskId, granted, note }), language);
  }

  @Post(':id/priority')
  @Operation({
    id: 'tasks_prioritise',
    summary: 'Says how urgent the task is',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open'],
  })
  async prioritise(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskPrioritySchema }) { priority }: z.output<typeof taskPrioritySchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await prioritiseTask(this.engine, { ...context, taskId, priority }), language);
  }

  private present(task: Task, language: Language): Answer<TaskAnswer> {
    return Answer.about(taskAnswer(task, newestCatalogue(this.engine), language), task.version);
  }
}
