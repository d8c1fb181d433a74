import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { readDeadLetters } from '../../engine/effects/read-dead-letters.js';
import { retryDeadLetter } from '../../engine/effects/retry-dead-letter.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import { deadLetterPageSchema, retrySchema } from '../schemas/machinery.js';
import { limitQuerySchema, noBodySchema } from '../schemas/paging.js';

@ApiTags('machinery')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'dead_letters_list',
    summary: 'Effects that could not be applied and wait for a person, the newest first; one page',
    answer: deadLetterPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'auth.role-forbidden'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: limitQuerySchema }) { limit }: z.output<typeof limitQuerySchema>,
  ): Promise<Answer<z.output<typeof deadLetterPageSchema>>> {
    const letters = await readDeadLetters(this.engine, { actor, limit });
    const items = letters.map(({ effectId, type, payload, reason, attempts, diedAt }) => ({
      effect: effectId,
      type,
      payload: { ...payload },
      reason,
      attempts,
      diedAt,
    }));
    return Answer.list({ items, nextCursor: null });
  }

  @Post(':effectId/retry')
  @Operation({
    id: 'dead_letters_retry',
    summary: 'Sends a dead effect once more',
    answer: retrySchema,
    kind: 'command',
    errors: ['dead-letter.not-found'],
  })
  async retry(
    @CommandOf() context: CommandContext,
    @Param('effectId', { schema: uuidSchema }) effectId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<z.output<typeof retrySchema>>> {
    const retried = await retryDeadLetter(this.engine, { ...context, effectId });
    return Answer.list({ effect: retried.effectId });
  }
}
