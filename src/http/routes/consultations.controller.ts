import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { consultRegions } from '../../engine/consultations/consult-regions.js';
import { readConsultations } from '../../engine/consultations/read-consultations.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { consultationListSchema, consultationRequestSchema } from '../schemas/consultation.js';
import { uuidSchema } from '../schemas/ids.js';

type ConsultationList = z.output<typeof consultationListSchema>;

@ApiTags('cycles')
@Controller('cycles')
export class ConsultationsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get(':id/consultations')
  @Operation({
    id: 'consultations_list',
    summary: 'The regions that were asked for their answer to the draft priorities, and what they said',
    answer: consultationListSchema,
    kind: 'query',
    errors: ['request.invalid', 'cycle.not-found'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
  ): Promise<Answer<ConsultationList>> {
    return present(await readConsultations(this.engine, { actor, cycleId }));
  }

  @Post(':id/consultations')
  @Operation({
    id: 'consultations_ask',
    summary: 'Asks other regions for their answer: each gets a task, due in its own calendar',
    answer: consultationListSchema,
    kind: 'versioned-command',
    errors: [
      'cycle.not-found',
      'cycle.ended',
      'event.not-possible',
      'region.not-found',
      'consultation.nobody',
      'task.exists',
    ],
  })
  async ask(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: consultationRequestSchema }) wish: z.output<typeof consultationRequestSchema>,
  ): Promise<Answer<ConsultationList>> {
    return present(
      await consultRegions(this.engine, {
        ...context,
        cycleId,
        regions: wish.regions ?? null,
        question: wish.question ?? null,
        answerWithinWorkingDays: wish.answerWithinWorkingDays ?? null,
      }),
    );
  }
}

function present(consultations: Awaited<ReturnType<typeof readConsultations>>): Answer<ConsultationList> {
  return Answer.list({ items: consultations.map(({ taskId, ...rest }) => ({ task: taskId, ...rest })) });
}
