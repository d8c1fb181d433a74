import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { assignExpert } from '../../engine/proposals/assign-expert.js';
import { readReviews } from '../../engine/proposals/read-proposals.js';
import { submitReview } from '../../engine/proposals/submit-review.js';
import type { ProposalView } from '../../engine/proposals/proposal-view.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  callKeySchema,
  callSchemeQuerySchema,
  expertDeclarationSchema,
  newReviewSchema,
  proposalSchema,
  reviewListSchema,
} from '../schemas/proposal.js';
import { expertReviewAnswer, proposalAnswer } from '../views/proposal-answer.js';

type ProposalAnswer = Promise<Answer<z.output<typeof proposalSchema>>>;
type SchemeQuery = z.output<typeof callSchemeQuerySchema>;

@ApiTags('proposals')
@Controller('calls/:key/proposals')
export class ReviewsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Post(':id/experts')
  @Operation({
    id: 'proposals_assign',
    summary: 'Assigns an independent expert, or notes a declaration that has come later',
    answer: proposalSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'call.not-possible',
      'cycle.ended',
      'event.not-possible',
      'proposal.not-found',
      'proposal.not-possible',
      'expert.conflict',
      'region.not-found',
      'date.in-the-future',
    ],
  })
  async assign(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: expertDeclarationSchema }) declaration: z.output<typeof expertDeclarationSchema>,
  ): ProposalAnswer {
    const wish = { ...context, scheme: scheme ?? null, key, proposalId, declaration };
    return present(caller, await assignExpert(this.engine, wish));
  }

  @Get(':id/reviews')
  @Operation({
    id: 'reviews_list',
    summary: 'What the experts say of a proposal; for the coordinator and the auditors',
    answer: reviewListSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'auth.role-forbidden', 'call.not-found', 'proposal.not-found'],
  })
  async reviews(
    @CallerOf() { actor }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
  ): Promise<Answer<z.output<typeof reviewListSchema>>> {
    const { version, experts } = await readReviews(this.engine, {
      actor,
      scheme: scheme ?? null,
      key,
      proposalId,
    });
    return Answer.about({ items: experts.map(expertReviewAnswer) }, version);
  }

  @Post(':id/reviews')
  @Operation({
    id: 'reviews_record',
    summary: 'Records the review of an expert, or records it anew until the ranking is approved',
    answer: proposalSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'call.not-possible',
      'cycle.ended',
      'event.not-possible',
      'proposal.not-found',
      'proposal.not-possible',
      'proposal.invalid',
      'expert.conflict',
      'expert.unknown',
    ],
  })
  async review(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: newReviewSchema }) { comments = null, ...review }: z.output<typeof newReviewSchema>,
  ): ProposalAnswer {
    const wish = { ...context, scheme: scheme ?? null, key, proposalId, review: { ...review, comments } };
    return present(caller, await submitReview(this.engine, wish));
  }
}

function present({ language }: Caller, view: ProposalView): Answer<z.output<typeof proposalSchema>> {
  return Answer.about(proposalAnswer(view, language), view.version);
}
