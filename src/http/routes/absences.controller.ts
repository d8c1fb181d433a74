import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { declareAbsence } from '../../engine/absences/declare-absence.js';
import { endAbsence } from '../../engine/absences/end-absence.js';
import { readAbsences } from '../../engine/absences/read-absences.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import { readCursor } from '../requests/cursor.js';
import {
  absencePageSchema,
  absenceQuerySchema,
  absenceSchema,
  newAbsenceSchema,
} from '../schemas/absence.js';
import { uuidKeySchema } from '../schemas/cursors.js';
import { uuidSchema } from '../schemas/ids.js';
import { noBodySchema } from '../schemas/paging.js';
import { absenceAnswer, declaredAbsenceAnswer } from '../views/absence-answer.js';
import { pageOf } from '../views/page.js';

const LIST = 'absences';
const STATUS_CREATED = 201;

type AbsenceAnswer = z.output<typeof absenceSchema>;

@ApiTags('absences')
@Controller('absences')
export class AbsencesController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'absences_list',
    summary: 'Who is, was or will be away, and who stands in; an authority sees its own region',
    answer: absencePageSchema,
    kind: 'query',
    errors: ['request.invalid', 'request.cursor-invalid'],
  })
  async list(
    @CallerOf() { actor }: Caller,
    @Query({ schema: absenceQuerySchema }) query: z.output<typeof absenceQuerySchema>,
  ): Promise<Answer<z.output<typeof absencePageSchema>>> {
    const { limit, cursor, account } = query;
    const after = readCursor(LIST, uuidKeySchema, cursor);
    const absences = await readAbsences(this.engine, {
      actor,
      ...(account === undefined ? {} : { accountId: account }),
      ...(after === null ? {} : { after }),
      limit: limit + 1,
    });
    return Answer.list(
      pageOf(absences, {
        list: LIST,
        limit,
        keyOf: ({ absence }) => absence.id,
        present: declaredAbsenceAnswer,
      }),
    );
  }

  @Post()
  @Operation({
    id: 'absences_declare',
    summary: 'Says that somebody will be away, and who does their work meanwhile',
    description:
      'Your own absence, or as a coordinator or administrator that of anybody. The substitute may do on tasks what the absent person may, and gets copies of their notices.',
    answer: absenceSchema,
    status: STATUS_CREATED,
    kind: 'command',
    errors: ['account.not-found', 'account.disabled', 'absence.invalid'],
  })
  async declare(
    @CommandOf() context: CommandContext,
    @Body({ schema: newAbsenceSchema }) absence: z.output<typeof newAbsenceSchema>,
  ): Promise<Answer<AbsenceAnswer>> {
    return Answer.list(absenceAnswer(await declareAbsence(this.engine, { ...context, absence })));
  }

  @Post(':id/end')
  @Operation({
    id: 'absences_end',
    summary: 'Ends an absence before its time; again keeps the first time',
    answer: absenceSchema,
    kind: 'command',
    errors: ['absence.not-found'],
  })
  async end(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: uuidSchema }) absenceId: string,
    @Body({ schema: noBodySchema }) _body: z.output<typeof noBodySchema>,
  ): Promise<Answer<AbsenceAnswer>> {
    return Answer.list(absenceAnswer(await endAbsence(this.engine, { ...context, absenceId })));
  }
}
