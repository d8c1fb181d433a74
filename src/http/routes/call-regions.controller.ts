import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { CallView } from '../../engine/calls/call-view.js';
import { joinCall } from '../../engine/calls/join-call.js';
import { leaveCall } from '../../engine/calls/leave-call.js';
import { readRegionPart } from '../../engine/calls/read-call.js';
import { setRegionPart } from '../../engine/calls/set-region-part.js';
import type { CallRef } from '../../engine/calls/find-call.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import {
  callRegionSchema,
  callSchema,
  joinRequestSchema,
  leaveRequestSchema,
  regionPartSchema,
} from '../schemas/call.js';
import { nutsCodeSchema } from '../schemas/ids.js';
import { callKeySchema, callSchemeQuerySchema } from '../schemas/proposal.js';
import { callAnswer, callRegionAnswer } from '../views/call-answer.js';

type CallAnswer = Answer<z.output<typeof callSchema>>;
type PartAnswer = Answer<z.output<typeof callRegionSchema>>;
type OfScheme = z.output<typeof callSchemeQuerySchema>;

/** What each region says for itself in a call: a record of its own, with an owner and a version of its own. */
@ApiTags('calls')
@Controller('calls/:key/regions/:nuts')
export class CallRegionsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'calls_region_read',
    summary: 'What a region says for itself in a call',
    answer: callRegionSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['auth.role-forbidden', 'request.invalid', 'call.not-found', 'call.region-not-in'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
  ): Promise<PartAnswer> {
    const view = await readRegionPart(this.engine, { actor, ...refOf(scheme, key), region });
    return Answer.about(callRegionAnswer(view, language), view.part.version);
  }

  @Put()
  @Operation({
    id: 'calls_region_write',
    summary:
      "Writes a region's part: annex, eligibility, budget, local deadline, what it asks of the calendar",
    answer: callRegionSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'call.region-not-in',
      'call.invalid',
      'call.not-possible',
      'cycle.ended',
      'date.in-the-future',
      'definition.invalid',
      'region.not-leading',
    ],
  })
  async write(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: regionPartSchema }) wish: z.output<typeof regionPartSchema>,
  ): Promise<PartAnswer> {
    const { note = null, zone = null, ...said } = wish;
    const command = { ...context, ...refOf(scheme, key), region, part: { ...said, zone }, note };
    const view = await setRegionPart(this.engine, command);
    return Answer.about(callRegionAnswer(view, language), view.part.version);
  }

  @Post('join')
  @Operation({
    id: 'calls_region_join',
    summary: 'A region joins the call, for the first time or again, before it opens',
    answer: callSchema,
    kind: 'command',
    hasEtag: true,
    errors: ['call.not-found', 'call.not-possible', 'cycle.ended', 'region.not-found', 'region.not-leading'],
  })
  async join(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: joinRequestSchema }) wish: z.output<typeof joinRequestSchema>,
  ): Promise<CallAnswer> {
    const command = { ...context, ...refOf(scheme, key), region, note: wish.note ?? null };
    return this.#about(await joinCall(this.engine, command), language);
  }

  @Post('leave')
  @Operation({
    id: 'calls_region_leave',
    summary: 'A region leaves the call; everything is counted again without it',
    answer: callSchema,
    kind: 'command',
    hasEtag: true,
    errors: ['call.not-found', 'call.region-not-in', 'cycle.ended', 'region.not-leading'],
  })
  async leave(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: leaveRequestSchema }) { reason }: z.output<typeof leaveRequestSchema>,
  ): Promise<CallAnswer> {
    return this.#about(
      await leaveCall(this.engine, { ...context, ...refOf(scheme, key), region, reason }),
      language,
    );
  }

  #about(view: CallView, language: Caller['language']): CallAnswer {
    return Answer.about(callAnswer(view, this.engine.catalog, language), view.call.version);
  }
}

function refOf(scheme: string | undefined, key: string): CallRef {
  return { scheme: scheme ?? null, key };
}
