import { describe, expect, it } from '@jest/globals';
import { driftOn, driftOverTime, type DriftQuestion } from '../../../src/core/forecast/drift.js';
import { day } from '../calendar/calendar-fixtures.js';

const QUESTION: DriftQuestion = {
  regions: ['AT32', 'DE1', 'SI0'],
  milestones: ['stress-test-closed', 'review-entered'],
  arrivals: [
    { region: 'AT32', milestone: 'stress-test-closed', on: day('2017-04-01') },
    { region: 'DE1', milestone: 'stress-test-closed', on: day('2017-04-11') },
    { region: 'SI0', milestone: 'stress-test-closed', on: day('2017-05-01') },
    { region: 'SI0', milestone: 'stress-test-closed', on: day('2018-05-01') },
  ],
};

function driftsOn(date: string) {
  return driftOn(QUESTION, day(date))
    .filter(({ milestone }) => milestone === 'stress-test-closed')
    .map(({ region, daysAhead, isSettled }) => [region, daysAhead, isSettled]);
}

describe('the drift of a region', () => {
  it('is measured against the median of the others, once all are there', () => {
    expect(driftsOn('2017-06-01')).toEqual([
      ['AT32', 20, true], // the others: 11 April and 1 May
      ['DE1', 5, true],
      ['SI0', -25, true],
    ]);
  });

  it('is at least what has gone by while the median of the others is still to come', () => {
    expect(driftsOn('2017-04-05')).toEqual([
      ['AT32', 4, false],
      ['DE1', null, false],
      ['SI0', null, false],
    ]);
  });

  it('is at least what has gone by since the median for whoever is not there', () => {
    expect(driftsOn('2017-04-20')).toEqual([
      ['AT32', 19, false],
      ['DE1', 9, false],
      ['SI0', -14, false],
    ]);
  });

  it('counts the first arrival, and none after the day asked for', () => {
    const [, , slovenia] = driftOn(QUESTION, day('2019-01-01'));
    expect(slovenia).toMatchObject({ region: 'SI0', arrivedOn: '2017-05-01', daysAhead: -25 });
    expect(driftOn(QUESTION, day('2017-03-01')).every(({ daysAhead }) => daysAhead === null)).toBe(true);
  });

  it('does not exist for a region that is alone', () => {
    const [alone] = driftOn({ ...QUESTION, regions: ['AT32'] }, day('2019-01-01'));
    expect(alone).toMatchObject({ arrivedOn: '2017-04-01', daysAhead: null, isSettled: false });
  });

  it('can be followed over time', () => {
    const course = driftOverTime(QUESTION, [day('2017-04-05'), day('2017-06-01')]);
    expect(course.map(({ asOf, drifts }) => [asOf, drifts[0]?.daysAhead])).toEqual([
      ['2017-04-05', 4],
      ['2017-06-01', 20],
    ]);
  });
});
