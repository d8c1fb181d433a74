import { z } from 'zod';
import { parseCalendarDate } from '../calendar/calendar-date.js';
import { definitionRefSchema } from '../terms/definition-ref.js';
import { labelsSchema } from '../terms/language.js';
import { stakeholderRoleSchema } from '../terms/role.js';

/** `R` and two digits as in the rules of the domain guide; a letter where one rule has several exits. */
export const ruleIdSchema = z.string().regex(/^R\d{2}[a-z]?$/);

/** Most rules, and most test cases, of one rulebook. */
const RULES_MAX = 500;
const TEST_CASES_MAX = 5_000;

const dateSchema = z.iso
  .date()
  .refine((text) => parseCalendarDate(text) !== null, 'not a day of the calendar');

const gateIdSchema = z.string().regex(/^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$/);

/**
 * What a failing rule does to its gate. `block`: the gate fails. `conditional`: the region may pass, with the
 * rule's dated action opened as a task. `warn`: the gate passes and the rule is shown.
 */
export const SEVERITIES = ['block', 'conditional', 'warn'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a parameter or a severity may depend on: a fact of the region that is an enumeration or a text. */
const dependsOnSchema = z.enum(['region.class', 'region.country', 'region.nuts']);

const scalarSchema = z.union([z.boolean(), z.number(), z.string().min(1)]);

/**
 * A threshold. Either one value for all, or one per class, country or region; where the region has none of
 * the listed values and there is no `otherwise`, the parameter is unknown and so is every leaf that needs it.
 */
export const parameterSchema = z.union([
  z.strictObject({ value: scalarSchema, unit: z.string().min(1) }),
  z.strictObject({
    by: dependsOnSchema,
    values: z.record(z.string(), scalarSchema),
    otherwise: scalarSchema.optional(),
    unit: z.string().min(1),
  }),
]);

export const severitySchema = z.union([
  z.enum(SEVERITIES),
  z.strictObject({
    by: dependsOnSchema,
    values: z.record(z.string(), z.enum(SEVERITIES)),
    otherwise: z.enum(SEVERITIES),
  }),
]);

export const ruleSchema = z.strictObject({
  id: ruleIdSchema,
  labels: labelsSchema,
  severity: severitySchema,
  /** Where the rule comes from: whether a public document says it or we propose it, and the document. */
  source: z.strictObject({
    basis: z.enum(['sourced', 'sourced-and-proposal', 'proposal']),
    text: z.string().min(1),
    urls: z.array(z.url()),
  }),
  parameters: z.record(z.string().regex(/^[a-z]+(_[a-z0-9]+)*$/), parameterSchema),
  /** The task that a conditional pass opens; required exactly where the severity can be `conditional`. */
  action: z
    .strictObject({
      labels: labelsSchema,
      owner: stakeholderRoleSchema,
      /** Calendar months after the decision by which the action is due. */
      dueWithinMonths: z.int().positive(),
    })
    .optional(),
  /**
   * States of the workflow in which it must hold all the time, not only when a gate asks. There it is judged again
   * when its facts change and every morning; a lapse raises an incident.
   */
  standing: z
    .array(z.string().regex(/^[a-z]+(_[a-z]+)*$/))
    .min(1)
    .optional(),
  /** json-rules-engine's condition format; parsed and linted by `core/logic` and `core/gates`. */
  conditions: z.unknown(),
});

export const gateSchema = z.strictObject({
  labels: labelsSchema,
  rules: z.array(ruleIdSchema).min(1),
});

const testCaseSchema = z.strictObject({
  name: z.string().min(1),
  /** `YYYY-MM-DD`: the day of the decision. */
  today: dateSchema,
  /** Fact name -> value, or value with the precision of a date. */
  facts: z.record(
    z.string(),
    z.union([scalarSchema, z.strictObject({ value: z.string(), precision: z.string() })]),
  ),
  /** Rule id -> result, for the rules that the case is about. */
  expect: z.record(ruleIdSchema, z.enum(['pass', 'fail', 'unknown'])),
});

/** File format of `rules/<id>/<version>.json`. */
export const rulebookSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.int().positive(),
  labels: labelsSchema,
  effectiveFrom: dateSchema,
  factCatalogue: definitionRefSchema,
  gates: z.record(gateIdSchema, gateSchema),
  rules: z.array(ruleSchema).min(1).max(RULES_MAX),
  testCases: z.array(testCaseSchema).max(TEST_CASES_MAX),
});

export type ParameterDefinition = Readonly<z.infer<typeof parameterSchema>>;
export type RuleDefinition = Readonly<z.infer<typeof ruleSchema>>;
export type RulebookDefinition = Readonly<z.infer<typeof rulebookSchema>>;
export type RulebookTestCase = Readonly<z.infer<typeof testCaseSchema>>;
