import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { decisionToday } from '../../engine/decisions/decision-today.js';
import { readDecision } from '../../engine/decisions/read-decision.js';
import { readDecisions } from '../../engine/decisions/read-decisions.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { checkPlace } from '../../engine/schemes/check-place.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { decisionTodaySchema } from '../schemas/decision-today.js';
import { uuidSchema } from '../schemas/ids.js';
import {
  storedDecisionPageSchema,
  storedDecisionQuerySchema,
  storedDecisionSchema,
} from '../schemas/stored-decision.js';
import { decisionTodayAnswer } from '../views/decision-today-answer.js';
import { pageOf } from '../views/page.js';
import { storedDecisionAnswer, storedDecisionHead } from '../views/stored-decision-answer.js';

const DECISIONS = 'decisions';

@ApiTags('decisions')
@Controller('decisions')
export class DecisionsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'decisions_list',
    summary: 'Every decision of a gate, refusals included, in the order in which they were taken',
    answer: storedDecisionPageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid', 'region.not-found'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: storedDecisionQuerySchema }) query: z.output<typeof storedDecisionQuerySchema>,
  ): Promise<Answer<z.output<typeof storedDecisionPageSchema>>> {
    const { limit, cursor, cycle, region, gate, verdict } = query;
    const after = readCursor(DECISIONS, uuidKeySchema, cursor);
    await checkPlace(this.engine, { region });
    const decisions = await readDecisions(this.engine, {
      actor,
      filter: {
        ...(cycle === undefined ? {} : { cycleId: cycle }),
        ...(region === undefined ? {} : { region }),
        ...(gate === undefined ? {} : { gate }),
        ...(verdict === undefined ? {} : { verdict }),
        ...(after === null ? {} : { after }),
        limit: limit + 1,
      },
    });
    return Answer.list(
      pageOf(decisions, { list: DECISIONS, limit, keyOf: ({ id }) => id, present: storedDecisionHead }),
    );
  }

  @Get(':id')
  @Operation({
    id: 'decisions_read',
    summary: 'One decision with its rules, what each compared, and where every fact came from',
    answer: storedDecisionSchema,
    kind: 'query',
    errors: ['request.invalid', 'decision.not-found', 'definition.not-found'],
  })
  async read(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) decisionId: string,
  ): Promise<Answer<z.output<typeof storedDecisionSchema>>> {
    return Answer.list(
      storedDecisionAnswer(await readDecision(this.engine, { actor, decisionId }), language),
    );
  }

  @Get(':id/today')
  @Operation({
    id: 'decisions_today',
    summary:
      'Whether it would be the same today, and what the difference comes from: rule, fact, waiver, clock',
    answer: decisionTodaySchema,
    kind: 'query',
    errors: ['request.invalid', 'decision.not-found', 'definition.not-found'],
  })
  async today(
    @CallerOf() { actor, language }: Caller,
    @Param('id', { schema: uuidSchema }) decisionId: string,
  ): Promise<Answer<z.output<typeof decisionTodaySchema>>> {
    return Answer.list(
      decisionTodayAnswer(await decisionToday(this.engine, { actor, decisionId }), language),
    );
  }
}
