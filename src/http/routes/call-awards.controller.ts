import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { approveRanking } from '../../engine/proposals/approve-ranking.js';
import { closeEvaluation } from '../../engine/proposals/close-evaluation.js';
import { fundRanking } from '../../engine/proposals/fund-ranking.js';
import { readBlocking, readProjects, readRanking } from '../../engine/proposals/read-ranking.js';
import { recordDecision } from '../../engine/proposals/record-decision.js';
import { setCommonStart } from '../../engine/proposals/set-common-start.js';
import { settleBlocking } from '../../engine/proposals/settle-blocking.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import {
  blockingSchema,
  commonStartSchema,
  projectsSchema,
  rankingApprovalSchema,
  rankingSchema,
  regionDecisionsSchema,
  settlementSchema,
} from '../schemas/call-award.js';
import { nutsCodeSchema, uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import { callKeySchema, callSchemeQuerySchema } from '../schemas/proposal.js';
import { blockingAnswer, projectsAnswer, rankingAnswer } from '../views/call-award-answer.js';

type SchemeQuery = z.output<typeof callSchemeQuerySchema>;
type RankingAnswer = Promise<Answer<z.output<typeof rankingSchema>>>;
type BlockingAnswer = Promise<Answer<z.output<typeof blockingSchema>>>;
type ProjectsAnswer = Promise<Answer<z.output<typeof projectsSchema>>>;

const READ_ERRORS = ['request.invalid', 'call.not-found'] as const;
const WRITE_ERRORS = ['call.not-found', 'call.not-possible', 'cycle.ended', 'event.not-possible'] as const;

@ApiTags('proposals')
@Controller('calls/:key')
export class CallAwardsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Put('evaluations/:nuts')
  @Operation({
    id: 'evaluations_close',
    summary: 'A region says that its part of the evaluation is finished; again changes nothing',
    answer: rankingSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...WRITE_ERRORS, 'region.not-leading'],
  })
  async evaluation(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): RankingAnswer {
    const view = await closeEvaluation(this.engine, { ...context, scheme: scheme ?? null, key, region });
    return Answer.about(rankingAnswer(view), view.version);
  }

  @Get('ranking')
  @Operation({
    id: 'ranking_read',
    summary: 'The joint ranking of a call, or what it waits for',
    answer: rankingSchema,
    kind: 'query',
    hasEtag: true,
    errors: READ_ERRORS,
  })
  async ranking(
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
  ): RankingAnswer {
    const view = await readRanking(this.engine, { scheme: scheme ?? null, key });
    return Answer.about(rankingAnswer(view), view.version);
  }

  @Post('ranking')
  @Operation({
    id: 'ranking_approve',
    summary: 'Approves the joint ranking, once and for good, and sets money aside along it',
    answer: rankingSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...WRITE_ERRORS, 'ranking.approved', 'ranking.not-ready', 'date.in-the-future'],
  })
  async approve(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: rankingApprovalSchema }) body: z.output<typeof rankingApprovalSchema>,
  ): RankingAnswer {
    const approval = { approvedOn: body.approvedOn ?? null, reference: body.reference ?? null };
    const view = await approveRanking(this.engine, { ...context, scheme: scheme ?? null, key, approval });
    return Answer.about(rankingAnswer(view), view.version);
  }

  @Put('decisions/:nuts')
  @Operation({
    id: 'decisions_record',
    summary: 'Records what a region has decided about its partners of ranked projects',
    answer: blockingSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      ...WRITE_ERRORS,
      'ranking.not-found',
      'project.not-found',
      'call-decision.invalid',
      'date.in-the-future',
      'region.not-leading',
    ],
  })
  async decide(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('nuts', { schema: nutsCodeSchema }) region: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: regionDecisionsSchema }) body: z.output<typeof regionDecisionsSchema>,
  ): BlockingAnswer {
    const decisions = body.decisions.map(({ amount = null, ...decision }) => ({ ...decision, amount }));
    const made = { ...body, decisions };
    const view = await recordDecision(this.engine, { ...context, scheme: scheme ?? null, key, region, made });
    return Answer.about(blockingAnswer(view), view.version);
  }

  @Get('blocking')
  @Operation({
    id: 'blocking_read',
    summary: 'Which region blocks which project, and since when',
    answer: blockingSchema,
    kind: 'query',
    hasEtag: true,
    errors: READ_ERRORS,
  })
  async blocking(
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
  ): BlockingAnswer {
    const view = await readBlocking(this.engine, { scheme: scheme ?? null, key });
    return Answer.about(blockingAnswer(view), view.version);
  }

  @Get('projects')
  @Operation({
    id: 'projects_list',
    summary: 'What became of the ranked proposals, and the table of the money',
    answer: projectsSchema,
    kind: 'query',
    hasEtag: true,
    errors: READ_ERRORS,
  })
  async projects(
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
  ): ProjectsAnswer {
    const view = await readProjects(this.engine, { scheme: scheme ?? null, key });
    return Answer.about(projectsAnswer(view), view.version);
  }

  @Post('projects/fund')
  @Operation({
    id: 'projects_fund',
    summary: 'Goes along the ranking once more, after a region has promised more',
    answer: projectsSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...WRITE_ERRORS, 'ranking.not-found'],
  })
  async fund(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): ProjectsAnswer {
    const view = await fundRanking(this.engine, { ...context, scheme: scheme ?? null, key });
    return Answer.about(projectsAnswer(view), view.version);
  }

  @Post('projects/start')
  @Operation({
    id: 'projects_start',
    summary: 'Sets the day on which every project that is ready starts in all of its regions',
    answer: projectsSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...WRITE_ERRORS, 'ranking.not-found', 'start.not-allowed'],
  })
  async start(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: commonStartSchema }) { startOn }: z.output<typeof commonStartSchema>,
  ): ProjectsAnswer {
    const view = await setCommonStart(this.engine, { ...context, scheme: scheme ?? null, key, startOn });
    return Answer.about(projectsAnswer(view), view.version);
  }

  @Post('projects/:id/settle')
  @Operation({
    id: 'projects_settle',
    summary:
      'Settles what blocks a project: a late decision counts, it goes on without a region, or is given up',
    answer: blockingSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [...WRITE_ERRORS, 'ranking.not-found', 'project.not-found', 'project.not-possible'],
  })
  async settle(
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: settlementSchema }) body: z.output<typeof settlementSchema>,
  ): BlockingAnswer {
    const { reason } = body;
    const settling =
      body.way === 'drop' ? { way: body.way, region: null } : { way: body.way, region: body.region };
    const view = await settleBlocking(this.engine, {
      ...context,
      scheme: scheme ?? null,
      key,
      proposalId,
      settling,
      reason,
    });
    return Answer.about(blockingAnswer(view), view.version);
  }
}
