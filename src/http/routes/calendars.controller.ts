import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { addClosure } from '../../engine/calendars/add-closure.js';
import { readCalendar, readCalendars, type CalendarHead } from '../../engine/calendars/read-calendar.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CommandOf } from '../requests/command.decorator.js';
import {
  calendarIdSchema,
  calendarListSchema,
  calendarQuerySchema,
  calendarSchema,
  closureRequestSchema,
  closureSchema,
} from '../schemas/calendar.js';
import { closureAnswer } from '../views/closure-answer.js';

@ApiTags('calendars')
@Controller('calendars')
export class CalendarsController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'calendars_list',
    summary: 'The calendars by which working days are counted',
    answer: calendarListSchema,
    kind: 'query',
  })
  async list(): Promise<Answer<z.output<typeof calendarListSchema>>> {
    return Answer.list({ items: (await readCalendars(this.engine)).map(headAnswer) });
  }

  @Get(':id')
  @Operation({
    id: 'calendars_read',
    summary: 'One year of a calendar: its holidays, and the closures that stand',
    answer: calendarSchema,
    kind: 'query',
    errors: ['request.invalid', 'calendar.not-found', 'calendar.out-of-range'],
  })
  async read(
    @Param('id', { schema: calendarIdSchema }) id: string,
    @Query({ schema: calendarQuerySchema }) { year }: z.output<typeof calendarQuerySchema>,
  ): Promise<Answer<z.output<typeof calendarSchema>>> {
    const calendar = await readCalendar(this.engine, { id, year: year ?? null });
    return Answer.list({
      ...headAnswer(calendar),
      year: calendar.year,
      holidays: [...calendar.holidays],
      closures: calendar.closures.map(closureAnswer),
    });
  }

  @Post(':id/closures')
  @Operation({
    id: 'calendars_close',
    summary: 'Closes a calendar on a day: it is no working day there any more',
    answer: closureSchema,
    kind: 'command',
    errors: ['calendar.not-found', 'calendar.out-of-range', 'closure.exists', 'closure.too-many'],
  })
  async close(
    @CommandOf() context: CommandContext,
    @Param('id', { schema: calendarIdSchema }) calendar: string,
    @Body({ schema: closureRequestSchema }) { date, label }: z.output<typeof closureRequestSchema>,
  ): Promise<Answer<z.output<typeof closureSchema>>> {
    return Answer.list(closureAnswer(await addClosure(this.engine, { ...context, calendar, date, label })));
  }
}

function headAnswer({ id, zone, weekend, coveredYears, closuresStanding }: CalendarHead) {
  return { id, zone, weekend: [...weekend], coveredYears: { ...coveredYears }, closuresStanding };
}
