import { describe, expect, it } from '@jest/globals';
import { judgeScenario } from '../../src/rehearsal/judge-scenario.js';
import type { Scenario, ScenarioFact } from '../../src/rehearsal/scenario-schema.js';
import { scenarioDocument, shippedScenario, shippedScheme, shippedSurroundings } from './run-rehearsal.js';

const EVENTS_COUNT = 58;

interface ToldFact {
  readonly regions: readonly string[];
  readonly name: string;
  readonly fact: ScenarioFact;
}

function factsOf({ steps }: Scenario): readonly ToldFact[] {
  const all = shippedScheme().regions.map(({ nuts }) => nuts);
  return steps.flatMap((step) => {
    const regions = step.region === 'all' ? all : [step.region].flat();
    const facts = 'facts' in step ? Object.entries(step.facts ?? {}) : [];
    return facts.map(([name, fact]) => ({ regions, name, fact }));
  });
}

describe('the shipped scenario', () => {
  it('is without fault', () => {
    expect(judgeScenario(scenarioDocument(), shippedSurroundings())).not.toHaveProperty('problems');
  });

  it('carries all 58 events, each with a page that reports it', () => {
    const { events } = shippedScenario();
    const ids = Array.from({ length: EVENTS_COUNT }, (_, index) => `EV${String(index + 1).padStart(3, '0')}`);
    expect(events.map(({ id }) => id)).toEqual(ids);
    expect(events.filter(({ source }) => !/^https?:\/\//.test(source))).toEqual([]);
  });

  it('spans the thirty months of its scheme, and goes on until the projects of its call start', () => {
    const { startsOn, endsOn } = shippedScenario();
    const scheme = shippedScheme();
    expect(startsOn).toBe(scheme.startsOn);
    expect(endsOn > scheme.endsOn).toBe(true);
    const { jointSteps, steps } = shippedScenario();
    expect(steps.every(({ on }) => on <= scheme.endsOn)).toBe(true);
    expect(jointSteps.find((step) => step.do === 'set-common-start')).toMatchObject({ startOn: endsOn });
  });

  it('lets a fact follow only from an event of the same region or of all', () => {
    const scenario = shippedScenario();
    const strangers = factsOf(scenario).filter(({ regions, fact }) => {
      if (fact.origin === 'assumed') return false;
      const event = scenario.events.find(({ id }) => id === fact.source);
      return event !== undefined && event.region !== 'all' && !regions.every((nuts) => nuts === event.region);
    });
    expect(strangers).toEqual([]);
  });

  it('never makes a sourced date more exact than its event, nor another day', () => {
    const scenario = shippedScenario();
    const wrong = factsOf(scenario).filter(({ fact }) => {
      if (fact.origin === 'assumed' || typeof fact.value !== 'string' || !/^\d{4}-/.test(fact.value)) {
        return false;
      }
      const event = scenario.events.find(({ id }) => id === fact.source);
      return (
        event !== undefined && (event.date !== fact.value || event.precision !== (fact.precision ?? 'day'))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('takes the number of priorities from the profiles of the regions', () => {
    const strategies = new Map(shippedScheme().regions.map(({ nuts, strategy }) => [nuts, strategy]));
    const counts = factsOf(shippedScenario()).filter(
      ({ name, fact }) => name === 'priorities.count' && fact.origin === 'sourced',
    );
    expect(counts.map(({ regions, fact }) => [regions, fact.value])).toEqual(
      counts.map(({ regions }) => [regions, strategies.get(regions[0] ?? '')?.priorities]),
    );
    expect(counts).toHaveLength(10);
  });

  it('assumes every answer, score and participant', () => {
    const unpublished = /^(stresstest\.(responses|block|second)|edw\.participants|ta\.|plan\.|ec\.)/;
    const sourced = factsOf(shippedScenario()).filter(
      ({ name, fact }) => unpublished.test(name) && fact.origin === 'sourced',
    );
    expect(sourced).toEqual([]);
  });
});

const STEP = { on: '2017-01-10', region: 'DE2', by: 'authority' } as const;
const ASSUMED = { origin: 'assumed' } as const;

describe('a fault in a scenario is found:', () => {
  const faults: readonly [string, object, string, string][] = [
    [
      'a fact that the catalogue does not have',
      { ...STEP, do: 'record-facts', facts: { 'edw.weather': { ...ASSUMED, value: 1 } } },
      '/steps/0/facts/edw.weather',
      'fact.unknown',
    ],
    [
      'a value of another type',
      { ...STEP, do: 'record-facts', facts: { 'edw.held': { ...ASSUMED, value: 'two' } } },
      '/steps/0/facts/edw.held/value',
      'fact.wrong-type',
    ],
    [
      'a fact that another role fills',
      { ...STEP, do: 'record-facts', facts: { 'region.class': { ...ASSUMED, value: 'advanced' } } },
      '/steps/0/facts/region.class',
      'fact.not-recordable',
    ],
    [
      'a source that is no event of the file',
      {
        ...STEP,
        do: 'record-facts',
        facts: { 'edw.held': { origin: 'sourced', source: 'EV999', value: 1 } },
      },
      '/steps/0/facts/edw.held/source',
      'scenario.event-unknown',
    ],
    [
      'a sourced fact without a source',
      { ...STEP, do: 'record-facts', facts: { 'edw.held': { origin: 'sourced', value: 1 } } },
      '/steps/0/facts/edw.held/source',
      'schema.missing',
    ],
    [
      'a region that is no member',
      { ...STEP, region: 'FR1', do: 'suspend', expect: 'moved' },
      '/steps/0/region',
      'scenario.region-unknown',
    ],
    [
      'a day outside its time',
      { ...STEP, on: '2019-07-02', do: 'suspend', expect: 'moved' },
      '/steps/0/on',
      'scenario.out-of-time',
    ],
    [
      'a waiver without a second person',
      {
        ...STEP,
        by: 'coordinator',
        do: 'waive',
        rule: 'R04',
        reason: 'none',
        secondedBy: 'coordinator',
        endsOn: '2017-12-31',
      },
      '/steps/0/secondedBy',
      'waiver.same-person',
    ],
    [
      'a waiver of a rule that the rulebook does not have',
      {
        ...STEP,
        by: 'coordinator',
        do: 'waive',
        rule: 'R99',
        reason: 'none',
        secondedBy: 'administrator',
        endsOn: '2017-12-31',
      },
      '/steps/0/rule',
      'scenario.rule-unknown',
    ],
    [
      'a waiver that has ended before it begins',
      {
        ...STEP,
        by: 'coordinator',
        do: 'waive',
        rule: 'R04',
        reason: 'none',
        secondedBy: 'administrator',
        endsOn: '2017-01-09',
      },
      '/steps/0/endsOn',
      'waiver.invalid',
    ],
  ];

  it.each(faults)('%s', (_name, step, pointer, code) => {
    const document = { ...(scenarioDocument() as object), steps: [step] };
    expect(judgeScenario(document, shippedSurroundings())).toMatchObject({ problems: [{ pointer, code }] });
  });

  it('a step that stands after a later one', () => {
    const later = { ...STEP, on: '2017-02-01', do: 'suspend', expect: 'moved' };
    const earlier = { ...STEP, do: 'resume', expect: 'moved' };
    const document = { ...(scenarioDocument() as object), steps: [later, earlier] };
    expect(judgeScenario(document, shippedSurroundings())).toMatchObject({
      problems: [{ pointer: '/steps/1/on', code: 'scenario.out-of-order' }],
    });
  });
});
