import { z } from 'zod';
import { parameterSchema, severitySchema } from '../../core/gates/rulebook-schema.js';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { pageSchema } from './paging.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, labelsAnswerSchema, noteSchema } from './texts.js';

const RULEBOOK_VERSION_MAX = 1_000_000;
const RULEBOOK_ID_LENGTH_MAX = 100;

export const rulebookIdSchema = z
  .string()
  .max(RULEBOOK_ID_LENGTH_MAX)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'Needed only where several rulebooks have this version' });

export const rulebookQuerySchema = z.strictObject({ id: rulebookIdSchema.optional() });

const headShape = {
  id: z.string(),
  version: z.int(),
  hash: z.string(),
  labels: labelsAnswerSchema,
  effectiveFrom: dayAnswerSchema,
  factCatalogue: z.strictObject({ id: z.string(), version: z.int() }),
};

/** How a version stands today. */
const standingShape = {
  state: z.enum(['published', 'retired']),
  counts: z.boolean().meta({ description: 'Whether a cycle that enters a stage today is pinned to it' }),
  endsOn: dayAnswerSchema.nullable().meta({ description: 'The last day of an emergency version' }),
  origin: z.enum(['file', 'draft', 'roll-back']),
  draft: z.string().nullable(),
  emergency: z.boolean(),
  reason: z.string(),
  publishedBy: z.string(),
  publishedAt: instantAnswerSchema,
  retired: z.strictObject({ by: z.string(), at: instantAnswerSchema, reason: z.string() }).nullable(),
  livingCycles: z.int().meta({ description: 'Living cycles that are pinned to it' }),
};

const headSchema = z
  .strictObject({
    ...headShape,
    ...standingShape,
    gates: z.array(z.string()),
    rules: z.array(z.string()),
  })
  .meta({ id: 'RulebookHead' });

export const rulebookVersionSchema = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    hash: z.string(),
    effectiveFrom: dayAnswerSchema,
    ...standingShape,
  })
  .meta({ id: 'RulebookVersion' });

export const rollBackSchema = z
  .strictObject({
    reason: noteSchema.min(1),
    effectiveFrom: dateSchema.optional().meta({ description: 'Absent: today' }),
  })
  .meta({ id: 'RollBack', examples: [{ reason: 'The new threshold shuts out two regions by mistake' }] });

export const cycleRulebookSchema = z
  .strictObject({ version: z.int().min(1).max(RULEBOOK_VERSION_MAX), reason: noteSchema.min(1) })
  .meta({ id: 'CycleRulebook', examples: [{ version: 2, reason: 'The region asked to be judged anew' }] });

export const rulebookPageSchema = pageSchema('RulebookPage', headSchema);

const ruleSchema = z
  .strictObject({
    id: z.string(),
    labels: labelsAnswerSchema,
    sentence: z.string().meta({ description: 'What it demands, in words that can be read back' }),
    severity: severitySchema,
    source: z.strictObject({ basis: z.string(), text: z.string(), urls: z.array(z.string()) }),
    parameters: z.record(z.string(), parameterSchema),
    action: z
      .strictObject({
        labels: labelsAnswerSchema,
        owner: z.enum(STAKEHOLDER_ROLES),
        dueWithinMonths: z.int(),
      })
      .nullable(),
    standing: z.array(z.string()).meta({ description: 'Stages in which it must hold all the time' }),
    facts: z.array(z.string()).meta({ description: 'Names of the facts that it can depend on' }),
    conditions: z.unknown().meta({ description: "In json-rules-engine's format" }),
  })
  .meta({ id: 'Rule' });

export const rulebookSchema = z
  .strictObject({
    ...headShape,
    gates: z.array(
      z.strictObject({ id: z.string(), labels: labelsAnswerSchema, rules: z.array(z.string()) }),
    ),
    rules: z.array(ruleSchema),
  })
  .meta({ id: 'Rulebook' });
