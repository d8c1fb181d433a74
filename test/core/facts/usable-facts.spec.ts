import { describe, expect, it } from '@jest/globals';
import type { FactValue } from '../../../src/core/facts/fact-value.js';
import { usableFacts } from '../../../src/core/facts/usable-facts.js';
import { catalogue, day, recorded } from '../logic/logic-fixtures.js';

function usable(values: readonly FactValue[], { cycleNumber = 1, today = '2017-06-01' } = {}) {
  const { facts, stale } = usableFacts(catalogue, values, cycleNumber, day(today));
  return {
    facts: Object.fromEntries([...facts].map(([name, { value }]) => [name, value])),
    stale: [...stale],
  };
}

describe('the facts that a decision may use', () => {
  it('are those of this cycle', () => {
    const values = [recorded('people.business', 7)];
    expect(usable(values)).toEqual({ facts: { 'people.business': 7 }, stale: [] });
    expect(usable(values, { cycleNumber: 2 })).toEqual({ facts: {}, stale: [] });
  });

  it('stay with the region if they belong to it', () => {
    expect(usable([recorded('region.class', 'advanced')], { cycleNumber: 2 }).facts).toEqual({
      'region.class': 'advanced',
    });
  });

  it('age to the day, counted from when they were observed', () => {
    const observed = { ...recorded('meetings.held', 3), observedOn: day('2016-06-01') };
    expect(usable([observed], { today: '2017-06-01' })).toEqual({ facts: { 'meetings.held': 3 }, stale: [] });
    expect(usable([observed], { today: '2017-06-02' })).toEqual({ facts: {}, stale: ['meetings.held'] });
  });

  it('age from the day of recording where the day of observing is not known', () => {
    const values = [recorded('meetings.held', 3)];
    expect(usable(values, { today: '2018-03-20' }).stale).toEqual([]);
    expect(usable(values, { today: '2018-03-21' }).stale).toEqual(['meetings.held']);
  });

  it('have the value that was recorded last, even if it has aged', () => {
    const fresh = { ...recorded('meetings.held', 3), observedOn: day('2017-01-01') };
    const old = { ...recorded('meetings.held', 4), observedOn: day('2015-01-01') };
    expect(usable([fresh, old])).toEqual({ facts: {}, stale: ['meetings.held'] });
    expect(usable([old, fresh])).toEqual({ facts: { 'meetings.held': 3 }, stale: [] });
  });

  it('are only those that the catalogue knows and would still accept', () => {
    const values = [
      recorded('never.heard_of', 1),
      recorded('people.civil', 1000),
      recorded('people.business', '7'),
      recorded('score.mean', 50),
    ];
    expect(usable(values)).toEqual({ facts: {}, stale: [] });
  });
});
