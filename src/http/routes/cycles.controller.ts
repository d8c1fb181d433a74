import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { explainGate } from '../../engine/cycles/explain-gate.js';
import { readCycle } from '../../engine/cycles/read-cycle.js';
import { readCycles } from '../../engine/cycles/read-cycles.js';
import { readHistory } from '../../engine/cycles/read-history.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { moveCycleToRulebook } from '../../engine/rules/move-cycle-to-rulebook.js';
import { readMoveImpact } from '../../engine/rules/read-move-impact.js';
import { readPinnedRulebook } from '../../engine/rules/read-rulebooks.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { grantWaiver } from '../../engine/waivers/grant-waiver.js';
import { readWaivers } from '../../engine/waivers/read-waivers.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { sequenceKeySchema, uuidKeySchema } from '../schemas/cursors.js';
import {
  cycleEventSchema,
  cyclePageSchema,
  cycleQuerySchema,
  cycleSchema,
  cycleWithEventsSchema,
  decisionSchema,
  timeQuerySchema,
} from '../schemas/cycle.js';
import { gateQuerySchema, gateSchema } from '../schemas/gate.js';
import { historyPageSchema } from '../schemas/history.js';
import { uuidSchema, versionSchema } from '../schemas/ids.js';
import { pageQuerySchema } from '../schemas/paging.js';
import { cycleRulebookSchema } from '../schemas/rulebook.js';
import { impactSchema } from '../schemas/rulebook-draft.js';
import { newWaiverSchema, waiverPageSchema, waiverSchema } from '../schemas/waiver.js';
import { cycleAnswer, possibleEventAnswer } from '../views/cycle-answer.js';
import { decisionAnswer } from '../views/decision-answer.js';
import { gateView } from '../views/gate-view.js';
import { historyEntryAnswer } from '../views/history-answer.js';
import { pageOf } from '../views/page.js';
import { decide } from './decide.js';
import { impactAnswer } from '../views/rulebook-draft-answer.js';
import { waiverAnswer } from '../views/waiver-answer.js';

const CYCLES = 'cycles';
const HISTORY = 'history';
const STATUS_CREATED = 201;

@ApiTags('cycles')
@Controller('cycles')
export class CyclesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'cycles_list',
    summary: 'Cycles of the regions; an authority sees those of its own',
    answer: cyclePageSchema,
    kind: 'query',
    errors: [
      'request.invalid',
      'request.cursor-invalid',
      'region.not-found',
      'event.target-unknown',
      'scheme.not-found',
    ],
  })
  async list(
    @CallerOf() { actor, language }: Caller,
    @Query({ schema: cycleQuerySchema }) query: z.output<typeof cycleQuerySchema>,
  ): Promise<Answer<z.output<typeof cyclePageSchema>>> {
    const { limit, cursor, scheme, region, stage } = query;
    const after = readCursor(CYCLES, uuidKeySchema, cursor);
    await checkPlace(this.engine, { scheme, region, stage });
    const cycles = await readCycles(this.engine, {
      actor,
      filter: {
        ...(scheme === undefined ? {} : { scheme }),
        ...(region === undefined ? {} : { region }),
        ...(stage === undefined ? {} : { stage }),
        ...(after === null ? {} : { after }),
        limit: limit + 1,
      },
    });
    return Answer.list(
      pageOf(cycles, {
        list: CYCLES,
        limit,
        keyOf: ({ id }) => id,
        present: (cycle) => cycleAnswer(cycle, this.engine.catalog, language),
      }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'cycles_read',
    summary: 'One cycle, and what may be asked of it; with `at` as it stood then',
    answer: cycleWithEventsSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'cycle.not-found', 'history.not-recorded', 'date.in-the-future'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Query({ schema: timeQuerySchema }) query: z.output<typeof timeQuerySchema>,
  ): Promise<Answer<z.output<typeof cycleWithEventsSchema>>> {
    const { cycle, possible } = await readCycle(this.engine, {
      actor,
      cycleId,
      at: query.at ?? null,
    });
    const body = {
      ...cycleAnswer(cycle, this.engine.catalog, language),
      possible: possible.map(possibleEventAnswer),
    };
    return Answer.about(body, cycle.version);
  }

  @Get(':id/gate')
  @Operation({
    id: 'cycles_gate',
    summary: 'Why the cycle can or cannot advance: every rule with the facts it looked at and those it lacks',
    answer: gateSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'cycle.not-found', 'event.target-unknown', 'gate.none'],
  })
  async gate(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Query({ schema: gateQuerySchema }) query: z.output<typeof gateQuerySchema>,
  ): Promise<Answer<z.output<typeof gateSchema>>> {
    const found = await explainGate(this.engine, { actor, cycleId, to: query.to ?? null });
    return Answer.about(gateView(found.verdict, found.to, found.rulebook, language), found.version);
  }

  @Post(':id/events')
  @Operation({
    id: 'cycles_move',
    summary: 'Asks the cycle to advance, go back, rest, go on, leave or end',
    description:
      'Answered after the decision is committed. A shut gate is 409 `gate.refused` with the verdict: logged, and with tasks for whoever can fill what is missing.',
    answer: decisionSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'cycle.not-found',
      'event.not-possible',
      'event.target-unknown',
      'gate.refused',
      'date.in-the-future',
    ],
  })
  async move(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: cycleEventSchema }) event: z.output<typeof cycleEventSchema>,
  ): Promise<Answer<z.output<typeof decisionSchema>>> {
    const decision = await decide(this.engine, { ...context, cycleId }, event);
    const rulebook = await readPinnedRulebook(this.engine, decision.rulebook);
    return Answer.about(
      decisionAnswer(decision, rulebook, this.engine.catalog, language),
      decision.cycle.version,
    );
  }

  @Get(':id/history')
  @Operation({
    id: 'cycles_history',
    summary: 'What has happened, in order: steps, refusals, facts, tasks, milestones, waivers, incidents',
    answer: historyPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'cycle.not-found'],
  })
  async history(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Query({ schema: pageQuerySchema }) query: z.output<typeof pageQuerySchema>,
  ): Promise<Answer<z.output<typeof historyPageSchema>>> {
    const after = readCursor(HISTORY, sequenceKeySchema, query.cursor) ?? 0;
    const entries = await readHistory(this.engine, { actor, cycleId, after, limit: query.limit + 1 });
    return Answer.list(
      pageOf(entries, {
        list: HISTORY,
        limit: query.limit,
        keyOf: ({ sequence }) => sequence,
        present: historyEntryAnswer,
      }),
    );
  }

  @Get(':id/waivers')
  @Operation({
    id: 'cycles_waivers',
    summary: 'Every waiver that the cycle was granted, the ended ones included; always one page',
    answer: waiverPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'cycle.not-found'],
  })
  async waivers(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
  ): Promise<Answer<z.output<typeof waiverPageSchema>>> {
    const waivers = await readWaivers(this.engine, { actor, cycleId });
    const items = waivers.map(({ waiver, isInForce }) => ({ ...waiverAnswer(waiver), isInForce }));
    return Answer.list({ items, nextCursor: null });
  }

  @Post(':id/waivers')
  @Operation({
    id: 'cycles_waive',
    summary: 'Lets the cycle pass against one rule until a day, with a reason and a second person',
    answer: waiverSchema,
    status: STATUS_CREATED,
    kind: 'versioned-command',
    errors: ['cycle.not-found', 'waiver.invalid', 'waiver.same-person', 'account.not-found'],
  })
  async waive(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: newWaiverSchema }) waiver: z.output<typeof newWaiverSchema>,
  ): Promise<Answer<z.output<typeof waiverSchema>>> {
    return Answer.list(waiverAnswer(await grantWaiver(this.engine, { ...context, cycleId, ...waiver })));
  }

  @Get(':id/rulebook/:version')
  @Operation({
    id: 'cycles_rulebook_impact',
    summary: 'Which gates before the cycle would answer differently now by another version of its rulebook',
    answer: impactSchema,
    kind: 'query',
    errors: [
      'auth.role-forbidden',
      'request.invalid',
      'cycle.not-found',
      'definition.not-found',
      'rulebook.not-for-workflow',
    ],
  })
  async rulebookImpact(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Param('version', { schema: versionSchema }) version: number,
  ): Promise<Answer<z.output<typeof impactSchema>>> {
    return Answer.list(impactAnswer(await readMoveImpact(this.engine, { actor, cycleId, version })));
  }

  @Post(':id/rulebook')
  @Operation({
    id: 'cycles_move_to_rulebook',
    summary: 'Moves the cycle to another version of its rulebook, with a reason',
    answer: cycleSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'cycle.not-found',
      'cycle.ended',
      'definition.not-found',
      'rulebook.retired',
      'rulebook.not-in-effect',
      'rulebook.counts-already',
      'rulebook.not-for-workflow',
    ],
  })
  async moveToRulebook(
    @CallerOf() { language }: Caller,
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: cycleRulebookSchema }) wish: z.output<typeof cycleRulebookSchema>,
  ): Promise<Answer<z.output<typeof cycleSchema>>> {
    const cycle = await moveCycleToRulebook(this.engine, { ...context, cycleId, ...wish });
    return Answer.about(cycleAnswer(cycle, this.engine.catalog, language), cycle.version);
  }
}
