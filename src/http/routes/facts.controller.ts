import { Body, Controller, Get, Inject, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readCatalogue } from '../../engine/facts/read-catalogue.js';
import { readFacts } from '../../engine/facts/read-facts.js';
import { recordFacts } from '../../engine/facts/record-facts.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { cataloguePageSchema, cycleFactsSchema, factReportSchema } from '../schemas/fact.js';
import { uuidSchema } from '../schemas/ids.js';
import { cycleFactsAnswer, factDefinitionAnswer, factEntry } from '../views/fact-answers.js';

@ApiTags('facts')
@Controller()
export class FactsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get('facts/catalogue')
  @Operation({
    id: 'facts_catalogue',
    summary: 'Every fact: type, unit, who fills it, label in five languages; always one page',
    answer: cataloguePageSchema,
    kind: 'query',
  })
  catalogue(@CallerOf() { language }: Caller): Answer<z.output<typeof cataloguePageSchema>> {
    const items = readCatalogue(this.engine).map((fact) => factDefinitionAnswer(fact, language));
    return Answer.list({ items, nextCursor: null });
  }

  @Get('cycles/:id/facts')
  @Operation({
    id: 'facts_read',
    summary: 'The facts of a cycle, each with its origin',
    answer: cycleFactsSchema,
    kind: 'query',
    hasEtag: true,
    errors: ['request.invalid', 'cycle.not-found'],
  })
  async read(
    @CallerOf() { actor }: Caller,
    @Param('id', { schema: uuidSchema }) cycleId: string,
  ): Promise<Answer<z.output<typeof cycleFactsSchema>>> {
    const view = await readFacts(this.engine, { actor, cycleId });
    return Answer.of(cycleFactsAnswer(view), view.version);
  }

  @Patch('cycles/:id/facts')
  @Operation({
    id: 'facts_record',
    summary: 'Records facts, all or none; a fault in one refuses the whole report and names each fault',
    answer: cycleFactsSchema,
    kind: 'versioned-command',
    hasEtag: true,
    errors: [
      'cycle.not-found',
      'cycle.ended',
      'fact.unknown',
      'fact.wrong-type',
      'fact.not-recordable',
      'fact.invalid-date',
      'fact.out-of-range',
      'fact.duplicate',
      'fact.precision-not-applicable',
      'date.in-the-future',
    ],
  })
  async record(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) cycleId: string,
    @Body({ schema: factReportSchema }) report: z.output<typeof factReportSchema>,
  ): Promise<Answer<z.output<typeof cycleFactsSchema>>> {
    const view = await recordFacts(this.engine, { ...context, cycleId, facts: report.facts.map(factEntry) });
    return Answer.of(cycleFactsAnswer(view), view.version);
  }
}
