import { z } from 'zod';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { reportedFactsSchema } from './fact.js';
import { nutsCodeSchema, schemeIdSchema, uuidSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dayAnswerSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

const TASK_STATUSES = ['open', 'claimed', 'parked', 'done', 'cancelled', 'skipped'] as const;

export const taskQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  region: nutsCodeSchema.optional(),
  cycle: uuidSchema.optional(),
  status: z.enum(TASK_STATUSES).optional(),
});

export const taskSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    region: z.string(),
    cycle: z.string(),
    cycleNumber: z.int(),
    stage: z.string(),
    kind: z.enum(['sub-step', 'provide-facts', 'conditional-action', 'standing-rule', 'consultation']),
    reference: z.string().meta({ description: 'Sub-step, gate and owner, or rule that it is about' }),
    label: z.string(),
    evidence: z.string().nullable().meta({ description: 'What shows that it is done' }),
    owner: z.enum(STAKEHOLDER_ROLES),
    facts: z.array(z.strictObject({ fact: z.string(), label: z.string() })),
    dueOn: dayAnswerSchema.nullable(),
    status: z.enum(TASK_STATUSES),
    assignee: z.string().nullable(),
    note: z.string().nullable(),
    openedAt: instantAnswerSchema,
    endedAt: instantAnswerSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Task' });

export const taskPageSchema = pageSchema('TaskPage', taskSchema);

export const taskCompletionSchema = z
  .strictObject({ facts: reportedFactsSchema.default([]), note: noteSchema.nullish() })
  .meta({ id: 'TaskCompletion' });

export const taskDelegationSchema = z
  .strictObject({
    to: nameSchema.meta({ description: 'Account id of somebody who could do it' }),
    note: noteSchema.nullish(),
  })
  .meta({ id: 'TaskDelegation' });
