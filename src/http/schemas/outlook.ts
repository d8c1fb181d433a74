import { z } from 'zod';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { VERDICT_WORDS } from './gate.js';
import { dayAnswerSchema } from './texts.js';

const scalarSchema = z.union([z.boolean(), z.number(), z.string()]);

const boundSchema = z.union([z.number(), z.string()]).nullable();

const exactnessSchema = z
  .strictObject({
    isExact: z.boolean(),
    because: z.array(z.enum(['opaque-comparison', 'search-bound'])),
  })
  .meta({ id: 'Exactness', description: 'Whether the answer is proved, and if not, why not' });

const changeSchema = z
  .strictObject({
    fact: z.string(),
    label: z.string(),
    owner: z.enum(STAKEHOLDER_ROLES),
    from: scalarSchema.nullable().meta({ description: 'What is recorded and counts; null: nothing' }),
    to: scalarSchema.meta({ description: 'The nearest value that works' }),
    works: z
      .union([
        z.strictObject({ atLeast: boundSchema, atMost: boundSchema }),
        z.strictObject({ oneOf: z.array(z.union([z.string(), z.boolean()])) }),
      ])
      .meta({ description: 'All values around it that work if the other changes are made as proposed' }),
  })
  .meta({ id: 'FactChange' });

/** What would have to change so that a gate opens today. */
export const openingSchema = z
  .strictObject({
    gate: z.string(),
    to: z.string(),
    sets: z.array(z.strictObject({ changes: z.array(changeSchema) })).meta({
      description: 'The smallest first; no part of a set opens the gate. One empty set: it is open.',
    }),
    isCut: z.boolean().meta({ description: 'Whether there are more sets than these' }),
    hopeless: z.array(z.string()).meta({ description: 'Rules that only a waiver gets past' }),
    exactness: exactnessSchema,
  })
  .meta({ id: 'GateOpening' });

const factMarginSchema = z.strictObject({
  fact: z.string(),
  label: z.string(),
  owner: z.enum(STAKEHOLDER_ROLES),
  from: scalarSchema.nullable(),
  to: scalarSchema.meta({ description: 'The nearest value with which the gate turns' }),
  distance: z.number().nullable(),
  unit: z.string(),
});

const leafMarginSchema = z.strictObject({
  rule: z.string(),
  pointer: z.string(),
  fact: z.string(),
  label: z.string(),
  result: z.enum(['pass', 'fail', 'unknown']),
  distance: z.number().nullable(),
  unit: z.string(),
  flips: z.enum(['at', 'beyond']),
});

/** How far a gate is from turning. */
export const marginSchema = z
  .strictObject({
    gate: z.string(),
    to: z.string(),
    isOpen: z.boolean(),
    facts: z
      .array(factMarginSchema)
      .meta({ description: 'Facts that turn the gate alone, the nearest first; none: it takes several' }),
    leaves: z.array(leafMarginSchema),
    horizon: z
      .strictObject({
        turnsOn: dayAnswerSchema.nullable(),
        verdict: z.enum(VERDICT_WORDS).nullable(),
        because: z.array(z.string()),
        until: dayAnswerSchema,
      })
      .meta({ description: 'The first day on which it turns if no fact changes; null: not up to `until`' }),
    exactness: exactnessSchema,
  })
  .meta({ id: 'GateMargin' });
