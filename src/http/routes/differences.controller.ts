import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readDraftDifference, readVersionDifference } from '../../engine/rules/read-difference.js';
import { readProofs } from '../../engine/rules/read-proofs.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { differenceQuerySchema, differenceSchema } from '../schemas/difference.js';
import { uuidSchema, versionSchema } from '../schemas/ids.js';
import { proofsSchema } from '../schemas/proof.js';
import { differenceAnswer } from '../views/difference-answer.js';
import { proofsAnswer } from '../views/proof-answer.js';

/** What one version of a rulebook decides otherwise than another: proved, not sampled. */
@ApiTags('rulebooks')
@Controller('rulebooks')
export class DifferencesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get('drafts/:id/difference')
  @Operation({
    id: 'drafts_difference',
    summary: 'What a draft would let pass or refuse otherwise than the version it was made from',
    answer: differenceSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'draft.not-found'],
  })
  async ofDraft(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) draftId: string,
  ): Promise<Answer<z.output<typeof differenceSchema>>> {
    const difference = await readDraftDifference(this.engine, { actor, draftId });
    return Answer.list(differenceAnswer(difference, language));
  }

  @Get('drafts/:id/proof')
  @Operation({
    id: 'drafts_proof',
    summary: 'Whether each gate can ever open and fail, which rules are dead, which contradict: proved',
    answer: proofsSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'draft.not-found'],
  })
  async proof(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) draftId: string,
  ): Promise<Answer<z.output<typeof proofsSchema>>> {
    return Answer.list(proofsAnswer(await readProofs(this.engine, { actor, draftId }), language));
  }

  @Get(':version/difference')
  @Operation({
    id: 'rulebooks_difference',
    summary: 'What a version lets pass or refuses otherwise than another',
    answer: differenceSchema,
    kind: 'query',
    errors: ['request.invalid', 'definition.not-found'],
  })
  async ofVersion(
    @CallerOf() { language }: Caller,
    @Param('version', { schema: versionSchema }) version: number,
    @Query({ schema: differenceQuerySchema }) query: z.output<typeof differenceQuerySchema>,
  ): Promise<Answer<z.output<typeof differenceSchema>>> {
    const { id, against } = query;
    const difference = await readVersionDifference(this.engine, {
      id: id ?? null,
      version,
      against: against ?? null,
    });
    return Answer.list(differenceAnswer(difference, language));
  }
}
