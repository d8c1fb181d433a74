import { z } from 'zod';
import { nutsSchema } from '../../core/sync/barrier-rule.js';

/** Id of a cycle, task, notice or effect. */
export const uuidSchema = z
  .guid()
  .meta({ format: 'uuid', examples: ['01890a5d-ac96-774b-bcce-b302099a8057'] });

export const schemeIdSchema = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens')
  .meta({ examples: ['s3-4alpclusters'] });

export const syncPointIdSchema = z
  .string()
  .max(100)
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'upper-case letters, digits and single hyphens')
  .meta({ examples: ['SP-EDW'] });

/** Whether the region exists is for the engine to say. */
export const nutsCodeSchema = nutsSchema.meta({ examples: ['DE1'], description: 'NUTS code' });

export const stageSchema = z
  .string()
  .max(100)
  .regex(/^[a-z]+(_[a-z]+)*$/, 'lower-case words joined by underscores')
  .meta({ examples: ['agenda_setting'] });

/** Of a definition, from 1. */
export const versionSchema = wholeNumber(z.int().min(1).max(1_000_000));

/** A whole number in a query or path, where everything is text: digits and nothing else. */
export function wholeNumber<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
    schema,
  );
}
