import { checkFactValue } from '../core/facts/check-fact-value.js';
import type { FactCatalogue } from '../core/facts/fact-catalogue.js';
import type { Rulebook } from '../core/gates/rulebook.js';
import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { pointerTo, type Problem } from '../core/terms/problem.js';
import { accountRoleFor } from '../core/terms/role.js';
import { schemaProblems } from '../core/terms/schema-problems.js';
import { judgeJointSteps } from './judge-joint-steps.js';
import { scenarioSchema, type Scenario, type ScenarioFact, type ScenarioStep } from './scenario-schema.js';

/** What a scenario is played on. */
export interface ScenarioSurroundings {
  readonly scheme: SchemeDefinition;
  readonly rulebook: Rulebook;
}

/**
 * Judges a scenario file against its scheme and rulebook: regions, facts and rules exist, values suit their
 * facts, a sourced fact names a page or an event that is in the file, a waiver has two people, steps stand in
 * order within the time of the scenario.
 */
export function judgeScenario(
  document: unknown,
  surroundings: ScenarioSurroundings,
): { readonly scenario: Scenario } | { readonly problems: readonly Problem[] } {
  const parsed = scenarioSchema.safeParse(document);
  if (!parsed.success) return { problems: schemaProblems(parsed.error, document) };
  const scenario = parsed.data;
  const problems = [
    ...judgeEvents(scenario, surroundings),
    ...judgeJointSteps(scenario, surroundings.scheme),
    ...scenario.steps.flatMap((step, index) => {
      const pointer = pointerTo('/steps', index);
      return [
        ...judgePlace(scenario, index, surroundings.scheme),
        ...('facts' in step
          ? judgeFacts(step, `${pointer}/facts`, scenario, surroundings.rulebook.catalogue)
          : []),
        ...judgeWaiver(step, pointer, surroundings.rulebook),
      ];
    }),
  ];
  return problems.length > 0 ? { problems } : { scenario };
}

function judgeEvents(scenario: Scenario, { scheme }: ScenarioSurroundings): readonly Problem[] {
  const regions = new Set(scheme.regions.map(({ nuts }) => nuts));
  const countries = new Set(scheme.regions.map(({ country }) => country));
  const problems: Problem[] =
    scenario.scheme === scheme.id
      ? []
      : [problem('/scheme', 'scenario.scheme-unknown', `the scheme is called ${scheme.id}`)];
  scenario.events.forEach(({ id, region }, index) => {
    const pointer = pointerTo('/events', index);
    if (scenario.events.findIndex((event) => event.id === id) !== index) {
      problems.push(problem(`${pointer}/id`, 'scenario.event-twice', `${id} stands in the file twice`));
    }
    if (region !== 'all' && !regions.has(region) && !countries.has(region)) {
      problems.push(problem(`${pointer}/region`, 'scenario.region-unknown', `${region} is no member`));
    }
  });
  return problems;
}

function judgePlace(scenario: Scenario, index: number, scheme: SchemeDefinition): readonly Problem[] {
  const step = scenario.steps[index];
  if (step === undefined) return [];
  const pointer = pointerTo('/steps', index);
  const problems: Problem[] = [];
  const previous = scenario.steps[index - 1];
  if (previous !== undefined && momentOf(previous) > momentOf(step)) {
    problems.push(problem(`${pointer}/on`, 'scenario.out-of-order', 'the step before it is later'));
  }
  if (step.on < scenario.startsOn || step.on > scenario.endsOn) {
    problems.push(problem(`${pointer}/on`, 'scenario.out-of-time', 'not a day of the scenario'));
  }
  const regions = typeof step.region === 'string' ? [step.region] : step.region;
  for (const region of regions) {
    if (region === 'all' || scheme.regions.some(({ nuts }) => nuts === region)) continue;
    problems.push(problem(`${pointer}/region`, 'scenario.region-unknown', `${region} is no member`));
  }
  if (step.event !== undefined && !scenario.events.some(({ id }) => id === step.event)) {
    problems.push(problem(`${pointer}/event`, 'scenario.event-unknown', `there is no ${step.event}`));
  }
  return problems;
}

function judgeFacts(
  step: Extract<ScenarioStep, { facts?: unknown }>,
  base: string,
  scenario: Scenario,
  catalogue: FactCatalogue,
): readonly Problem[] {
  return Object.entries(step.facts ?? {}).flatMap(([name, fact]): Problem[] => {
    const pointer = pointerTo(base, name);
    const definition = catalogue.get(name);
    if (definition === undefined) return [problem(pointer, 'fact.unknown', `no fact is called ${name}`)];
    const role = accountRoleFor(definition.owner);
    if (role === null || (role === 'administrator') !== (step.by === 'administrator')) {
      return [problem(pointer, 'fact.not-recordable', `${name} is filled by ${definition.owner}`)];
    }
    const checked = checkFactValue(definition, fact.value, fact.precision);
    return [
      ...('problem' in checked
        ? [problem(`${pointer}/value`, checked.problem.code, checked.problem.message)]
        : []),
      ...judgeSource(fact, pointer, scenario),
    ];
  });
}

function judgeSource(fact: ScenarioFact, pointer: string, scenario: Scenario): readonly Problem[] {
  if (fact.origin === 'assumed' || !fact.source.startsWith('EV')) return [];
  if (scenario.events.some(({ id }) => id === fact.source)) return [];
  return [problem(`${pointer}/source`, 'scenario.event-unknown', `there is no ${fact.source}`)];
}

function judgeWaiver(step: ScenarioStep, pointer: string, rulebook: Rulebook): readonly Problem[] {
  if (step.do !== 'waive') return [];
  return [
    ...(rulebook.rules.has(step.rule)
      ? []
      : [problem(`${pointer}/rule`, 'scenario.rule-unknown', `there is no rule ${step.rule}`)]),
    ...(step.secondedBy === step.by
      ? [problem(`${pointer}/secondedBy`, 'waiver.same-person', 'a waiver needs a second person')]
      : []),
    ...(step.endsOn < step.on
      ? [problem(`${pointer}/endsOn`, 'waiver.invalid', 'it would end before it begins')]
      : []),
  ];
}

function momentOf({ on, time }: ScenarioStep): string {
  return `${on}T${time}`;
}

function problem(pointer: string, code: string, message: string): Problem {
  return { pointer, code, message };
}
