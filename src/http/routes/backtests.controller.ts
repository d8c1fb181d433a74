import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readRulebook } from '../../engine/rules/read-rulebooks.js';
import { readShadowReport } from '../../engine/rules/read-shadow-report.js';
import { compileDraft } from '../../engine/rules/compile-draft.js';
import { requestBacktest } from '../../engine/rules/request-backtest.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import {
  backtestRequestSchema,
  backtestSchema,
  draftBacktestRequestSchema,
  shadowReportSchema,
} from '../schemas/backtest.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema, versionSchema } from '../schemas/ids.js';
import { pageQuerySchema } from '../schemas/paging.js';
import { backtestAnswer, divergenceAnswer } from '../views/backtest-answer.js';
import { pageOf } from '../views/page.js';

const DIVERGENCES = 'divergences';

/** What a rulebook would have said of real decisions: of all that were taken, or beside those that are. */
@ApiTags('rulebooks')
@Controller('rulebooks')
export class BacktestsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post(':version/backtest')
  @Operation({
    id: 'rulebooks_backtest',
    summary: 'Runs a version on every stored decision and lists those that would have come out otherwise',
    answer: backtestSchema,
    kind: 'command',
    errors: ['definition.not-found', 'region.not-found'],
  })
  async backtest(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('version', { schema: versionSchema }) version: number,
    @Body({ schema: backtestRequestSchema }) { id, region, gate }: z.output<typeof backtestRequestSchema>,
  ): Promise<Answer<z.output<typeof backtestSchema>>> {
    await checkPlace(this.engine, { region });
    const rulebook = await readRulebook(this.engine, { id: id ?? null, version });
    const filter = filterOf({ region, gate });
    const report = await requestBacktest(this.engine, { ...context, rulebook, filter });
    return Answer.list(backtestAnswer(report, rulebook, language));
  }

  @Post('drafts/:id/backtest')
  @Operation({
    id: 'drafts_backtest',
    summary: 'Runs a draft on every stored decision and lists those that would have come out otherwise',
    answer: backtestSchema,
    kind: 'command',
    errors: ['draft.not-found', 'region.not-found'],
  })
  async backtestDraft(
    @CallerOf() { actor, language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Body({ schema: draftBacktestRequestSchema }) request: z.output<typeof draftBacktestRequestSchema>,
  ): Promise<Answer<z.output<typeof backtestSchema>>> {
    await checkPlace(this.engine, { region: request.region });
    const rulebook = await compileDraft(this.engine, { actor, draftId });
    const report = await requestBacktest(this.engine, { ...context, rulebook, filter: filterOf(request) });
    return Answer.list(backtestAnswer(report, rulebook, language));
  }

  @Get('drafts/:id/shadow')
  @Operation({
    id: 'drafts_shadow',
    summary: 'Where a draft that is tried out beside the live rulebook says otherwise',
    answer: shadowReportSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'auth.role-forbidden', 'draft.not-found'],
  })
  async shadow(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) draftId: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: z.output<typeof pageQuerySchema>,
  ): Promise<Answer<z.output<typeof shadowReportSchema>>> {
    const after = readCursor(DIVERGENCES, uuidKeySchema, cursor);
    const rulebook = await compileDraft(this.engine, { actor, draftId });
    const report = await readShadowReport(this.engine, { actor, draftId, after, limit: limit + 1 });
    const page = pageOf(report.divergences, {
      list: DIVERGENCES,
      limit,
      keyOf: ({ decision }) => decision,
      present: (divergence) => divergenceAnswer(divergence, rulebook, language),
    });
    const { decisions, diverging } = report;
    return Answer.list({ draft: draftId, decisions, diverging, ...page });
  }
}

function filterOf({
  region,
  gate,
}: {
  readonly region?: string | undefined;
  readonly gate?: string | undefined;
}) {
  return { ...(region === undefined ? {} : { region }), ...(gate === undefined ? {} : { gate }) };
}
