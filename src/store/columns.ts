import { Type, p } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import { instantFromMs, type Instant } from '../core/terms/instant.js';

/** `timestamptz` with milliseconds in the database, an `Instant` text in the program. */
class InstantType extends Type<Instant, string | Date> {
  override convertToDatabaseValue(value: Instant): string {
    return value;
  }

  override convertToJSValue(value: string | Date | null): Instant {
    // The driver hands out null for a nullable column; MikroORM keeps it as it is.
    if (value === null) return value as unknown as Instant;
    return instantFromMs(value instanceof Date ? value.getTime() : Date.parse(value));
  }

  override getColumnType(): string {
    return 'timestamptz(3)';
  }

  override get runtimeType(): string {
    return 'string';
  }
}

/** A column that holds a point in time. */
export const instantColumn = () => p.type(InstantType).$type<Instant>();

/** A column that holds a day without time and zone. */
export const dateColumn = () => p.string().columnType('date').$type<CalendarDate>();

/** A row with every column: MikroORM types one that can be null as one that may be left out as well. */
export type WholeRow<Entity> = {
  readonly [Column in keyof Entity as Column extends string ? Column : never]-?: Exclude<
    Entity[Column],
    undefined
  >;
};
