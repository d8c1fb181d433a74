import { checkFactValue } from '../facts/check-fact-value.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { pointerTo, type Problem } from '../terms/problem.js';
import type { RuleDefinition, RulebookDefinition, RulebookTestCase } from './rulebook-schema.js';

/**
 * The faults of a rulebook that its schema and the parser of conditions cannot see: names that lead nowhere, values
 * that are missing for some region, texts that are not what they look like. Each kind has its own code.
 *
 * - `rule.duplicate-id`, `rule.not-in-gate` (nobody would ever ask it), `gate.unknown-rule`, `gate.duplicate-rule`
 * - `rule.action-missing`, `rule.action-unused`: an action belongs to a rule that can be `conditional`
 * - `standing.never-binding` (a rule that only warns has nothing to lapse), `standing.duplicate-stage`
 * - `parameter.incomplete` (a region could have none of the values), `parameter.unknown-value`,
 *   `severity.unknown-value` (no region can have it), `rule.unknown-fact` (the fact that decides)
 * - `test-case.unknown-fact`, `test-case.invalid-value`, `test-case.unknown-rule`, `test-case.duplicate-name`
 */
export function lintRulebook(definition: RulebookDefinition, catalogue: FactCatalogue): readonly Problem[] {
  return [
    ...definition.rules.flatMap((rule, i) => lintRule(rule, pointerTo('/rules', i), definition, catalogue)),
    ...Object.entries(definition.gates).flatMap(([id, gate]) => lintGate(id, gate.rules, definition)),
    ...definition.testCases.flatMap((testCase, i) => lintTestCase(testCase, i, definition, catalogue)),
  ];
}

function lintRule(
  rule: RuleDefinition,
  pointer: string,
  { rules, gates }: RulebookDefinition,
  catalogue: FactCatalogue,
): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (at: string, code: string, message: string) =>
    problems.push({ pointer: `${pointer}${at}`, code, message });

  if (rules.find((other) => other.id === rule.id) !== rule) {
    add('/id', 'rule.duplicate-id', `There is another rule ${rule.id}.`);
  }
  if (!Object.values(gates).some((gate) => gate.rules.includes(rule.id))) {
    add('', 'rule.not-in-gate', `No gate asks ${rule.id}.`);
  }
  const isConditional = severitiesOf(rule).includes('conditional');
  if (isConditional && rule.action === undefined) {
    add('', 'rule.action-missing', `${rule.id} can pass conditionally and needs an action for that.`);
  }
  if (!isConditional && rule.action !== undefined) {
    add('/action', 'rule.action-unused', `${rule.id} never passes conditionally, so its action never opens.`);
  }
  return [...problems, ...lintStanding(rule, pointer), ...lintChoices(rule, pointer, catalogue)];
}

function lintStanding(rule: RuleDefinition, pointer: string): readonly Problem[] {
  const stages = rule.standing ?? [];
  const problems: Problem[] = stages.flatMap((stage, i) =>
    stages.indexOf(stage) === i
      ? []
      : [
          {
            pointer: pointerTo(`${pointer}/standing`, i),
            code: 'standing.duplicate-stage',
            message: `${stage} is named twice.`,
          },
        ],
  );
  const binds = severitiesOf(rule).some((severity) => severity !== 'warn');
  if (stages.length > 0 && !binds) {
    const message = `${rule.id} only warns, so it can never lapse.`;
    problems.push({ pointer: `${pointer}/standing`, code: 'standing.never-binding', message });
  }
  return problems;
}

/** What depends on the region: parameters, and the severity. */
function lintChoices(rule: RuleDefinition, pointer: string, catalogue: FactCatalogue): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [name, parameter] of Object.entries(rule.parameters)) {
    if (!('by' in parameter)) continue;
    const at = pointerTo(`${pointer}/parameters`, name);
    problems.push(...lintChoice(parameter, at, 'parameter.unknown-value', catalogue));
    const words = wordsOf(parameter.by, catalogue);
    const isComplete = words?.every((word) => Object.hasOwn(parameter.values, word)) === true;
    if (parameter.otherwise === undefined && !isComplete) {
      const message = `${name} has no value for some ${parameter.by}: list them all, or say otherwise.`;
      problems.push({ pointer: at, code: 'parameter.incomplete', message });
    }
  }
  if (typeof rule.severity === 'string') return problems;
  return [
    ...problems,
    ...lintChoice(rule.severity, `${pointer}/severity`, 'severity.unknown-value', catalogue),
  ];
}

interface Choice {
  readonly by: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function lintChoice(
  { by, values }: Choice,
  pointer: string,
  code: string,
  catalogue: FactCatalogue,
): Problem[] {
  if (!catalogue.has(by)) {
    return [{ pointer: `${pointer}/by`, code: 'rule.unknown-fact', message: `There is no fact ${by}.` }];
  }
  const words = wordsOf(by, catalogue);
  const strangers = Object.keys(values).filter((word) => words !== null && !words.includes(word));
  return strangers.map((word) => ({
    pointer: pointerTo(`${pointer}/values`, word),
    code,
    message: `${by} is never ${JSON.stringify(word)}.`,
  }));
}

/** The words of an enumeration; null for a text, which can be anything. */
function wordsOf(fact: string, catalogue: FactCatalogue): readonly string[] | null {
  const type = catalogue.get(fact)?.type;
  return type?.kind === 'enum' ? type.values : null;
}

function severitiesOf({ severity }: RuleDefinition): readonly string[] {
  return typeof severity === 'string' ? [severity] : [...Object.values(severity.values), severity.otherwise];
}

function lintGate(id: string, ids: readonly string[], { rules }: RulebookDefinition): readonly Problem[] {
  const pointer = `${pointerTo('/gates', id)}/rules`;
  return ids.flatMap((rule, i) => {
    const at = pointerTo(pointer, i);
    if (!rules.some((known) => known.id === rule)) {
      return [{ pointer: at, code: 'gate.unknown-rule', message: `There is no rule ${rule}.` }];
    }
    return ids.indexOf(rule) === i
      ? []
      : [{ pointer: at, code: 'gate.duplicate-rule', message: `${rule} is asked twice.` }];
  });
}

function lintTestCase(
  testCase: RulebookTestCase,
  index: number,
  { rules, testCases }: RulebookDefinition,
  catalogue: FactCatalogue,
): readonly Problem[] {
  const pointer = pointerTo('/testCases', index);
  const problems: Problem[] = [];
  if (testCases.find((other) => other.name === testCase.name) !== testCase) {
    const message = `There is another test case ${JSON.stringify(testCase.name)}.`;
    problems.push({ pointer: `${pointer}/name`, code: 'test-case.duplicate-name', message });
  }
  for (const [fact, given] of Object.entries(testCase.facts)) {
    const at = pointerTo(`${pointer}/facts`, fact);
    const definition = catalogue.get(fact);
    if (definition === undefined || definition.meanOf !== undefined) {
      const message =
        definition === undefined ? `There is no fact ${fact}.` : `${fact} is derived, never given.`;
      problems.push({ pointer: at, code: 'test-case.unknown-fact', message });
      continue;
    }
    const { value, precision } = typeof given === 'object' ? given : { value: given, precision: null };
    const checked = checkFactValue(definition, value, precision);
    if ('problem' in checked) {
      problems.push({ pointer: at, code: 'test-case.invalid-value', message: checked.problem.message });
    }
  }
  for (const rule of Object.keys(testCase.expect)) {
    if (rules.some((known) => known.id === rule)) continue;
    const at = pointerTo(`${pointer}/expect`, rule);
    problems.push({ pointer: at, code: 'test-case.unknown-rule', message: `There is no rule ${rule}.` });
  }
  return problems;
}
