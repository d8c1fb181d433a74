import type { Facts, FactScalar } from '../facts/fact-value.js';
import type { ParameterValue } from '../logic/evaluation-context.js';
import type { ParameterDefinition, RuleDefinition, Severity } from './rulebook-schema.js';

/**
 * The value of a parameter in a region. Where the fact that decides is not known, the parameter is not either: an
 * unclassed region must not be measured by somebody's guess of its class. `otherwise` is for the values that the
 * parameter does not list.
 */
export function parameterValue(definition: ParameterDefinition, facts: Facts): ParameterValue {
  if (!('by' in definition)) return { value: definition.value };
  const decidedBy = facts.get(definition.by)?.value;
  const value =
    decidedBy === undefined ? undefined : listed(definition.values, decidedBy, definition.otherwise);
  return value === undefined ? { missing: definition.by } : { value };
}

/** The severity of a rule in a region; `otherwise` also where the fact that decides is not known. */
export function severityIn(definition: RuleDefinition['severity'], facts: Facts): Severity {
  if (typeof definition === 'string') return definition;
  const decidedBy = facts.get(definition.by)?.value;
  return listed(definition.values, decidedBy, definition.otherwise) ?? definition.otherwise;
}

/** Every value that a parameter can have. */
export function valuesOfParameter(definition: ParameterDefinition): readonly FactScalar[] {
  if (!('by' in definition)) return [definition.value];
  const values = Object.values(definition.values);
  return definition.otherwise === undefined ? values : [...values, definition.otherwise];
}

function listed<T>(
  values: Readonly<Record<string, T>>,
  key: unknown,
  otherwise: T | undefined,
): T | undefined {
  return typeof key === 'string' && Object.hasOwn(values, key) ? values[key] : otherwise;
}
