import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { agreeTheme } from '../../engine/calls/agree-theme.js';
import { alignCall } from '../../engine/calls/align-call.js';
import type { CallView } from '../../engine/calls/call-view.js';
import { proposeCall } from '../../engine/calls/propose-call.js';
import { readCall, readCalls } from '../../engine/calls/read-call.js';
import { readCommitments } from '../../engine/calls/read-commitments.js';
import { setJointPart } from '../../engine/calls/set-joint-part.js';
import type { CallRef } from '../../engine/calls/find-call.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { callAlignmentSchema } from '../schemas/call-alignment.js';
import {
  callPageSchema,
  callPatchSchema,
  callQuerySchema,
  callSchema,
  commitmentsSchema,
  newCallSchema,
  themeAgreementSchema,
} from '../schemas/call.js';
import { idKeySchema } from '../schemas/cursors.js';
import { callKeySchema, callSchemeQuerySchema } from '../schemas/proposal.js';
import { callAlignmentAnswer, callAnswer, commitmentsAnswer } from '../views/call-answer.js';
import { pageOf } from '../views/page.js';

const LIST = 'calls';
const STATUS_CREATED = 201;

type CallAnswer = Answer<z.output<typeof callSchema>>;
type OfScheme = z.output<typeof callSchemeQuerySchema>;

/** Joint calls: what is joint in them. They are moved as every cycle is, by the events of theirs. */
@ApiTags('calls')
@Controller('calls')
export class CallsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'calls_list',
    summary: 'The joint calls of a scheme: who takes part, what is missing, how far they have come',
    answer: callPageSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'request.cursor-invalid', 'scheme.not-found'],
  })
  async list(
    @CallerOf() { actor, language }: Caller,
    @Query({ schema: callQuerySchema }) query: z.output<typeof callQuerySchema>,
  ): Promise<Answer<z.output<typeof callPageSchema>>> {
    const { scheme, limit, cursor } = query;
    const after = readCursor(LIST, idKeySchema, cursor);
    const views = await readCalls(this.engine, {
      actor,
      scheme: scheme ?? null,
      after,
      limit: limit + 1,
    });
    return Answer.list(
      pageOf(views, {
        list: LIST,
        limit,
        keyOf: ({ call }) => call.key,
        present: (view) => callAnswer(view, this.engine.catalog, language),
      }),
    );
  }

  @Post()
  @Operation({
    id: 'calls_propose',
    summary: 'Proposes a joint call; each of its regions gets a part of its own to fill in',
    answer: callSchema,
    status: STATUS_CREATED,
    kind: 'command',
    hasEtag: true,
    errors: ['scheme.not-found', 'region.not-found', 'activity.not-found', 'call.exists', 'call.invalid'],
  })
  async propose(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Body({ schema: newCallSchema }) wish: z.output<typeof newCallSchema>,
  ): Promise<CallAnswer> {
    const { lead = null, zone = null, note = null, ...proposal } = wish;
    return this.#about(
      await proposeCall(this.engine, { ...context, ...proposal, lead, zone, note }),
      language,
    );
  }

  @Get(':key')
  @Operation({
    id: 'calls_read',
    summary: 'One call; with several schemes, name the scheme',
    answer: callSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['auth.role-forbidden', 'request.invalid', 'call.not-found'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
  ): Promise<CallAnswer> {
    return this.#about(await readCall(this.engine, { actor, ...refOf(scheme, key) }), language);
  }

  @Patch(':key')
  @Operation({
    id: 'calls_change',
    summary: 'Changes the joint part: theme, calendar, criteria, ranking rule, common start',
    description:
      'Opening and closing are one instant each for all regions, announced as a day and a time in the named zone. A region that has not published its annex and committed a budget thirty days before the opening leaves the call.',
    answer: callSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'call.not-found',
      'call.invalid',
      'call.not-possible',
      'cycle.ended',
      'date.in-the-future',
      'definition.invalid',
    ],
  })
  async change(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: callPatchSchema }) { note, ...changes }: z.output<typeof callPatchSchema>,
  ): Promise<CallAnswer> {
    const command = { ...context, ...refOf(scheme, key), changes, note: note ?? null };
    return this.#about(await setJointPart(this.engine, command), language);
  }

  @Post(':key/agree-theme')
  @Operation({
    id: 'calls_agree_theme',
    summary: 'Records that the regions have agreed on the theme, or have not',
    answer: callSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: ['call.not-found', 'call.not-possible', 'cycle.ended'],
  })
  async agree(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
    @Body({ schema: themeAgreementSchema }) wish: z.output<typeof themeAgreementSchema>,
  ): Promise<CallAnswer> {
    const { agreed: isAgreed, evidence, note = null } = wish;
    const command = { ...context, ...refOf(scheme, key), isAgreed, evidence, note };
    return this.#about(await agreeTheme(this.engine, command), language);
  }

  @Get(':key/commitments')
  @Operation({
    id: 'calls_commitments',
    summary: 'What the regions have promised, and what of it is set aside, granted and free',
    answer: commitmentsSchema,
    kind: 'query',
    errors: ['auth.role-forbidden', 'request.invalid', 'call.not-found'],
  })
  async commitments(
    @CallerOf() { actor }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
  ): Promise<Answer<z.output<typeof commitmentsSchema>>> {
    return Answer.list(
      commitmentsAnswer(await readCommitments(this.engine, { actor, ...refOf(scheme, key) })),
    );
  }

  @Get(':key/alignment')
  @Operation({
    id: 'calls_alignment',
    summary: 'The dates that suit all regions and what binds them, or the smallest moves that make some',
    answer: callAlignmentSchema,
    kind: 'query',
    errors: [
      'auth.role-forbidden',
      'request.invalid',
      'call.not-found',
      'call.invalid',
      'calendar.not-found',
      'calendar.out-of-range',
    ],
  })
  async alignment(
    @CallerOf() { actor }: Caller,
    @Param('key', { schema: callKeySchema }) key: string,
    @Query({ schema: callSchemeQuerySchema }) { scheme }: OfScheme,
  ): Promise<Answer<z.output<typeof callAlignmentSchema>>> {
    return Answer.list(callAlignmentAnswer(await alignCall(this.engine, { actor, ...refOf(scheme, key) })));
  }

  #about(view: CallView, language: Caller['language']): CallAnswer {
    return Answer.about(callAnswer(view, this.engine.catalog, language), view.call.version);
  }
}

function refOf(scheme: string | undefined, key: string): CallRef {
  return { scheme: scheme ?? null, key };
}
