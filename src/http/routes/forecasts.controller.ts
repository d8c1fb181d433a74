import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readDrift } from '../../engine/forecast/read-drift.js';
import { readForecast } from '../../engine/forecast/read-forecast.js';
import { forkScheme } from '../../engine/forks/fork-scheme.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { timeQuerySchema } from '../schemas/cycle.js';
import { forecastQuerySchema, forecastSchema, schemeDriftSchema } from '../schemas/forecast.js';
import { forkSchema, forkWishFrom, forkWishSchema } from '../schemas/fork.js';
import { nameSchema } from '../schemas/texts.js';
import { driftAnswer, forecastAnswer } from '../views/forecast-answer.js';
import { forkAnswer } from '../views/fork-answer.js';

const TIME_ERRORS = ['request.invalid', 'scheme.not-found', 'date.in-the-future'] as const;

/** What lies ahead of a scheme: when, and what if. */
@ApiTags('looking ahead')
@Controller('schemes')
export class ForecastsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get(':scheme/forecast')
  @Operation({
    id: 'schemes_forecast',
    summary: 'When each sync point will be released, with which probability, and on whom it hangs',
    description:
      'From the history of the regions, then of the peers of their class, then from the target times of the workflow. The same seed and moment give the same answer. With fewer than eight completed stages and tasks it is a range, and says so.',
    answer: forecastSchema,
    kind: 'query',
    errors: [...TIME_ERRORS, 'calendar.out-of-range'],
  })
  async forecast(
    @CallerOf() { language }: Caller,
    @Param('scheme', { schema: nameSchema }) scheme: string,
    @Query({ schema: forecastQuerySchema }) query: z.output<typeof forecastQuerySchema>,
  ): Promise<Answer<z.output<typeof forecastSchema>>> {
    const { at = null, by = null, seed = null } = query;
    return Answer.list(forecastAnswer(await readForecast(this.engine, { scheme, at, by, seed }), language));
  }

  @Get(':scheme/drift')
  @Operation({
    id: 'schemes_drift',
    summary: 'How many days each region is ahead of the others or behind them, per milestone and over time',
    answer: schemeDriftSchema,
    kind: 'query',
    errors: TIME_ERRORS,
  })
  async drift(
    @CallerOf() { language }: Caller,
    @Param('scheme', { schema: nameSchema }) scheme: string,
    @Query({ schema: timeQuerySchema }) query: z.output<typeof timeQuerySchema>,
  ): Promise<Answer<z.output<typeof schemeDriftSchema>>> {
    const drift = await readDrift(this.engine, { scheme, at: query.at ?? null });
    return Answer.list(driftAnswer(drift, language));
  }

  @Post(':scheme/forks')
  @Operation({
    id: 'schemes_fork',
    summary: 'What if: plays the scheme forward with and without hypotheses, and says where the two differ',
    description:
      'Nothing of it leaves: both runs are played in schemas of their own in the database, nobody is told, and they are gone with the answer.',
    answer: forkSchema,
    kind: 'command',
    errors: [
      'scheme.not-found',
      'date.in-the-future',
      'history.not-recorded',
      'draft.not-found',
      'draft.invalid',
      'fork.invalid',
      'fork.too-large',
      'fork.not-possible',
      'request.rate-limited',
    ],
  })
  async fork(
    @CommandOf() context: CommandContext,
    @Param('scheme', { schema: nameSchema }) scheme: string,
    @Body({ schema: forkWishSchema }) body: z.output<typeof forkWishSchema>,
  ): Promise<Answer<z.output<typeof forkSchema>>> {
    const comparison = await forkScheme(this.engine, { ...context, wish: forkWishFrom(scheme, body) });
    return Answer.list(forkAnswer(comparison));
  }
}
