import { z } from 'zod';
import { wholeNumber } from './ids.js';

/** Items of one page: what a client gets without asking, and the most it can ask for. */
export const PAGE_SIZE_DEFAULT = 50;
export const PAGE_SIZE_MAX = 200;

const CURSOR_LENGTH_MAX = 500;

export const limitSchema = wholeNumber(z.int().min(1).max(PAGE_SIZE_MAX)).default(PAGE_SIZE_DEFAULT);

export const cursorSchema = z.string().min(1).max(CURSOR_LENGTH_MAX);

/** What every list with pages takes. */
export const pageQueryShape = { limit: limitSchema, cursor: cursorSchema.optional() };

export const pageQuerySchema = z.strictObject(pageQueryShape);

export const limitQuerySchema = z.strictObject({ limit: limitSchema });

/** An operation that takes no body accepts an empty object, which some clients send. */
export const noBodySchema = z.strictObject({}).optional();

/** The answer of a list. `nextCursor` is null on the last page. */
export function pageSchema<Item extends z.ZodType>(id: string, item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id });
}
