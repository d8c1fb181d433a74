import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { cancelOperation } from '../../engine/operations/cancel-operation.js';
import { planOperation } from '../../engine/operations/plan-operation.js';
import {
  readOperation,
  readOperationItems,
  readOperationNews,
  readOperations,
} from '../../engine/operations/read-operations.js';
import { startOperation } from '../../engine/operations/start-operation.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { eventStream } from '../answers/event-stream.js';
import { OpenStreams } from '../answers/open-streams.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { readLastEventId } from '../requests/last-event-id.js';
import { sequenceKeySchema, uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  itemQuerySchema,
  operationItemPageSchema,
  operationOrderSchema,
  operationPageSchema,
  operationQuerySchema,
  operationSchema,
} from '../schemas/operation.js';
import { noBodySchema } from '../schemas/paging.js';
import { operationAnswer, operationItemAnswer } from '../views/operation-answer.js';
import { pageOf } from '../views/page.js';
import { orderFrom } from './order-from.js';

const OPERATIONS = 'operations';
const ITEMS = 'operation-items';
const STATUS_CREATED = 201;
const STATUS_NO_CONTENT = 204;

type OperationAnswer = Promise<Answer<z.output<typeof operationSchema>>>;

/** One verb done to many cycles or tasks: planned, started, watched, cancelled. */
@ApiTags('operations')
@Controller('operations')
export class OperationsController {
  constructor(
    @Inject(ENGINE) private readonly engine: EngineDeps,
    @Inject(OpenStreams) private readonly streams: OpenStreams,
  ) {}

  @Post()
  @Operation({
    id: 'operations_plan',
    summary: 'Works out what a verb would do to each cycle or task of a filter, and does nothing yet',
    answer: operationSchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: [
      'operation.too-large',
      'operation.not-found',
      'operation.not-possible',
      'scheme.not-found',
      'region.not-found',
      'event.target-unknown',
      'definition.not-found',
      'task.delegate-unknown',
    ],
  })
  async plan(
    @CommandOf() context: CommandContext,
    @Body({ schema: operationOrderSchema }) body: z.output<typeof operationOrderSchema>,
  ): OperationAnswer {
    const operation = await planOperation(this.engine, { ...context, order: orderFrom(body) });
    return Answer.of(operationAnswer(operation), operation.version);
  }

  @Get()
  @Operation({
    id: 'operations_list',
    summary: 'Operations, the newest first',
    answer: operationPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'auth.role-forbidden'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: operationQuerySchema }) query: z.output<typeof operationQuerySchema>,
  ): Promise<Answer<z.output<typeof operationPageSchema>>> {
    const { limit, cursor, scheme, status } = query;
    const before = readCursor(OPERATIONS, uuidKeySchema, cursor);
    const operations = await readOperations(this.engine, {
      actor,
      filter: {
        ...(scheme === undefined ? {} : { scheme }),
        ...(status === undefined ? {} : { status }),
        ...(before === null ? {} : { before }),
        limit: limit + 1,
      },
    });
    return Answer.list(
      pageOf(operations, { list: OPERATIONS, limit, keyOf: ({ id }) => id, present: operationAnswer }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'operations_read',
    summary: 'One operation: its status, and how many of its items came out how',
    answer: operationSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'auth.role-forbidden', 'operation.not-found'],
  })
  async read(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) operationId: string,
  ): OperationAnswer {
    const operation = await readOperation(this.engine, { actor, operationId });
    return Answer.of(operationAnswer(operation), operation.version);
  }

  @Post(':id/start')
  @Operation({
    id: 'operations_start',
    summary: 'Starts a planned operation in the name of the caller; each item is decided anew',
    answer: operationSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['operation.not-found', 'operation.not-possible'],
  })
  async start(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) operationId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): OperationAnswer {
    const operation = await startOperation(this.engine, { ...context, operationId });
    return Answer.of(operationAnswer(operation), operation.version);
  }

  @Post(':id/cancel')
  @Operation({
    id: 'operations_cancel',
    summary: 'Ends an operation early: what is done stays done, the rest is left as it is',
    answer: operationSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['operation.not-found', 'operation.not-possible'],
  })
  async cancel(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) operationId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): OperationAnswer {
    const operation = await cancelOperation(this.engine, { ...context, operationId });
    return Answer.of(operationAnswer(operation), operation.version);
  }

  @Get(':id/items')
  @Operation({
    id: 'operations_items',
    summary: 'The cycles or tasks of an operation, each with what was planned and what happened',
    answer: operationItemPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'auth.role-forbidden', 'operation.not-found'],
  })
  async items(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) operationId: string,
    @Query({ schema: itemQuerySchema }) { limit, cursor, status }: z.output<typeof itemQuerySchema>,
  ): Promise<Answer<z.output<typeof operationItemPageSchema>>> {
    const after = readCursor(ITEMS, sequenceKeySchema, cursor) ?? 0;
    const items = await readOperationItems(this.engine, {
      actor,
      operationId,
      page: { after, limit: limit + 1, ...(status === undefined ? {} : { status }) },
    });
    return Answer.list(
      pageOf(items, {
        list: ITEMS,
        limit,
        keyOf: ({ position }) => position,
        present: operationItemAnswer,
      }),
    );
  }

  @Get(':id/events')
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The version that was seen last: its state is not sent again',
    required: false,
    schema: { type: 'string' },
  })
  @Operation({
    id: 'operations_events',
    summary:
      'The operation as server-sent events: its state now, and whenever it changes, until it has ended',
    description:
      'Each event `operation` has the version as its id and an Operation as its data. 204: it has ended, and the caller has seen its last state.',
    answer: operationSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.rate-limited', 'auth.role-forbidden', 'operation.not-found'],
  })
  async events(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) operationId: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const seenVersion = readLastEventId(lastEventId);
    const now = await readOperation(this.engine, { actor, operationId });
    if (hasEnded(now) && now.version === seenVersion) {
      await reply.code(STATUS_NO_CONTENT).send();
      return;
    }
    const controller = this.streams.add();
    const stream = eventStream(
      {
        event: 'operation',
        seenVersion,
        read: async (seen) => {
          const news = await readOperationNews(this.engine, { operationId, seenVersion: seen });
          if (news === null) return null;
          return { version: news.version, body: operationAnswer(news), isFinal: hasEnded(news) };
        },
      },
      controller,
    );
    await reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // A server that stops closes the connections that are at rest, and this one never is.
        connection: 'close',
        // Asks nginx to pass on what it gets.
        'x-accel-buffering': 'no',
      })
      .send(stream);
  }
}

function hasEnded({ status }: { readonly status: string }): boolean {
  return status === 'done' || status === 'cancelled';
}
