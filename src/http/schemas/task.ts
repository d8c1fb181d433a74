import { z } from 'zod';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { FACTS_MAX, reportedFactsSchema, reportedValueSchema } from './fact.js';
import { nutsCodeSchema, schemeIdSchema, uuidSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dayAnswerSchema, evidenceSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

const TASK_STATUSES = ['open', 'claimed', 'parked', 'done', 'cancelled', 'skipped'] as const;
const TASK_KINDS = [
  'sub-step',
  'provide-facts',
  'conditional-action',
  'standing-rule',
  'consultation',
] as const;
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

/** Most people that one task can name. */
const PEOPLE_MAX = 50;

const LOUD = /\S/;

export const taskQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  region: nutsCodeSchema
    .optional()
    .meta({ description: 'Tasks of its cycle, and those that its people act on for another region' }),
  cycle: uuidSchema.optional(),
  status: z.enum(TASK_STATUSES).optional(),
  kind: z.enum(TASK_KINDS).optional(),
  priority: z.enum(PRIORITIES).optional(),
  assignee: nameSchema.optional().meta({ description: 'Account id; `me`: your own' }),
  overdue: z
    .preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean())
    .default(false)
    .meta({ description: 'Only those that still wait although their due day has passed' }),
});

const extensionSchema = z
  .strictObject({
    until: dayAnswerSchema,
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: instantAnswerSchema,
    state: z.enum(['requested', 'granted', 'refused']),
    decidedBy: z.string().nullable(),
    decidedAt: instantAnswerSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'TaskExtension' });

export const taskSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    region: z.string().meta({ description: 'Whose cycle it belongs to' }),
    actingRegion: z.string().meta({ description: 'Whose people act; another one for a consultation' }),
    cycle: z.string(),
    cycleNumber: z.int(),
    stage: z.string(),
    kind: z.enum(TASK_KINDS),
    reference: z.string().meta({ description: 'Sub-step, gate and owner, or rule that it is about' }),
    label: z.string(),
    evidence: z.string().nullable().meta({ description: 'What shows that it is done' }),
    owner: z.enum(STAKEHOLDER_ROLES),
    candidateRoles: z
      .array(z.enum(STAKEHOLDER_ROLES))
      .meta({ description: 'Who may take it, the owner first' }),
    candidatePeople: z
      .array(z.string())
      .meta({ description: 'Accounts that may take it whatever their role' }),
    facts: z.array(z.strictObject({ fact: z.string(), label: z.string() })),
    priority: z.enum(PRIORITIES),
    dueOn: dayAnswerSchema.nullable(),
    target: z
      .union([z.strictObject({ workingDays: z.int() }), z.strictObject({ calendarDays: z.int() })])
      .nullable()
      .meta({ description: 'From the day it was opened, where people act; the due day was counted by it' }),
    whenSuspended: z.enum(['keep', 'freeze', 'restart']),
    extension: extensionSchema.nullable(),
    status: z.enum(TASK_STATUSES),
    assignee: z.string().nullable(),
    delegatedBy: z.string().nullable().meta({ description: 'Who gets it when it is handed back' }),
    note: z.string().nullable(),
    evidenceGiven: z.string().nullable().meta({ description: 'Where the document lies that shows it' }),
    openedAt: instantAnswerSchema,
    endedAt: instantAnswerSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Task' });

export const taskPageSchema = pageSchema('TaskPage', taskSchema);

export const taskCompletionSchema = z
  .strictObject({
    facts: reportedFactsSchema.default([]),
    values: z
      .record(nameSchema, reportedValueSchema)
      .refine((values) => Object.keys(values).length <= FACTS_MAX, { error: `at most ${FACTS_MAX} facts` })
      .default({})
      .meta({
        description: 'Facts by name, as the form of the task asks for them; beside or instead of `facts`',
      }),
    note: noteSchema.nullish(),
    evidence: evidenceSchema.min(1).nullish().meta({ description: 'Where the document lies that shows it' }),
  })
  .meta({ id: 'TaskCompletion' });

export const taskDelegationSchema = z
  .strictObject({
    to: nameSchema.meta({ description: 'Account id of somebody who could do it' }),
    note: noteSchema.nullish(),
  })
  .meta({ id: 'TaskDelegation' });

export const taskReassignmentSchema = z
  .strictObject({
    to: nameSchema.meta({ description: 'Account id of somebody who could do it' }),
    reason: noteSchema.min(1).regex(LOUD, 'more than blanks'),
  })
  .meta({ id: 'TaskReassignment' });

export const taskCandidatesSchema = z
  .strictObject({
    people: z.array(nameSchema).max(PEOPLE_MAX).meta({ description: 'Account ids; instead of those before' }),
  })
  .meta({ id: 'TaskCandidates' });

export const newTaskCommentSchema = z
  .strictObject({ text: noteSchema.min(1).regex(LOUD, 'more than blanks') })
  .meta({ id: 'NewTaskComment' });

export const taskCommentSchema = z
  .strictObject({
    id: z.string(),
    task: z.string(),
    by: z.strictObject({ id: z.string(), name: z.string() }),
    text: z.string(),
    at: instantAnswerSchema,
  })
  .meta({ id: 'TaskComment' });

export const taskCommentPageSchema = pageSchema('TaskCommentPage', taskCommentSchema);

export const taskFormSchema = z
  .looseObject({
    title: z.string(),
    type: z.literal('object'),
    properties: z.record(z.string(), z.unknown()),
    required: z.array(z.string()),
  })
  .meta({ id: 'TaskForm', description: 'A JSON Schema, draft 2020-12: what it admits completes the task' });
