import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readIncident } from '../../engine/incidents/read-incident.js';
import { readIncidents } from '../../engine/incidents/read-incidents.js';
import { resolveByHand } from '../../engine/incidents/resolve-by-hand.js';
import { retryIncident } from '../../engine/incidents/retry-incident.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  incidentPageSchema,
  incidentResolutionSchema,
  incidentWithActionsSchema,
} from '../schemas/incident.js';
import { limitQuerySchema, noBodySchema } from '../schemas/paging.js';
import { incidentAnswer, incidentWithActionsAnswer } from '../views/incident-answer.js';

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
    @CallerOf() { actor, language }: Caller,
    @Query({ schema: limitQuerySchema }) { limit }: z.output<typeof limitQuerySchema>,
  ): Promise<Answer<z.output<typeof incidentPageSchema>>> {
    const incidents = await readIncidents(this.engine, { actor, limit });
    const items = incidents.map((incident) => incidentAnswer(incident, language));
    return Answer.list({ items, nextCursor: null });
  }

  @Get(':id')
  @Operation({
    id: 'incidents_read',
    summary: 'One incident, resolved or not, and what was done about it',
    answer: incidentWithActionsSchema,
    kind: 'query',
    errors: ['request.invalid', 'auth.role-forbidden', 'incident.not-found'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) incidentId: string,
  ): Promise<Answer<z.output<typeof incidentWithActionsSchema>>> {
    const view = await readIncident(this.engine, { actor, incidentId });
    return Answer.list(incidentWithActionsAnswer(view, language));
  }

  @Post(':id/resolve')
  @Operation({
    id: 'incidents_resolve',
    summary: 'Resolves an incident by hand, with a reason; nothing else is done',
    answer: incidentWithActionsSchema,
    kind: 'command',
    errors: ['incident.not-found'],
  })
  async resolve(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) incidentId: string,
    @Body({ schema: incidentResolutionSchema }) { reason }: z.output<typeof incidentResolutionSchema>,
  ): Promise<Answer<z.output<typeof incidentWithActionsSchema>>> {
    const view = await resolveByHand(this.engine, { ...context, incidentId, reason });
    return Answer.list(incidentWithActionsAnswer(view, language));
  }

  @Post(':id/retry')
  @Operation({
    id: 'incidents_retry',
    summary: 'Applies the remedy of an incident, where the program has one, and resolves it if that was all',
    answer: incidentWithActionsSchema,
    kind: 'command',
    errors: ['incident.not-found', 'incident.not-retryable', 'definition.not-found'],
  })
  async retry(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) incidentId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<z.output<typeof incidentWithActionsSchema>>> {
    const view = await retryIncident(this.engine, { ...context, incidentId });
    return Answer.list(incidentWithActionsAnswer(view, language));
  }
}
