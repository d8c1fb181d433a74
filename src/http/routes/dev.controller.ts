import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { requireRole } from '../../engine/access/require-role.js';
import { moveClock } from '../../engine/clock/move-clock.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readMailbox } from '../../engine/notices/read-mailbox.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { clockMoveSchema, clockSchema, mailPageSchema } from '../schemas/dev.js';
import { limitQuerySchema } from '../schemas/paging.js';

/** Tools of development; in production there are no such routes. */
@ApiTags('development')
@Controller('dev')
export class DevController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post('clock')
  @Operation({
    id: 'dev_move_clock',
    summary: "Moves the scheme's clock, in development only",
    answer: clockSchema,
    kind: 'command',
    errors: ['clock.invalid', 'clock.not-movable'],
  })
  async clock(
    @CommandOf() context: CommandContext,
    @Body({ schema: clockMoveSchema }) move: z.output<typeof clockMoveSchema>,
  ): Promise<Answer<z.output<typeof clockSchema>>> {
    requireRole(context.actor, ['coordinator', 'administrator']);
    const wish = 'now' in move ? { to: move.now } : { advanceMs: move.advance };
    return Answer.list({ now: await moveClock(this.engine, wish, context) });
  }

  @Get('mails')
  @Operation({
    id: 'dev_list_mails',
    summary: 'Mails that would have been sent, the newest first; in development only, one page',
    answer: mailPageSchema,
    kind: 'query',
    errors: ['request.invalid'],
  })
  async mails(
    @Query({ schema: limitQuerySchema }) { limit }: z.output<typeof limitQuerySchema>,
  ): Promise<Answer<z.output<typeof mailPageSchema>>> {
    const mails = await readMailbox(this.engine, limit);
    const items = mails.map(({ id, recipient, subject, body, language, keptAt }) => ({
      id,
      to: recipient,
      subject,
      text: body,
      language,
      keptAt,
    }));
    return Answer.list({ items, nextCursor: null });
  }
}
