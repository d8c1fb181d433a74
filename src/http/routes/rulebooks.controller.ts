import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readRulebook, readRulebooks } from '../../engine/rules/read-rulebooks.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { versionSchema } from '../schemas/ids.js';
import { rulebookPageSchema, rulebookQuerySchema, rulebookSchema } from '../schemas/rulebook.js';
import { rulebookAnswer, rulebookHeadAnswer } from '../views/rulebook-answer.js';

@ApiTags('rulebooks')
@Controller('rulebooks')
export class RulebooksController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'rulebooks_list',
    summary: 'Every version of every rulebook; always one page',
    answer: rulebookPageSchema,
    kind: 'query',
  })
  list(): Answer<z.output<typeof rulebookPageSchema>> {
    return Answer.list({ items: readRulebooks(this.engine).map(rulebookHeadAnswer), nextCursor: null });
  }

  @Get(':version')
  @Operation({
    id: 'rulebooks_read',
    summary: 'One version with all its rules, their sources and thresholds',
    answer: rulebookSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'definition.not-found'],
  })
  read(
    @Param('version', { schema: versionSchema }) version: number,
    @Query({ schema: rulebookQuerySchema }) query: z.output<typeof rulebookQuerySchema>,
  ): Answer<z.output<typeof rulebookSchema>> {
    const rulebook = readRulebook(this.engine, { id: query.id ?? null, version });
    return Answer.of(rulebookAnswer(rulebook), rulebook.hash);
  }
}
