import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { findOpenings } from '../../engine/cycles/find-openings.js';
import { readMargin } from '../../engine/cycles/read-margin.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { gateQuerySchema } from '../schemas/gate.js';
import { uuidSchema } from '../schemas/ids.js';
import { marginSchema, openingSchema } from '../schemas/outlook.js';
import { marginView, openingView } from '../views/outlook-view.js';

/** What can be said of a cycle's next gate beyond its verdict. */
@ApiTags('cycles')
@Controller('cycles/:id/gate')
export class GatesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get('opening')
  @Operation({
    id: 'gates_opening',
    summary: 'The smallest sets of facts that would open the gate today, with values that work',
    answer: openingSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'cycle.not-found', 'event.target-unknown', 'gate.none'],
  })
  async opening(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Query({ schema: gateQuerySchema }) query: z.output<typeof gateQuerySchema>,
  ): Promise<Answer<z.output<typeof openingSchema>>> {
    const found = await findOpenings(this.engine, { actor, cycleId, to: query.to ?? null });
    return Answer.about(openingView(found, language), found.version);
  }

  @Get('margin')
  @Operation({
    id: 'gates_margin',
    summary: 'How far the gate is from turning: by a fact, or by the passing of time',
    answer: marginSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'cycle.not-found', 'event.target-unknown', 'gate.none'],
  })
  async margin(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Query({ schema: gateQuerySchema }) query: z.output<typeof gateQuerySchema>,
  ): Promise<Answer<z.output<typeof marginSchema>>> {
    const found = await readMargin(this.engine, { actor, cycleId, to: query.to ?? null });
    return Answer.about(marginView(found, language), found.version);
  }
}
