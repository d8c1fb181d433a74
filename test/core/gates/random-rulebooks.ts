import * as fc from 'fast-check';
import type { FactScalar } from '../../../src/core/facts/fact-value.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { leavesOf } from '../../../src/core/logic/condition.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import { catalogue } from '../logic/logic-fixtures.js';
import { action, definition, rule } from './gate-fixtures.js';
import { conditions, parameters } from './random-rules.js';

const parameterValues = new Map<string, readonly FactScalar[]>([
  ['people_min', [4, 3, 2]],
  ['closed_by', ['2017-03-20']],
]);

const scope = { catalogue, parameters: parameterValues };

const severities = fc.constantFrom('block', 'block', 'conditional', 'warn', {
  by: 'region.class',
  values: { advanced: 'warn', convergence: 'conditional' },
  otherwise: 'block',
});

/** Rules with conditions that the parser takes, of any severity. */
function ruleOf(json: unknown, severity: unknown, index: number) {
  const parsed = parseCondition(json, scope);
  const leaves = 'condition' in parsed ? leavesOf(parsed.condition) : [];
  const used = leaves.flatMap(({ right }) => (right.kind === 'parameter' ? [right.name] : []));
  const own = Object.fromEntries(Object.entries(parameters).filter(([name]) => used.includes(name)));
  const canBeConditional = severity === 'conditional' || typeof severity === 'object';
  return rule(`R0${index + 1}`, {
    conditions: json,
    parameters: own,
    severity,
    ...(canBeConditional ? { action } : {}),
  });
}

/** Rulebooks with one gate of one to four rules over the small catalogue. */
export const rulebooks: fc.Arbitrary<Rulebook> = fc
  .array(
    fc.tuple(
      conditions.filter((json) => 'condition' in parseCondition(json, scope)),
      severities,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => {
    const rules = list.map(([json, severity], i) => ruleOf(json, severity, i));
    const compiled = compileRulebook(definition(rules), catalogue, 'a-hash');
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
    return compiled.rulebook;
  });
