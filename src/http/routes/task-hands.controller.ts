import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language } from '../../core/terms/language.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { delegateTask } from '../../engine/tasks/delegate-task.js';
import { handBackTask } from '../../engine/tasks/hand-back-task.js';
import { nameCandidates } from '../../engine/tasks/name-candidates.js';
import { reassignTask } from '../../engine/tasks/reassign-task.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import {
  taskCandidatesSchema,
  taskDelegationSchema,
  taskReassignmentSchema,
  taskSchema,
} from '../schemas/task.js';
import { newestCatalogue } from '../views/newest-catalogue.js';
import { taskAnswer } from '../views/task-answer.js';

type TaskAnswer = z.output<typeof taskSchema>;

/** Into whose hands a task comes. */
@ApiTags('tasks')
@Controller('tasks/:id')
export class TaskHandsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post('delegate')
  @Operation({
    id: 'tasks_delegate',
    summary: 'Hands the task on to somebody who may do it too, and can hand it back',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'task.not-found',
      'task.not-open',
      'task.not-yours',
      'task.parked',
      'task.delegate-unknown',
      'task.delegated-in-circle',
    ],
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

  @Post('hand-back')
  @Operation({
    id: 'tasks_hand_back',
    summary: 'Returns the task to whoever has handed it to you',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.parked', 'task.not-yours', 'task.not-delegated'],
  })
  async handBack(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await handBackTask(this.engine, { ...context, taskId }), language);
  }

  @Post('reassign')
  @Operation({
    id: 'tasks_reassign',
    summary: 'Gives the task to somebody who may do it, whoever has it; by a coordinator or an administrator',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.delegate-unknown'],
  })
  async reassign(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskReassignmentSchema }) { to, reason }: z.output<typeof taskReassignmentSchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await reassignTask(this.engine, { ...context, taskId, to, reason }), language);
  }

  @Post('candidates')
  @Operation({
    id: 'tasks_name_candidates',
    summary: 'Names the people who may do the task whatever their role; by a coordinator',
    answer: taskSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['task.not-found', 'task.not-open', 'task.parked', 'task.delegate-unknown'],
  })
  async candidates(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) taskId: string,
    @Body({ schema: taskCandidatesSchema }) { people }: z.output<typeof taskCandidatesSchema>,
  ): Promise<Answer<TaskAnswer>> {
    return this.present(await nameCandidates(this.engine, { ...context, taskId, people }), language);
  }

  private present(task: Awaited<ReturnType<typeof reassignTask>>, language: Language): Answer<TaskAnswer> {
    return Answer.about(taskAnswer(task, newestCatalogue(this.engine), language), task.version);
  }
}
