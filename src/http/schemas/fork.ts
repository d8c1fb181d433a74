import { z } from 'zod';
import { DATE_PRECISIONS } from '../../core/calendar/date-span.js';
import { CYCLE_EVENTS } from '../../core/machines/workflow-schema.js';
import { FORK_HYPOTHESES_MAX, type ForkWish } from '../../engine/forks/fork-wish.js';
import { reportedValueSchema } from './fact.js';
import { nutsCodeSchema, stageSchema, syncPointIdSchema, uuidSchema } from './ids.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, instantSchema, nameSchema } from './texts.js';

const subjectShape = {
  region: nutsCodeSchema.optional().meta({ description: 'Its living cycle is meant' }),
  cycle: uuidSchema.optional().meta({ description: 'Instead of a region: of an activity or a call' }),
};

const namesOne = [
  ({ region, cycle }: { region?: string | undefined; cycle?: string | undefined }) =>
    (region === undefined) !== (cycle === undefined),
  { params: { code: 'fork.subject-unclear' }, error: 'name a region or a cycle, and not both' },
] as const;

const factSchema = z
  .strictObject({
    ...subjectShape,
    fact: nameSchema,
    value: reportedValueSchema,
    precision: z.enum(DATE_PRECISIONS).nullable().optional(),
    on: dateSchema,
  })
  .refine(...namesOne)
  .meta({ id: 'HypotheticalFact' });

const eventSchema = z
  .strictObject({
    ...subjectShape,
    type: z.enum(CYCLE_EVENTS),
    to: stageSchema.nullable().optional(),
    on: dateSchema,
  })
  .refine(...namesOne)
  .meta({ id: 'HypotheticalEvent' });

const deadlineSchema = z
  .strictObject({
    syncPoint: syncPointIdSchema,
    on: dateSchema.nullable().meta({ description: 'From the beginning of the fork; null: none' }),
  })
  .meta({ id: 'HypotheticalDeadline' });

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(FORK_HYPOTHESES_MAX).default([]);

/** What is different in a fork; the last day comes beside it on the command line. */
export const hypothesesSchema = z.strictObject({
  at: instantSchema.nullable().optional().meta({ description: 'Where it branches off; absent: now' }),
  pace: z.enum(['gates', 'medians']).default('gates').meta({
    description:
      '`gates`: only known facts, hypotheses and time open a gate. `medians`: where one is shut on the day in the middle of what the forecast sees, the smallest set of facts that opens it is assumed',
  }),
  facts: list(factSchema),
  events: list(eventSchema),
  deadlines: list(deadlineSchema),
  draft: uuidSchema.nullable().optional().meta({ description: 'A draft of a rulebook to go by' }),
  keep: z.boolean().default(false).meta({ description: 'Whether its schemas stay for a day' }),
});

export const forkWishSchema = hypothesesSchema
  .extend({ until: dateSchema.meta({ description: 'The last day that is played' }) })
  .meta({ id: 'ForkWish' });

const gateSchema = z.strictObject({
  gate: z.string(),
  to: z.string(),
  verdict: z.enum(['pass', 'conditional', 'waived', 'fail', 'unknown']),
  failing: z.array(z.string()),
  missing: z.array(z.strictObject({ fact: z.string(), owner: z.string(), reason: z.string() })),
});

const cycleRunSchema = z.strictObject({
  cycle: z.string(),
  region: z.string(),
  subject: z.string(),
  stage: z.string(),
  status: z.string(),
  entered: z.array(z.strictObject({ stage: z.string(), on: dayAnswerSchema })),
  milestones: z.array(z.strictObject({ milestone: z.string(), on: dayAnswerSchema })),
  gate: gateSchema.nullable().meta({ description: 'What stands before the next step at the end' }),
});

const runSchema = z
  .strictObject({
    cycles: z.array(cycleRunSchema),
    syncPoints: z.array(
      z.strictObject({
        syncPoint: z.string(),
        releasedOn: dayAnswerSchema.nullable(),
        arrived: z.array(z.string()),
        missing: z.array(z.string()),
      }),
    ),
    steps: z.array(
      z.strictObject({
        on: dayAnswerSchema,
        region: z.string(),
        cycle: z.string(),
        cause: z.enum(['hypothesis', 'gate', 'pace']),
        what: z.string().meta({ description: '`facts`, or the event that was wished' }),
        facts: z.array(z.string()),
        to: z.string().nullable(),
        outcome: z.enum(['done', 'refused']),
        code: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ForkRun' });

export const forkSchema = z
  .strictObject({
    scheme: z.string(),
    at: instantAnswerSchema,
    from: dayAnswerSchema,
    until: dayAnswerSchema,
    pace: z.enum(['gates', 'medians']),
    draft: z.string().nullable(),
    differences: z.array(
      z.strictObject({
        kind: z.enum(['sync-point', 'stage', 'milestone', 'end']),
        subject: z.string(),
        region: z.string().nullable(),
        name: z.string(),
        base: dayAnswerSchema.nullable(),
        fork: dayAnswerSchema.nullable(),
        daysLater: z.int().nullable().meta({ description: 'In the fork; negative: earlier' }),
      }),
    ),
    limits: z.array(z.enum(['joint-records.as-they-stand'])),
    kept: z
      .strictObject({ base: z.string(), fork: z.string(), until: instantAnswerSchema })
      .nullable()
      .meta({ description: 'The schemas of both runs in the database; null: they are gone' }),
    base: runSchema,
    fork: runSchema,
  })
  .meta({ id: 'Fork' });

/** The body of a request, as the engine wants it. */
export function forkWishFrom(scheme: string, body: z.output<typeof forkWishSchema>): ForkWish {
  const { at = null, draft = null, until, pace, facts, events, deadlines, keep } = body;
  return {
    scheme,
    at,
    until,
    pace,
    draft,
    keep,
    deadlines,
    facts: facts.map(({ fact, value, precision = null, on, ...of }) => ({
      of: subjectFrom(of),
      fact,
      value,
      precision,
      on,
    })),
    events: events.map(({ type, to = null, on, ...of }) => ({
      of: subjectFrom(of),
      type,
      to,
      on,
    })),
  };
}

function subjectFrom({
  region,
  cycle,
}: {
  readonly region?: string | undefined;
  readonly cycle?: string | undefined;
}): ForkWish['facts'][number]['of'] {
  return region === undefined ? { cycle: cycle ?? '' } : { region };
}
