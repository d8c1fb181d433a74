import { z } from 'zod';
import { delaySchema } from '../calendar/delay.js';
import { factNameSchema } from '../facts/fact-catalogue.js';
import { cycleSubjectSchema } from '../terms/cycle-subject.js';
import { labelsSchema } from '../terms/language.js';
import { stakeholderRoleSchema } from '../terms/role.js';

/** Where a region works: the stages of its workflow are these four. Those of an activity or a call are its own. */
export const STAGES = ['agenda_setting', 'strategy_development', 'implementation', 'review'] as const;

const stateIdSchema = z.string().regex(/^[a-z]+(_[a-z]+)*$/);

/** Who is told: every account that answers for one of these, in this cycle's region or the whole scheme. */
const audienceSchema = z.array(z.enum(['coordinator', 'authority', 'administrator', 'auditor'])).min(1);

/**
 * What a transition may cause, a closed set. A workflow that names another effect does not load.
 * `notify` and `leave-sync-points` leave the transaction through the outbox; tasks are rows in it. What is joint places
 * its own sync points, once, and cancels those that are still shut when it leaves them.
 */
export const effectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open-tasks') }),
  z.strictObject({ type: z.literal('close-tasks') }),
  z.strictObject({ type: z.literal('notify'), template: z.string().min(1), audience: audienceSchema }),
  z.strictObject({ type: z.literal('leave-sync-points') }),
  z.strictObject({ type: z.literal('place-sync-points') }),
]);

/** The wishes that a cycle understands. `suspend` and `resume` exist in every stage. */
export const CYCLE_EVENTS = ['advance', 'send-back', 'suspend', 'resume', 'withdraw', 'close'] as const;

export type CycleEvent = (typeof CYCLE_EVENTS)[number];

const timerIdSchema = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

/** The step that a timer of a stage takes by itself; no person can ask for it. */
export type TimerEvent = `timer:${string}`;

/** Everything that moves a cycle: what people may ask for, and timers. */
export type StepEvent = CycleEvent | TimerEvent;

/** A step as logs and decisions name it. */
export const stepEventSchema = z.union([z.enum(CYCLE_EVENTS), z.templateLiteral(['timer:', timerIdSchema])]);

/** What becomes of a date while the cycle rests: it stays, what is left of it is kept, or it is counted anew. */
const suspensionPolicySchema = z.enum(['keep', 'freeze', 'restart']);

/** Most timers of one stage. */
export const STAGE_TIMERS_MAX = 20;

const transitionSchema = z.strictObject({
  to: stateIdSchema,
  /** The gate of the rulebook that must open; absent where the step needs only a person's decision. */
  gate: z.string().min(1).optional(),
  /** True where the step begins the region's next cycle: the number goes up by one. */
  startsNextCycle: z.boolean().optional(),
  effects: z.array(effectSchema).default([]),
});

const timerSchema = z.strictObject({
  id: timerIdSchema,
  labels: labelsSchema.optional(),
  /** From the entry into the stage, in the calendar and the zone of the region. */
  delay: delaySchema,
  whenSuspended: suspensionPolicySchema.default('keep'),
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the file format, never a function, so nothing awaits it
  then: z.strictObject({
    /** Absent: the cycle stays, and the effects are all. */
    to: stateIdSchema.optional(),
    /** Must open, or the step is refused; the timer does not ask twice. */
    gate: z.string().min(1).optional(),
    startsNextCycle: z.boolean().optional(),
    effects: z.array(effectSchema).default([]),
  }),
});

const taskSchema = z.strictObject({
  /** Of a region as in the procedure of the domain guide: A1 to V6. */
  id: z.string().regex(/^[A-Z]{1,2}\d{1,2}$/),
  labels: labelsSchema,
  owner: stakeholderRoleSchema,
  /** Others who take part; they are shown, the owner answers. */
  helpers: z.array(stakeholderRoleSchema).default([]),
  /** The document or record that shows that the step is done. */
  evidence: labelsSchema,
  /** Due so long after the stage was entered, in the region's calendar; null: open or standing. */
  target: z
    .union([
      z.strictObject({ workingDays: z.int().positive() }),
      z.strictObject({ calendarDays: z.int().positive() }),
    ])
    .nullable(),
  /** The facts that this step produces; the form of the task asks for them. */
  facts: z.array(factNameSchema),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  whenSuspended: suspensionPolicySchema.default('freeze'),
  /** Whether it is done only with the place of its document. */
  evidenceRequired: z.boolean().default(false),
});

const eventsSchema = z.partialRecord(
  z.enum(['advance', 'send-back', 'withdraw', 'close']),
  z.array(transitionSchema).min(1),
);

const stateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('draft'),
    labels: labelsSchema,
    events: eventsSchema,
  }),
  z.strictObject({
    kind: z.literal('stage'),
    labels: labelsSchema,
    tasks: z.array(taskSchema),
    /** What happens by itself after a time in the stage. */
    timers: z.array(timerSchema).max(STAGE_TIMERS_MAX).default([]),
    onEntry: z.array(effectSchema).default([]),
    onExit: z.array(effectSchema).default([]),
    onSuspend: z.array(effectSchema).default([]),
    onResume: z.array(effectSchema).default([]),
    events: eventsSchema,
  }),
  z.strictObject({
    kind: z.literal('final'),
    labels: labelsSchema,
    /** What a cycle's status reads once it is here. */
    status: z.enum(['withdrawn', 'closed']),
  }),
]);

const milestoneSchema = z.strictObject({
  labels: labelsSchema,
  /** Reached when the fact is first recorded in a cycle, or when the state is entered. */
  reachedBy: z.union([z.strictObject({ fact: factNameSchema }), z.strictObject({ entering: stateIdSchema })]),
});

/** File format of `workflows/<id>/<version>.json`. */
export const workflowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.int().positive(),
  labels: labelsSchema,
  /** Of what its cycles are the run. */
  subject: cycleSubjectSchema.default('region'),
  source: z.string().min(1),
  initial: stateIdSchema,
  states: z.record(stateIdSchema, stateSchema),
  milestones: z.record(z.string().regex(/^[a-z]+(-[a-z]+)*$/), milestoneSchema),
});

export type WorkflowDefinition = Readonly<z.infer<typeof workflowSchema>>;
export type StateDefinition = WorkflowDefinition['states'][string];
export type MilestoneDefinition = Readonly<z.infer<typeof milestoneSchema>>;
export type TransitionDefinition = Readonly<z.infer<typeof transitionSchema>>;
export type TaskDefinition = Readonly<z.infer<typeof taskSchema>>;
export type TimerDefinition = Readonly<z.infer<typeof timerSchema>>;
export type EffectDefinition = Readonly<z.infer<typeof effectSchema>>;
