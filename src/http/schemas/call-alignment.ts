import { z } from 'zod';
import { dayAnswerSchema } from './texts.js';

const rangeSchema = z.strictObject({ from: dayAnswerSchema, to: dayAnswerSchema });

const constraintSchema = z
  .strictObject({
    name: z.string().meta({ examples: ['AT31/blackout/summer'] }),
    region: z.string().nullable(),
    kind: z.string(),
  })
  .meta({ id: 'CallConstraint' });

const moveSchema = z.strictObject({
  name: z.string(),
  region: z.string().nullable(),
  kind: z.string(),
  days: z.int().meta({ description: 'Negative: fewer or earlier' }),
});

const boundSchema = z.strictObject({
  step: z.enum(['opening', 'deadline', 'ranking', 'decision', 'start']),
  region: z.string().nullable(),
  end: z.enum(['earliest', 'latest']),
  on: dayAnswerSchema,
  binding: z.array(z.strictObject({ constraints: z.array(constraintSchema), wouldBe: dayAnswerSchema })),
});

export const callAlignmentSchema = z
  .strictObject({
    scheme: z.string(),
    call: z.string(),
    from: dayAnswerSchema,
    to: dayAnswerSchema,
    regions: z.array(z.string()),
    result: z.enum(['feasible', 'moves', 'none', 'undecided']).meta({
      description: '`moves`: there are no dates, but these moves make some, and no smaller set does',
    }),
    reason: z.enum(['locked', 'exhausted']).nullable(),
    windows: z
      .strictObject({
        opening: z.array(z.strictObject({ ...rangeSchema.shape, earliestStartOn: dayAnswerSchema })),
        deadline: z.array(rangeSchema),
        ranking: z.array(rangeSchema),
        start: z.array(rangeSchema),
        decisions: z.array(z.strictObject({ region: z.string(), ranges: z.array(rangeSchema) })),
      })
      .nullable(),
    earliest: z
      .strictObject({
        textFinalOn: dayAnswerSchema,
        opensOn: dayAnswerSchema,
        closesOn: dayAnswerSchema,
        rankedOn: dayAnswerSchema,
        startsOn: dayAnswerSchema,
        regions: z.array(
          z.strictObject({
            region: z.string(),
            localClosesOn: dayAnswerSchema,
            decidesOn: dayAnswerSchema,
          }),
        ),
      })
      .nullable(),
    bounds: z.array(boundSchema).meta({ description: 'Both ends of every step, and what binds them' }),
    moves: z.array(moveSchema).nullable(),
    cost: z.int().nullable().meta({ description: 'Days, each times what a day of its constraint counts' }),
    conflict: z
      .array(constraintSchema)
      .meta({ description: 'Constraints that exclude each other; without any of them the others would not' }),
  })
  .meta({ id: 'CallAlignment' });
