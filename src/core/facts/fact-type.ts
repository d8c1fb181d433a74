import { z } from 'zod';

/** Longest text that a text fact may carry, in UTF-16 units. */
export const TEXT_LENGTH_MAX = 500;

const unitSchema = z.string().trim().min(1).max(40);

/**
 * What a fact can be. Numbers have a closed range and a unit, so that a gate can be proved open or shut;
 * dates carry a precision with each value; an enumeration lists its words.
 */
export const factTypeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('boolean') }),
  z.strictObject({ kind: z.literal('integer'), min: z.int(), max: z.int(), unit: unitSchema }),
  z.strictObject({ kind: z.literal('decimal'), min: z.number(), max: z.number(), unit: unitSchema }),
  z.strictObject({ kind: z.literal('date') }),
  z.strictObject({ kind: z.literal('enum'), values: z.array(z.string().min(1)).min(2) }),
  z.strictObject({ kind: z.literal('text') }),
]);

export type FactType = Readonly<z.infer<typeof factTypeSchema>>;
