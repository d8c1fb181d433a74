import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { readCandidates, readDiamonds } from '../../engine/activities/read-candidates.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { candidatesSchema, diamondsQuerySchema, diamondsSchema } from '../schemas/activity.js';
import { schemeIdSchema } from '../schemas/ids.js';
import { candidateAnswer, diamondAnswer } from '../views/activity-answer.js';

/** What the strategies of a scheme's regions suggest to do together. */
@ApiTags('activities')
@Controller('schemes')
export class ActivityCandidatesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get(':scheme/activity-candidates')
  @Operation({
    id: 'activities_candidates',
    summary: 'Activities that the regions’ strategies suggest, the most promising first',
    answer: candidatesSchema,
    kind: 'query',
    errors: ['request.invalid', 'scheme.not-found', 'definition.not-found'],
  })
  async candidates(
    @CallerOf() { language }: Caller,
    @Param('scheme', { schema: schemeIdSchema }) scheme: string,
  ): Promise<Answer<z.output<typeof candidatesSchema>>> {
    const parameters = this.engine.catalog.activityParameters();
    const views = await readCandidates(this.engine, scheme);
    const candidates = views.map((view) => candidateAnswer(view, parameters, language));
    return Answer.list({ scheme, candidates });
  }

  @Get(':scheme/synergy-diamonds')
  @Operation({
    id: 'activities_diamonds',
    summary: 'In which fields regions are similar and in which they complete one another',
    answer: diamondsSchema,
    kind: 'query',
    errors: ['request.invalid', 'scheme.not-found', 'region.not-found', 'definition.not-found'],
  })
  async diamonds(
    @CallerOf() { language }: Caller,
    @Param('scheme', { schema: schemeIdSchema }) scheme: string,
    @Query({ schema: diamondsQuerySchema }) { regions }: z.output<typeof diamondsQuerySchema>,
  ): Promise<Answer<z.output<typeof diamondsSchema>>> {
    const parameters = this.engine.catalog.activityParameters();
    const found = await readDiamonds(this.engine, { scheme, regions: regions ?? null });
    const diamonds = found.map((diamond) => diamondAnswer(diamond, parameters, language));
    return Answer.list({ scheme, diamonds });
  }
}
