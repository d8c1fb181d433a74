import { describe, expect, it } from '@jest/globals';
import { makeWorkshop } from '../../src/app/workshop.js';
import { alteredRulebook, withParameter } from '../support/altered-rulebook.js';
import { shippedDefinitions } from '../support/engine.js';

describe('the measures of the workshop, on what is shipped', () => {
  const { catalog } = shippedDefinitions();
  const rulebook = catalog.latestRulebook('region-cycle');
  const workflow = catalog.latestWorkflow('region-cycle');
  const workshop = makeWorkshop(shippedDefinitions(), 0);

  it('finds the shipped rulebook covered by its own test cases, and names the cases that a rulebook lacks', () => {
    expect(workshop.coverage?.(rulebook)).toEqual({ ratio: 1, missing: [] });
    const without = workshop.coverage?.(alteredRulebook((json) => json.testCases.splice(0)));
    expect(without?.ratio).toBe(0);
    expect(without?.missing.length).toBeGreaterThan(0);
  });

  it('raises no alarm on the shipped rulebook, workflow and scheme', () => {
    expect(workshop.modelCheck?.(rulebook, [workflow])).toEqual([]);
  });

  it('raises an alarm in words where a gate can open no more, with a path that shows it', () => {
    const hopeless = withParameter('R13', 'selected_max', 0);
    const alarms = workshop.modelCheck?.(hopeless, [workflow]) ?? [];
    expect(alarms.map(({ code }) => code)).toContain('rule.unsatisfiable');
    expect(alarms[0]?.message).toMatch(/R13|strategy_development/);
    expect(alarms[0]?.witness).not.toBeNull();
  });

  it('proves two versions of a rule equal or shows where they differ', () => {
    const stricter = withParameter('R04', 'answers_per_group_min', 6);
    expect(workshop.ruleDifference?.(rulebook, stricter, 'R05')).toEqual({ equal: true, regions: [] });
    const difference = workshop.ruleDifference?.(rulebook, stricter, 'R04');
    expect(difference?.equal).toBe(false);
    expect(difference?.regions.length).toBeGreaterThan(0);
  });
});
