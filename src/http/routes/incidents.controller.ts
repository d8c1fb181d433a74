import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readIncidents } from '../../engine/incidents/read-incidents.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { incidentPageSchema } from '../schemas/machinery.js';
import { limitQuerySchema } from '../schemas/paging.js';

@ApiTags('machinery')
@Controller('incidents')
export class IncidentsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'incidents_list',
    summary: 'What went wrong inside and waits for a person, the newest first; one page',
    answer: incidentPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'auth.role-forbidden'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: limitQuerySchema }) { limit }: z.output<typeof limitQuerySchema>,
  ): Promise<Answer<z.output<typeof incidentPageSchema>>> {
    const incidents = await readIncidents(this.engine, { actor, limit });
    const items = incidents.map(({ id, kind, cycleId, details, raisedAt }) => ({
      id,
      kind,
      cycle: cycleId ?? null,
      details: { ...details },
      raisedAt,
    }));
    return Answer.list({ items, nextCursor: null });
  }
}
