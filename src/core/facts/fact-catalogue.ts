import { z } from 'zod';
import { labelsSchema } from '../terms/language.js';
import { stakeholderRoleSchema } from '../terms/role.js';
import { factTypeSchema } from './fact-type.js';

/**
 * Fact names are two or more words joined by dots. Names of functions in conditions have no dot, so the two
 * can never be mixed up, nor can `__proto__` or `constructor` be a fact.
 */
export const factNameSchema = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)+$/);

export const factDefinitionSchema = z.strictObject({
  name: factNameSchema,
  type: factTypeSchema,
  /** Who fills it. `engine`: Cordata derives it; nobody can record it. */
  owner: stakeholderRoleSchema,
  /** `cycle`: starts unknown in each new cycle; `region`: stays with the region from cycle to cycle. */
  scope: z.enum(['cycle', 'region']),
  /** Months after which the value is too old to be used (it reads as missing); null: it does not age. */
  staleAfterMonths: z.int().positive().nullable(),
  /** Present on a fact that is the mean of others; such a fact is never recorded. */
  meanOf: z.array(factNameSchema).min(2).optional(),
  /** Present on what Cordata counts in the record of an activity or a call, and records whenever that changes. */
  counted: z.literal(true).optional(),
  labels: labelsSchema,
});

/** File format of `rules/facts/<version>.json`. */
export const factCatalogueSchema = z.strictObject({
  id: z.literal('facts'),
  version: z.int().positive(),
  source: z.string().min(1),
  facts: z.array(factDefinitionSchema).min(1),
});

export type FactDefinition = Readonly<z.infer<typeof factDefinitionSchema>>;

/** Every fact by its name, in the order of the file. */
export type FactCatalogue = ReadonlyMap<string, FactDefinition>;
