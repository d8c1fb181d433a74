import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { pointerTo, type Problem } from '../core/terms/problem.js';
import type { Scenario } from './scenario-schema.js';

/** Whether joint steps stand in order within the time of the scenario, and name regions and events that are there. */
export function judgeJointSteps(scenario: Scenario, scheme: SchemeDefinition): readonly Problem[] {
  const regions = new Set(scheme.regions.map(({ nuts }) => nuts));
  const events = new Set(scenario.events.map(({ id }) => id));
  return scenario.jointSteps.flatMap((step, index): Problem[] => {
    const pointer = pointerTo('/jointSteps', index);
    const problems: Problem[] = [];
    const add = (at: string, code: string, message: string) =>
      problems.push({ pointer: `${pointer}/${at}`, code, message });
    const previous = scenario.jointSteps[index - 1];
    if (previous !== undefined && `${previous.on}T${previous.time}` > `${step.on}T${step.time}`) {
      add('on', 'scenario.out-of-order', 'the step before it is later');
    }
    if (step.on < scenario.startsOn || step.on > scenario.endsOn) {
      add('on', 'scenario.out-of-time', 'not a day of the scenario');
    }
    if (step.event !== undefined && !events.has(step.event)) {
      add('event', 'scenario.event-unknown', `there is no ${step.event}`);
    }
    for (const region of 'regions' in step && step.regions !== 'all' ? step.regions : []) {
      if (!regions.has(region)) add('regions', 'scenario.region-unknown', `${region} is no member`);
    }
    return problems;
  });
}
