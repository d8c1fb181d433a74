import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { removeClosure } from '../../engine/calendars/remove-closure.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { closureSchema } from '../schemas/calendar.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import { closureAnswer } from '../views/closure-answer.js';

@ApiTags('calendars')
@Controller('closures')
export class ClosuresController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post(':id/remove')
  @Operation({
    id: 'closures_remove',
    summary: 'Takes a closure back: the day counts again from now on',
    answer: closureSchema,
    kind: 'command',
    errors: ['closure.not-found'],
  })
  async remove(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) closureId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<z.output<typeof closureSchema>>> {
    return Answer.list(closureAnswer(await removeClosure(this.engine, { ...context, closureId })));
  }
}
