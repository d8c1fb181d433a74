import { evaluateCondition, type ConditionOutcome } from '../logic/evaluate-condition.js';
import type { EvaluationContext } from '../logic/evaluation-context.js';
import { DomainError } from '../terms/domain-error.js';
import { parameterValue } from './regional-value.js';
import type { Rule } from './rulebook.js';

/** What the condition of a rule says in a region, before severity and waivers. */
export function evaluateRule(rule: Rule, context: Omit<EvaluationContext, 'parameters'>): ConditionOutcome {
  const parameters = (name: string) => {
    const definition = rule.parameters.get(name);
    if (definition === undefined)
      throw new DomainError('definition.invalid', { rule: rule.id, parameter: name });
    return parameterValue(definition, context.facts);
  };
  return evaluateCondition(rule.condition, { ...context, parameters });
}
