import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { markNoticeRead } from '../../engine/notices/mark-notice-read.js';
import { readInbox } from '../../engine/notices/read-inbox.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { inboxKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import { noticePageSchema, noticeQuerySchema, noticeSchema } from '../schemas/notice.js';
import { noBodySchema } from '../schemas/paging.js';
import { noticeAnswer } from '../views/notice-answer.js';
import { pageOf } from '../views/page.js';

const LIST = 'notices';

@ApiTags('notices')
@Controller('notices')
export class NoticesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'notices_list',
    summary: 'Your own inbox, the newest first',
    answer: noticePageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: noticeQuerySchema }) query: z.output<typeof noticeQuerySchema>,
  ): Promise<Answer<z.output<typeof noticePageSchema>>> {
    const { limit, cursor, unread } = query;
    const after = readCursor(LIST, inboxKeySchema, cursor);
    const notices = await readInbox(this.engine, { actor, unread, after, limit: limit + 1 });
    return Answer.list(
      pageOf(notices, {
        list: LIST,
        limit,
        keyOf: ({ createdAt, id }) => ({ createdAt, id }),
        present: noticeAnswer,
      }),
    );
  }

  @Post(':id/read')
  @Operation({
    id: 'notices_mark_read',
    summary: 'Marks a notice as read; again keeps the first time',
    answer: noticeSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['notice.not-found'],
  })
  async markRead(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) noticeId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<z.output<typeof noticeSchema>>> {
    const notice = await markNoticeRead(this.engine, { ...context, noticeId });
    return Answer.of(noticeAnswer(notice), notice.version);
  }
}
