import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { readBoard } from '../../engine/schemes/read-board.js';
import { readScheme, readSchemes } from '../../engine/schemes/read-schemes.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { readCursor } from '../requests/cursor.js';
import { timeQuerySchema } from '../schemas/cycle.js';
import { idKeySchema } from '../schemas/cursors.js';
import { pageQuerySchema } from '../schemas/paging.js';
import { boardSchema, schemePageSchema, schemeSchema } from '../schemas/scheme.js';
import { nameSchema } from '../schemas/texts.js';
import { boardRegionAnswer } from '../views/board-answer.js';
import { newestCatalogue } from '../views/newest-catalogue.js';
import { pageOf } from '../views/page.js';
import { schemeAnswer } from '../views/scheme-answer.js';

const LIST = 'schemes';

@ApiTags('schemes')
@Controller('schemes')
export class SchemesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'schemes_list',
    summary: 'Every scheme with its regions',
    answer: schemePageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid'],
  })
  async list(
    @Query({ schema: pageQuerySchema }) query: z.output<typeof pageQuerySchema>,
  ): Promise<Answer<z.output<typeof schemePageSchema>>> {
    const after = readCursor(LIST, idKeySchema, query.cursor);
    const schemes = (await readSchemes(this.engine)).filter(
      ({ scheme }) => after === null || scheme.id > after,
    );
    return Answer.list(
      pageOf(schemes, {
        list: LIST,
        limit: query.limit,
        keyOf: ({ scheme }) => scheme.id,
        present: schemeAnswer,
      }),
    );
  }

  @Get(':scheme')
  @Operation({
    id: 'schemes_read',
    summary: 'One scheme with its regions',
    answer: schemeSchema,
    kind: 'query',
    errors: ['request.invalid', 'scheme.not-found'],
  })
  async read(
    @Param('scheme', { schema: nameSchema }) id: string,
  ): Promise<Answer<z.output<typeof schemeSchema>>> {
    const view = await readScheme(this.engine, id);
    // A scheme's definition does not change once it is open.
    return Answer.of(schemeAnswer(view), `${id}@${view.scheme.openedAt}`);
  }

  @Get(':scheme/board')
  @Operation({
    id: 'schemes_board',
    summary: 'Where every region stands, and what its next gate says; with `at` as it was then',
    answer: boardSchema,
    kind: 'query',
    errors: ['request.invalid', 'scheme.not-found', 'date.in-the-future'],
  })
  async board(
    @CallerOf() { language }: Caller,
    @Param('scheme', { schema: nameSchema }) scheme: string,
    @Query({ schema: timeQuerySchema }) query: z.output<typeof timeQuerySchema>,
  ): Promise<Answer<z.output<typeof boardSchema>>> {
    const catalogue = newestCatalogue(this.engine);
    const rows = await readBoard(this.engine, scheme, query.at ?? null);
    return Answer.list({ scheme, regions: rows.map((row) => boardRegionAnswer(row, catalogue, language)) });
  }
}
