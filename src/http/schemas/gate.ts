import { z } from 'zod';
import { SEVERITIES } from '../../core/gates/rulebook-schema.js';
import { OPERATORS } from '../../core/logic/operator.js';
import { STAKEHOLDER_ROLES } from '../../core/terms/role.js';
import { stageSchema } from './ids.js';
import { missingFactSchema } from './missing-fact.js';
import { pinnedDefinitionSchema } from './definition.js';
import { dayAnswerSchema } from './texts.js';

export const VERDICT_WORDS = ['pass', 'conditional', 'waived', 'fail', 'unknown'] as const;

export const gateQuerySchema = z.strictObject({ to: stageSchema.optional() });

const comparedSchema = z
  .union([
    z.boolean(),
    z.number(),
    z.string(),
    z.array(z.string()),
    z.strictObject({ earliest: dayAnswerSchema, latest: dayAnswerSchema }),
    z.strictObject({ least: z.number(), most: z.number() }),
  ])
  .nullable()
  .meta({
    description: 'A span where a date, or what depends on one, is only known roughly; null: not known',
  });

export const leafSchema = z
  .strictObject({
    fact: z.string(),
    label: z.string(),
    operator: z.enum(OPERATORS),
    required: comparedSchema,
    requiredFrom: z.string().nullable(),
    actual: comparedSchema,
    result: z.enum(['pass', 'fail', 'unknown']),
  })
  .meta({ id: 'Leaf' });

const ruleOutcomeSchema = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    severity: z.enum(SEVERITIES),
    result: z.enum(['pass', 'fail', 'unknown', 'waived']),
    source: z
      .strictObject({ basis: z.string(), text: z.string(), urls: z.array(z.string()) })
      .nullable()
      .meta({ description: 'Where the rule comes from' }),
    leaves: z.array(leafSchema),
    missing: z.array(missingFactSchema),
    waiver: z.string().nullable().meta({ description: 'Id of the waiver that holds for it' }),
  })
  .meta({ id: 'RuleOutcome' });

/** Why a gate opens or stays shut. */
export const gateSchema = z
  .strictObject({
    gate: z.string(),
    label: z.string(),
    to: z.string().meta({ description: 'The stage that lies behind it' }),
    verdict: z.enum(VERDICT_WORDS),
    today: dayAnswerSchema,
    rulebook: pinnedDefinitionSchema,
    rules: z.array(ruleOutcomeSchema),
    missing: z.array(missingFactSchema),
    failing: z.array(z.string()),
    warnings: z.array(z.string()),
    actions: z.array(
      z.strictObject({
        rule: z.string(),
        label: z.string(),
        owner: z.enum(STAKEHOLDER_ROLES),
        dueWithinMonths: z.int(),
      }),
    ),
  })
  .meta({ id: 'Gate' });
