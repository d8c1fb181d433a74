import { fromDayNumber, parseCalendarDate, toDayNumber, type CalendarDate } from './calendar-date.js';
import { firstDayOfMonth, lastDayOfMonth } from './calendar-months.js';
import { DomainError } from '../terms/domain-error.js';

/** How exactly a date is known, from exact to vague. */
export const DATE_PRECISIONS = ['day', 'month', 'year', 'approximate'] as const;

export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/** The days between which something happened, both included; `earliest` is never after `latest`. */
export interface DateSpan {
  readonly earliest: CalendarDate;
  readonly latest: CalendarDate;
}

/** How far an approximate date may lie from the true one, in calendar days to either side. A proposal. */
export const APPROXIMATE_DAYS = 15;

/**
 * Every day that a date of this precision may stand for. Of a date known to the month or the year, the part
 * that is not known is ignored, whatever it says.
 *
 * | precision     | 2017-03-20 stands for                        |
 * |---------------|----------------------------------------------|
 * | `day`         | 2017-03-20                                   |
 * | `month`       | 2017-03-01 to 2017-03-31                     |
 * | `year`        | 2017-01-01 to 2017-12-31                     |
 * | `approximate` | 2017-03-05 to 2017-04-04 (`APPROXIMATE_DAYS`) |
 *
 * @throws DomainError `calendar.out-of-range` if an approximate date reaches beyond the calendar's years
 */
export function dateSpan(date: CalendarDate, precision: DatePrecision): DateSpan {
  switch (precision) {
    case 'day':
      return { earliest: date, latest: date };
    case 'month':
      return { earliest: firstDayOfMonth(date), latest: lastDayOfMonth(date) };
    case 'year':
      return { earliest: inYearOf(date, '01-01'), latest: inYearOf(date, '12-31') };
    case 'approximate': {
      const day = toDayNumber(date);
      return {
        earliest: fromDayNumber(day - APPROXIMATE_DAYS),
        latest: fromDayNumber(day + APPROXIMATE_DAYS),
      };
    }
  }
}

function inYearOf(date: CalendarDate, monthAndDay: string): CalendarDate {
  const found = parseCalendarDate(`${date.slice(0, 4)}-${monthAndDay}`);
  if (found === null) throw new DomainError('calendar.out-of-range', { date });
  return found;
}
