import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { changeSyncMembers } from '../../engine/sync/change-sync-members.js';
import { createSyncPoint, type SyncPointOrder } from '../../engine/sync/create-sync-point.js';
import { cancelSyncPoint, releaseByHand, type PointRef } from '../../engine/sync/end-sync-point.js';
import { readSyncPoint, readSyncPoints } from '../../engine/sync/read-sync-points.js';
import { setSyncDeadline } from '../../engine/sync/set-sync-deadline.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { idKeySchema } from '../schemas/cursors.js';
import {
  syncPointOfSchemeQuerySchema,
  syncPointPageSchema,
  syncPointQuerySchema,
  syncPointSchema,
} from '../schemas/sync-point.js';
import {
  syncPointDeadlineSchema,
  syncPointMembersSchema,
  syncPointOrderSchema,
  syncPointReasonSchema,
} from '../schemas/sync-point-order.js';
import { nameSchema } from '../schemas/texts.js';
import { pageOf } from '../views/page.js';
import { syncPointAnswer } from '../views/sync-point-answer.js';

const LIST = 'sync-points';
const STATUS_CREATED = 201;
const TEMPLATE = 'sync-point.released';

type PointAnswer = Promise<Answer<z.output<typeof syncPointSchema>>>;
type SchemeQuery = z.output<typeof syncPointOfSchemeQuerySchema>;

@ApiTags('sync points')
@Controller('sync-points')
export class SyncPointsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'sync_points_list',
    summary: 'Where regions wait for each other: who has arrived, who is missing and why',
    answer: syncPointPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'scheme.not-found'],
  })
  async list(
    @CallerOf() { language }: Caller,
    @Query({ schema: syncPointQuerySchema }) query: z.output<typeof syncPointQuerySchema>,
  ): Promise<Answer<z.output<typeof syncPointPageSchema>>> {
    const after = readCursor(LIST, idKeySchema, query.cursor);
    const points = (await readSyncPoints(this.engine, query.scheme ?? null)).filter(
      ({ point }) =>
        (query.scope === undefined || point.scopeKind === query.scope) &&
        (query.key === undefined || point.scopeKey === query.key),
    );
    // The list comes in the order of scheme and id: the cursor names the last one that was shown.
    const start = after === null ? 0 : points.findIndex((view) => keyOf(view) === after) + 1;
    return Answer.list(
      pageOf(points.slice(start), {
        list: LIST,
        limit: query.limit,
        keyOf,
        present: (view) => syncPointAnswer(view, language),
      }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'sync_points_read',
    summary: 'One sync point, and why members have not arrived; with several schemes, name the scheme',
    answer: syncPointSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'sync-point.not-found'],
  })
  async read(
    @CallerOf() caller: Caller,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: z.output<typeof syncPointOfSchemeQuerySchema>,
  ): PointAnswer {
    return this.answer(caller, { id, scheme: query.scheme ?? null });
  }

  @Post()
  @Operation({
    id: 'sync_points_place',
    summary: 'Places a sync point; whoever has reached the milestone already has arrived',
    answer: syncPointSchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: [
      'scheme.not-found',
      'sync-point.exists',
      'sync-point.invalid',
      'calendar.not-found',
      'calendar.out-of-range',
    ],
  })
  async place(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Body({ schema: syncPointOrderSchema }) body: z.output<typeof syncPointOrderSchema>,
  ): PointAnswer {
    return this.answer(caller, await createSyncPoint(this.engine, { ...context, order: orderOf(body) }));
  }

  @Post(':id/release')
  @Operation({
    id: 'sync_points_release',
    summary: 'Releases a sync point by hand; who is missing stays on record as a gap',
    answer: syncPointSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['sync-point.not-found', 'sync-point.ended'],
  })
  async release(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: SchemeQuery,
    @Body({ schema: syncPointReasonSchema }) { reason }: z.output<typeof syncPointReasonSchema>,
  ): PointAnswer {
    const wish = { ...context, id, scheme: query.scheme ?? null, reason };
    return this.answer(caller, await releaseByHand(this.engine, wish));
  }

  @Post(':id/cancel')
  @Operation({
    id: 'sync_points_cancel',
    summary: 'Cancels a sync point for good',
    answer: syncPointSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['sync-point.not-found', 'sync-point.ended'],
  })
  async cancel(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: SchemeQuery,
    @Body({ schema: syncPointReasonSchema }) { reason }: z.output<typeof syncPointReasonSchema>,
  ): PointAnswer {
    const wish = { ...context, id, scheme: query.scheme ?? null, reason };
    return this.answer(caller, await cancelSyncPoint(this.engine, wish));
  }

  @Post(':id/members')
  @Operation({
    id: 'sync_points_members',
    summary: 'Brings regions into an open sync point and takes others out; it is judged again',
    answer: syncPointSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'sync-point.not-found',
      'sync-point.ended',
      'sync-point.invalid',
      'sync-point.late-joiner',
      'region.not-found',
    ],
  })
  async members(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: SchemeQuery,
    @Body({ schema: syncPointMembersSchema }) body: z.output<typeof syncPointMembersSchema>,
  ): PointAnswer {
    const wish = { ...context, id, scheme: query.scheme ?? null, ...body };
    return this.answer(caller, await changeSyncMembers(this.engine, wish));
  }

  @Post(':id/deadline')
  @Operation({
    id: 'sync_points_deadline',
    summary: 'Gives an open sync point another last day, or none',
    answer: syncPointSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['sync-point.not-found', 'sync-point.ended', 'calendar.out-of-range'],
  })
  async deadline(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: SchemeQuery,
    @Body({ schema: syncPointDeadlineSchema }) { on }: z.output<typeof syncPointDeadlineSchema>,
  ): PointAnswer {
    const wish = { ...context, id, scheme: query.scheme ?? null, on };
    return this.answer(caller, await setSyncDeadline(this.engine, wish));
  }

  private async answer(
    { actor, language }: Caller,
    { id, scheme }: { readonly id: string; readonly scheme: string | null } | PointRef,
  ): PointAnswer {
    const view = await readSyncPoint(this.engine, { id, scheme, actor });
    return Answer.about(syncPointAnswer(view, language), view.point.version);
  }
}

function orderOf(body: z.output<typeof syncPointOrderSchema>): SyncPointOrder {
  const { scheme, scope = { kind: 'scheme' }, milestone, stage, members = null, tells, ...point } = body;
  return {
    scheme,
    scope,
    awaits: milestone === undefined ? { stage: stage ?? '' } : { milestone },
    members,
    point: {
      ...point,
      releases: tells.length === 0 ? [] : [{ effect: 'notify', template: TEMPLATE, audience: tells }],
    },
  };
}

function keyOf({ point }: { readonly point: { readonly scheme: string; readonly id: string } }): string {
  return `${point.scheme}/${point.id}`;
}
