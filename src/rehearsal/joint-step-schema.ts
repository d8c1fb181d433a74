import { z } from 'zod';
import { nutsSchema } from '../core/sync/barrier-rule.js';

const textSchema = z.string().trim().min(1).max(1_000);
const keySchema = z.string().regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/);
const stateIdSchema = z.string().regex(/^[a-z]+(_[a-z]+)*$/);
const daySchema = z.iso.date();
const amountSchema = z.string().regex(/^\d+(\.\d{2})?$/);
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const momentSchema = z.strictObject({ on: daySchema, time: timeSchema });

/** Regions that act one after the other; `all` are those of the activity or the call. */
const regionsSchema = z.union([z.literal('all'), z.array(nutsSchema).min(1)]);

const step = {
  on: daySchema,
  /** On the clocks of the scheme's first region. */
  time: timeSchema.default('11:00'),
  /** The event that this step enters into Cordata; absent for a step that is assumed. */
  event: z
    .string()
    .regex(/^EV\d{3}$/)
    .optional(),
  note: textSchema.optional(),
};

const ofKey = { ...step, key: keySchema };

const scoreSchema = z.int().min(1).max(5);

const activitySteps = [
  z.strictObject({ ...step, do: z.literal('find-activities') }),
  z.strictObject({
    ...ofKey,
    do: z.literal('propose-activity'),
    theme: stateIdSchema,
    linkedProjects: z.array(textSchema),
    driver: z.strictObject({ cluster: textSchema, region: nutsSchema }).nullable(),
  }),
  z.strictObject({
    ...ofKey,
    do: z.literal('score-activity'),
    capacity: scoreSchema,
    opportunity: scoreSchema,
    relatedness: scoreSchema,
  }),
  z.strictObject({ ...ofKey, do: z.literal('confirm-activity'), regions: regionsSchema }),
  z.strictObject({ ...ofKey, do: z.literal('advance-activity'), to: stateIdSchema.optional() }),
] as const;

/** What a region says for itself; what several say alike stands in one step. */
const partSchema = z.strictObject({
  annexUrl: z.url(),
  own: amountSchema,
  currency: z.enum(['EUR', 'CHF']),
  localCloses: momentSchema.nullable(),
  /** Partners that are small or medium-sized enterprises, from the region: at least. */
  smesMin: z.int().positive(),
});

const callSteps = [
  z.strictObject({
    ...ofKey,
    do: z.literal('propose-call'),
    title: textSchema,
    theme: stateIdSchema,
    activities: z.array(keySchema),
    lead: nutsSchema,
  }),
  z.strictObject({ ...ofKey, do: z.literal('agree-theme') }),
  z.strictObject({
    ...ofKey,
    do: z.literal('set-dates'),
    textFinalOn: daySchema,
    opens: momentSchema,
    closes: momentSchema,
    /** What one franc was worth in euro, and when. */
    rate: z.strictObject({ rate: z.string(), on: daySchema }),
    evaluationDays: z.int().positive(),
    /** The last day on which the projects may start. */
    lastDay: daySchema,
  }),
  z.strictObject({
    ...ofKey,
    do: z.literal('set-parts'),
    regions: z.array(nutsSchema).min(1),
    part: partSchema,
  }),
  z.strictObject({ ...ofKey, do: z.literal('align-call') }),
  /** `refused`: its gate does not open, and the call stays. */
  z.strictObject({
    ...ofKey,
    do: z.literal('advance-call'),
    expect: z.enum(['pass', 'refused']).default('pass'),
  }),
] as const;

const proposalSteps = [
  z.strictObject({
    ...ofKey,
    do: z.literal('submit-proposal'),
    title: textSchema,
    acronym: z.string().min(1).max(20),
    partners: z
      .array(
        z.strictObject({
          organisation: textSchema,
          region: nutsSchema,
          kind: z.enum(['sme', 'large', 'research', 'public', 'civil', 'cluster']),
          requested: amountSchema,
        }),
      )
      .min(1),
    /** `too-late`: a region among its partners has closed already. */
    expect: z.enum(['taken', 'too-late']).default('taken'),
  }),
  z.strictObject({ ...ofKey, do: z.literal('check-eligibility') }),
  z.strictObject({
    ...ofKey,
    do: z.literal('review-proposals'),
    /** By acronym: three scores for each expert, of excellence, impact and implementation. */
    scores: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number()])).min(1)),
  }),
  z.strictObject({ ...ofKey, do: z.literal('close-evaluation'), regions: regionsSchema }),
  z.strictObject({ ...ofKey, do: z.literal('approve-ranking'), reference: textSchema }),
  z.strictObject({ ...ofKey, do: z.literal('record-decisions'), regions: z.array(nutsSchema).min(1) }),
  z.strictObject({ ...ofKey, do: z.literal('set-common-start'), startOn: daySchema }),
] as const;

/** Looks ahead to every sync point from where the scheme stands. */
const forecastStep = z.strictObject({ ...step, do: z.literal('forecast') });

/** A step that no region takes alone: on an activity, a call, or the scheme as a whole. */
export const jointStepSchema = z.discriminatedUnion('do', [
  ...activitySteps,
  ...callSteps,
  ...proposalSteps,
  forecastStep,
]);

export type JointStep = Readonly<z.infer<typeof jointStepSchema>>;

/** A joint step of one of these kinds. */
export type JointStepOf<Kind extends JointStep['do']> = Extract<JointStep, { readonly do: Kind }>;

export type ActivityStep = Readonly<z.infer<(typeof activitySteps)[number]>>;
export type CallStep = Readonly<z.infer<(typeof callSteps)[number]>>;
export type ProposalStep = Readonly<z.infer<(typeof proposalSteps)[number]>>;
