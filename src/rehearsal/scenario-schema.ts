import { z } from 'zod';
import { DATE_PRECISIONS } from '../core/calendar/date-span.js';
import { factNameSchema } from '../core/facts/fact-catalogue.js';
import { nutsSchema } from '../core/sync/barrier-rule.js';
import { jointStepSchema } from './joint-step-schema.js';

const textSchema = z.string().trim().min(1).max(1_000);
const eventIdSchema = z.string().regex(/^EV\d{3}$/);
const stateIdSchema = z.string().regex(/^[a-z]+(_[a-z]+)*$/);

/**
 * How exactly the day of a real event is known: the precisions of a fact's date, and `before` for an event of
 * which only an upper bound is known. A month or a year carries any day of it.
 */
const eventPrecisionSchema = z.enum([...DATE_PRECISIONS, 'before']);

/** Something that happened, with the page that says so. */
const eventSchema = z.strictObject({
  id: eventIdSchema,
  date: z.iso.date(),
  precision: eventPrecisionSchema,
  /** A region of the scheme, `all` of them, or the country whose programmes it concerns. */
  region: z.union([z.literal('all'), nutsSchema, z.string().regex(/^[A-Z]{2}$/)]),
  type: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: textSchema.max(200),
  /** The stage to which we count it; the project did not label its events. */
  stage: stateIdSchema,
  source: z.url(),
  /** `baseline`: before the scheme; `project`; `context`: happened around it; `follow-up`: came of it. */
  origin: z.enum(['baseline', 'project', 'context', 'follow-up']),
  note: textSchema.optional(),
});

const valueSchema = z.union([z.boolean(), z.number(), z.string().min(1)]);
const precisionSchema = z.enum(DATE_PRECISIONS);

/** A fact that follows from an event (by its id) or from a page (by its address). */
const sourcedSchema = z.strictObject({
  value: valueSchema,
  precision: precisionSchema.optional(),
  origin: z.literal('sourced'),
  source: z.union([eventIdSchema, z.url()]),
  note: textSchema.optional(),
});

/** A fact that nobody has published: made up so that the rehearsal can go on. */
const assumedSchema = z.strictObject({
  value: valueSchema,
  precision: precisionSchema.optional(),
  origin: z.literal('assumed'),
  note: textSchema.optional(),
});

const scenarioFactSchema = z.discriminatedUnion('origin', [sourcedSchema, assumedSchema]);
const factsSchema = z.record(factNameSchema, scenarioFactSchema);

const step = {
  on: z.iso.date(),
  /** On the clocks of the region, 24 hours; `10:00` when not given. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('10:00'),
  /** The event that this step enters into Cordata; absent for a step that is assumed. */
  event: eventIdSchema.optional(),
  region: z.union([z.literal('all'), nutsSchema, z.array(nutsSchema).min(1)]),
  /** The role that acts: each region's own authority, the coordinator, or one of the administrators. */
  by: z.enum(['authority', 'coordinator', 'administrator']),
  note: textSchema.optional(),
};

/** What a move must come to; anything else ends the rehearsal, because the story would no longer be true. */
const expectSchema = z.enum(['pass', 'conditional', 'waived', 'moved', 'refused']);

const moveSchema = (verb: 'send-back' | 'suspend' | 'resume' | 'withdraw' | 'close') =>
  z.strictObject({ ...step, do: z.literal(verb), expect: expectSchema });

const stepSchema = z.discriminatedUnion('do', [
  z.strictObject({ ...step, do: z.literal('record-facts'), facts: factsSchema }),
  z.strictObject({
    ...step,
    do: z.literal('complete-tasks'),
    /** Sub-steps of the stage in which the region stands. */
    tasks: z.array(z.string().regex(/^[A-Z]{1,2}\d{1,2}[a-z]?$/)).min(1),
    /** Recorded with the first of the tasks. */
    facts: factsSchema.optional(),
  }),
  z.strictObject({ ...step, do: z.literal('advance'), to: stateIdSchema.optional(), expect: expectSchema }),
  moveSchema('send-back'),
  moveSchema('suspend'),
  moveSchema('resume'),
  moveSchema('withdraw'),
  moveSchema('close'),
  z.strictObject({
    ...step,
    do: z.literal('waive'),
    rule: z.string().regex(/^R\d{2}[a-z]?$/),
    reason: textSchema,
    /** Account id of the second person. */
    secondedBy: z.string().min(1),
    endsOn: z.iso.date(),
  }),
]);

/** File format of `config/scenarios/<scheme>.json`: what happened, and what it means in Cordata, in order. */
export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  scheme: z.string().min(1),
  title: textSchema,
  source: textSchema,
  /** The simulated clock begins on the first and ends with the last day. */
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  /** The event with which the scheme opens. */
  openedBy: eventIdSchema,
  events: z.array(eventSchema),
  steps: z.array(stepSchema),
  /** What regions do together, in an order of its own; of the same moment as a step of one region it comes later. */
  jointSteps: z.array(jointStepSchema).default([]),
});

export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;
export type ScenarioEvent = Scenario['events'][number];
export type ScenarioStep = Scenario['steps'][number];
export type ScenarioFact = z.infer<typeof scenarioFactSchema>;
