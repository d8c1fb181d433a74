import { z } from 'zod';
import { parameterSchema, severitySchema } from '../../core/gates/rulebook-schema.js';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { pageSchema } from './paging.js';
import { dayAnswerSchema, labelsAnswerSchema } from './texts.js';

export const rulebookQuerySchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .optional()
    .meta({ description: 'Needed only where several rulebooks have this version' }),
});

const headShape = {
  id: z.string(),
  version: z.int(),
  hash: z.string(),
  labels: labelsAnswerSchema,
  effectiveFrom: dayAnswerSchema,
  factCatalogue: z.strictObject({ id: z.string(), version: z.int() }),
};

const headSchema = z
  .strictObject({ ...headShape, gates: z.array(z.string()), rules: z.array(z.string()) })
  .meta({ id: 'RulebookHead' });

export const rulebookPageSchema = pageSchema('RulebookPage', headSchema);

const ruleSchema = z
  .strictObject({
    id: z.string(),
    labels: labelsAnswerSchema,
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
