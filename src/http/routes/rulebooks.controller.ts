import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readRulebook, readRulebooks } from '../../engine/rules/read-rulebooks.js';
import { retireVersion } from '../../engine/rules/retire-version.js';
import { rollBack } from '../../engine/rules/roll-back.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { versionSchema } from '../schemas/ids.js';
import {
  rollBackSchema,
  rulebookPageSchema,
  rulebookQuerySchema,
  rulebookSchema,
  rulebookVersionSchema,
} from '../schemas/rulebook.js';
import { reasonBodySchema } from '../schemas/rulebook-draft.js';
import { rulebookAnswer, rulebookHeadAnswer, rulebookVersionAnswer } from '../views/rulebook-answer.js';

const STATUS_CREATED = 201;

type VersionAnswer = z.output<typeof rulebookVersionSchema>;

@ApiTags('rulebooks')
@Controller('rulebooks')
export class RulebooksController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'rulebooks_list',
    summary: 'Every version of every rulebook, and how it stands; always one page',
    answer: rulebookPageSchema,
    kind: 'query',
  })
  async list(): Promise<Answer<z.output<typeof rulebookPageSchema>>> {
    const versions = await readRulebooks(this.engine);
    const items = versions.map(({ rulebook, view }) => rulebookHeadAnswer(rulebook, view));
    return Answer.list({ items, nextCursor: null });
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
  async read(
    @CallerOf() { language }: Caller,
    @Param('version', { schema: versionSchema }) version: number,
    @Query({ schema: rulebookQuerySchema }) query: z.output<typeof rulebookQuerySchema>,
  ): Promise<Answer<z.output<typeof rulebookSchema>>> {
    const rulebook = await readRulebook(this.engine, { id: query.id ?? null, version });
    return Answer.of(rulebookAnswer(rulebook, language), `${rulebook.hash}-${language}`);
  }

  @Post(':version/retire')
  @Operation({
    id: 'rulebooks_retire',
    summary: 'Takes a version out of use; the cycles that are pinned to it keep it in their stage',
    answer: rulebookVersionSchema,
    kind: 'command',
    errors: ['definition.not-found', 'rulebook.retired', 'rulebook.last-version'],
  })
  async retire(
    @CommandOf() context: CommandContext,
    @Param('version', { schema: versionSchema }) version: number,
    @Query({ schema: rulebookQuerySchema }) query: z.output<typeof rulebookQuerySchema>,
    @Body({ schema: reasonBodySchema }) { reason }: z.output<typeof reasonBodySchema>,
  ): Promise<Answer<VersionAnswer>> {
    const view = await retireVersion(this.engine, { ...context, id: query.id ?? null, version, reason });
    return Answer.list(rulebookVersionAnswer(view));
  }

  @Post(':version/roll-back')
  @Operation({
    id: 'rulebooks_roll_back',
    summary: 'Publishes the content of an older version as the next one',
    answer: rulebookVersionSchema,
    status: STATUS_CREATED,
    kind: 'command',
    errors: [
      'definition.not-found',
      'draft.same-person',
      'draft.invalid',
      'rulebook.counts-already',
      'rulebook.date-invalid',
    ],
  })
  async rollBack(
    @CommandOf() context: CommandContext,
    @Param('version', { schema: versionSchema }) version: number,
    @Query({ schema: rulebookQuerySchema }) query: z.output<typeof rulebookQuerySchema>,
    @Body({ schema: rollBackSchema }) wish: z.output<typeof rollBackSchema>,
  ): Promise<Answer<VersionAnswer>> {
    const view = await rollBack(this.engine, {
      ...context,
      id: query.id ?? null,
      version,
      reason: wish.reason,
      effectiveFrom: wish.effectiveFrom ?? null,
    });
    return Answer.list(rulebookVersionAnswer(view));
  }
}
