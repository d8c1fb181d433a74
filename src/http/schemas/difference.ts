import { z } from 'zod';
import { pinnedDefinitionSchema } from './definition.js';
import { versionSchema } from './ids.js';
import { rulebookIdSchema } from './rulebook.js';
import { dayAnswerSchema } from './texts.js';

export const differenceQuerySchema = z.strictObject({
  id: rulebookIdSchema.optional(),
  against: versionSchema
    .optional()
    .meta({ description: 'The version to compare with; absent: the one before' }),
});

const scalarSchema = z.union([z.boolean(), z.number(), z.string()]);

const regionSchema = z
  .strictObject({
    conditions: z
      .array(
        z.strictObject({ fact: z.string(), label: z.string(), operator: z.string(), value: z.unknown() }),
      )
      .meta({ description: 'All of them hold in the region; none can be left out' }),
    besides: z
      .array(z.string())
      .meta({ description: 'Of a gate, the unchanged rules that must let it open as well' }),
    witness: z
      .strictObject({
        today: dayAnswerSchema,
        facts: z.array(
          z.strictObject({ fact: z.string(), value: scalarSchema, precision: z.string().nullable() }),
        ),
      })
      .meta({ description: 'Facts in the region, of which both versions were asked' }),
  })
  .meta({ id: 'FactRegion' });

const changeSchema = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    state: z.enum(['equal', 'changed', 'added', 'removed', 'undecided']),
    refused: z.array(regionSchema).meta({ description: 'What passed before and does not now' }),
    admitted: z.array(regionSchema).meta({ description: 'What passes now and did not before' }),
    isCut: z.boolean().meta({ description: 'Whether there are, or may be, more regions than these' }),
  })
  .meta({ id: 'RulebookChange' });

/** What a version decides otherwise, for all facts that there can be. */
export const differenceSchema = z
  .strictObject({
    before: pinnedDefinitionSchema,
    after: pinnedDefinitionSchema,
    gates: z.array(changeSchema),
    rules: z.array(changeSchema),
  })
  .meta({ id: 'RulebookDifference' });
