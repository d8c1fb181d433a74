import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { checkEligibility } from '../../engine/proposals/check-eligibility.js';
import { readProposal, readProposals } from '../../engine/proposals/read-proposals.js';
import { submitProposal } from '../../engine/proposals/submit-proposal.js';
import type { ProposalView } from '../../engine/proposals/proposal-view.js';
import { withdrawProposal } from '../../engine/proposals/withdraw-proposal.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  callKeySchema,
  callSchemeQuerySchema,
  eligibilityCheckSchema,
  newProposalSchema,
  proposalPageSchema,
  proposalQuerySchema,
  proposalSchema,
  regionalPathSchema,
  withdrawalSchema,
} from '../schemas/proposal.js';
import { pageOf } from '../views/page.js';
import { proposalAnswer } from '../views/proposal-answer.js';

const LIST = 'proposals';
const STATUS_CREATED = 201;

type ProposalAnswer = Promise<Answer<z.output<typeof proposalSchema>>>;
type SchemeQuery = z.output<typeof callSchemeQuerySchema>;

@ApiTags('proposals')
@Controller('calls/:key/proposals')
export class ProposalsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'proposals_list',
    summary: 'The proposals to a call, the withdrawn ones included',
    answer: proposalPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'call.not-found'],
  })
  async list(
    @CallerOf() { language }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: proposalQuerySchema }) query: z.output<typeof proposalQuerySchema>,
  ): Promise<Answer<z.output<typeof proposalPageSchema>>> {
    const { limit, cursor, scheme } = query;
    const after = readCursor(LIST, uuidKeySchema, cursor);
    const found = await readProposals(this.engine, { scheme: scheme ?? null, key, after, limit: limit + 1 });
    return Answer.list(
      pageOf(found, {
        list: LIST,
        limit,
        keyOf: ({ id }) => id,
        present: (view) => proposalAnswer(view, language),
      }),
    );
  }

  @Post()
  @Operation({
    id: 'proposals_submit',
    summary: 'Submits a proposal while the call is open, before the deadline of each of its regions',
    answer: proposalSchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'call.not-possible',
      'cycle.ended',
      'event.not-possible',
      'proposal.invalid',
      'proposal.too-late',
    ],
  })
  async submit(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: newProposalSchema }) proposal: z.output<typeof newProposalSchema>,
  ): ProposalAnswer {
    return present(
      caller,
      await submitProposal(this.engine, { ...context, scheme: scheme ?? null, key, proposal }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'proposals_read',
    summary: 'One proposal, with what its regions say of it',
    answer: proposalSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'call.not-found', 'proposal.not-found'],
  })
  async read(
    @CallerOf() caller: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
  ): ProposalAnswer {
    return present(caller, await readProposal(this.engine, { scheme: scheme ?? null, key, proposalId }));
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'proposals_withdraw',
    summary: 'Takes a proposal back; its money goes to the next in the ranking',
    answer: proposalSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'cycle.ended',
      'event.not-possible',
      'proposal.not-found',
      'proposal.not-possible',
    ],
  })
  async withdraw(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Param('id', { schema: uuidSchema }) proposalId: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: withdrawalSchema }) body: z.output<typeof withdrawalSchema>,
  ): ProposalAnswer {
    const wish = { ...context, scheme: scheme ?? null, key, proposalId, reason: body.reason ?? null };
    return present(caller, await withdrawProposal(this.engine, wish));
  }

  @Put(':id/eligibility/:nuts')
  @Operation({
    id: 'proposals_check',
    summary: 'A region checks its partners: the rules of its annex stand, or its authority overrules them',
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
      'region.not-leading',
    ],
  })
  async check(
    @CallerOf() caller: Caller,
    @CommandOf() context: CommandContext,
    @Param({ schema: regionalPathSchema }) { key, id, nuts }: z.output<typeof regionalPathSchema>,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: SchemeQuery,
    @Body({ schema: eligibilityCheckSchema }) body: z.output<typeof eligibilityCheckSchema>,
  ): ProposalAnswer {
    const wish = {
      ...context,
      scheme: scheme ?? null,
      key,
      proposalId: id,
      region: nuts,
      overrule: body.overrule ?? null,
    };
    return present(caller, await checkEligibility(this.engine, wish));
  }
}

function present({ language }: Caller, view: ProposalView): Answer<z.output<typeof proposalSchema>> {
  return Answer.about(proposalAnswer(view, language), view.version);
}
