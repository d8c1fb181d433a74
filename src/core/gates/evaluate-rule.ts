import { evaluateCondition, type ConditionOutcome } from '../logic/evaluate-condition.js';
import type { EvaluationContext } from '../logic/evaluation-context.js';
import { DomainError } from '../terms/domain-error.js';
import { parameterValue } from './regional-value.js';
import type { Rule } from './rulebook.js';

type RegionContext = Omit<EvaluationContext, 'parameters'>;

/** What the condition of a rule says in a region, before severity and waivers. */
export function evaluateRule(rule: Rule, context: RegionContext): ConditionOutcome {
  return evaluateCondition(rule.condition, { ...context, parameters: parametersOf(rule, context) });
}

/** The values of a rule's parameters in a region. */
export function parametersOf(
  rule: Rule,
  { facts }: Pick<RegionContext, 'facts'>,
): EvaluationContext['parameters'] {
  return (name) => {
    const definition = rule.parameters.get(name);
    if (definition === undefined)
      throw new DomainError('definition.invalid', { rule: rule.id, parameter: name });
    return parameterValue(definition, facts);
  };
}
