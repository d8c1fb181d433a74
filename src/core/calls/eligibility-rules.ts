import { z } from 'zod';
import type { Condition } from '../logic/condition.js';
import { parseCondition } from '../logic/parse-condition.js';
import { labelsSchema, type Labels } from '../terms/language.js';
import { pointerTo, type Problem } from '../terms/problem.js';
import { ELIGIBILITY_CATALOGUE } from './eligibility-catalogue.js';

/** Most rules of one region's annex, or of a call. */
export const ELIGIBILITY_RULES_MAX = 50;

/** One condition of eligibility as data; `conditions` is json-rules-engine's format over the eligibility facts. */
export const eligibilityRuleSchema = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
  labels: labelsSchema,
  /** The document that says so; null: none is named. */
  source: z.string().min(1).max(500).nullish(),
  conditions: z.unknown(),
});

export const eligibilityRulesSchema = z.array(eligibilityRuleSchema).max(ELIGIBILITY_RULES_MAX);

export type EligibilityRuleDefinition = Readonly<z.infer<typeof eligibilityRuleSchema>>;

/** A rule whose condition can be evaluated. */
export interface EligibilityRule {
  readonly id: string;
  readonly labels: Labels;
  readonly condition: Condition;
}

export type ParsedEligibility =
  { readonly rules: readonly EligibilityRule[] } | { readonly problems: readonly Problem[] };

/**
 * Reads the eligibility rules of a call or of a region's annex, or says what is wrong with them.
 *
 * Problems, with pointers into the list: those of `parseCondition`, and `rule.duplicate-id`.
 */
export function parseEligibility(definitions: readonly EligibilityRuleDefinition[]): ParsedEligibility {
  const problems: Problem[] = [];
  const rules: EligibilityRule[] = [];
  const seen = new Set<string>();
  for (const [index, { id, labels, conditions }] of definitions.entries()) {
    const pointer = pointerTo('', index);
    if (seen.has(id)) {
      problems.push({
        pointer: pointerTo(pointer, 'id'),
        code: 'rule.duplicate-id',
        message: `Another rule is called ${id}.`,
      });
    }
    seen.add(id);
    const parsed = parseCondition(conditions, { catalogue: ELIGIBILITY_CATALOGUE, parameters: new Map() });
    if ('condition' in parsed) rules.push({ id, labels, condition: parsed.condition });
    else {
      const base = pointerTo(pointer, 'conditions');
      problems.push(...parsed.problems.map((each) => ({ ...each, pointer: base + each.pointer })));
    }
  }
  return problems.length === 0 ? { rules } : { problems };
}
