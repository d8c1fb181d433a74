import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readSyncPoint, readSyncPoints } from '../../engine/sync/read-sync-points.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { idKeySchema } from '../schemas/cursors.js';
import {
  syncPointOfSchemeQuerySchema,
  syncPointPageSchema,
  syncPointQuerySchema,
  syncPointSchema,
} from '../schemas/sync-point.js';
import { nameSchema } from '../schemas/texts.js';
import { pageOf } from '../views/page.js';
import { syncPointAnswer } from '../views/sync-point-answer.js';

const LIST = 'sync-points';

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
    const points = await readSyncPoints(this.engine, query.scheme ?? null);
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
    summary: 'One sync point; with several schemes, name the scheme',
    answer: syncPointSchema,
    kind: 'query',
    errors: ['request.invalid', 'sync-point.not-found'],
  })
  async read(
    @CallerOf() { language }: Caller,
    @Param('id', { schema: nameSchema }) id: string,
    @Query({ schema: syncPointOfSchemeQuerySchema }) query: z.output<typeof syncPointOfSchemeQuerySchema>,
  ): Promise<Answer<z.output<typeof syncPointSchema>>> {
    const view = await readSyncPoint(this.engine, { id, scheme: query.scheme ?? null });
    return Answer.about(syncPointAnswer(view, language), view.point.version);
  }
}

function keyOf({ point }: { readonly point: { readonly scheme: string; readonly id: string } }): string {
  return `${point.scheme}/${point.id}`;
}
