import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { standingLapses, standingRules } from '../../../src/core/gates/standing-lapses.js';
import { compiled, faultsOf, gateContext, rule } from './gate-fixtures.js';

const standing = ['implementation'];
const civil = { fact: 'people.civil', operator: 'greaterThanInclusive', value: 2 };
const one = { fact: 'score.one', operator: 'greaterThan', value: 10 };
const two = { fact: 'score.two', operator: 'greaterThan', value: 10 };

const lapses = (conditions: object, given: Parameters<typeof gateContext>[0]) =>
  standingLapses(
    compiled([rule('R01', { standing, conditions })]),
    'implementation',
    gateContext(given),
    [],
  ).map(({ rule: { id }, outcome, facts }) => [id, outcome.result, facts]);

describe('a rule that must stand in a stage', () => {
  const rulebook = compiled([rule('R01', { standing }), rule('R02')]);

  it('is asked in its stages and in no other', () => {
    expect(standingRules(rulebook, 'implementation').map(({ id }) => id)).toEqual(['R01']);
    expect(standingRules(rulebook, 'review')).toEqual([]);
    expect(rulebook.rules.get('R02')?.standing).toEqual([]);
  });

  it('lapses when it fails, and when nobody knows; not when it holds', () => {
    expect(lapses({ all: [civil] }, { 'people.civil': 1 })).toEqual([['R01', 'fail', ['people.civil']]]);
    expect(lapses({ all: [civil] }, {})).toEqual([['R01', 'unknown', ['people.civil']]]);
    expect(lapses({ all: [civil] }, { 'people.civil': 2 })).toEqual([]);
  });

  it('does not lapse under a waiver, until its last day has passed', () => {
    const [counts, ended] = ['2017-06-01', '2017-05-31'].map((endsOn) =>
      standingLapses(rulebook, 'implementation', gateContext({ 'people.civil': 0 }), [
        { id: 'w', rule: 'R01', endsOn: endsOn as CalendarDate },
      ]),
    );
    expect([counts?.length, ended?.length]).toEqual([0, 1]);
  });

  it('does not lapse where it only warns', () => {
    const severity = { by: 'region.country', values: { CH: 'warn' }, otherwise: 'block' };
    const swiss = compiled([rule('R01', { standing, severity })]);
    const found = (country: string) =>
      standingLapses(swiss, 'implementation', gateContext({ 'region.country': country }), []).length;
    expect([found('CH'), found('IT')]).toEqual([0, 1]);
  });

  it('blames the facts that keep it from holding, and no other', () => {
    const given = { 'score.one': 50, 'score.two': 5, 'people.civil': 2 };
    expect(lapses({ all: [civil, one, two] }, given)).toEqual([['R01', 'fail', ['score.two']]]);
    // Of an alternative that is open, every way; of one that is taken, none.
    expect(lapses({ all: [civil, { any: [one, two] }] }, { 'people.civil': 0, 'score.one': 50 })).toEqual([
      ['R01', 'fail', ['people.civil']],
    ]);
    expect(lapses({ any: [one, two] }, { 'score.one': 1, 'score.two': 1 })).toEqual([
      ['R01', 'fail', ['score.one', 'score.two']],
    ]);
    expect(lapses({ not: { all: [one, two] } }, { 'score.one': 50, 'score.two': 50 })).toEqual([
      ['R01', 'fail', ['score.one', 'score.two']],
    ]);
  });
});

describe('a standing rule in a rulebook file', () => {
  it.each([
    ['that only warns', { standing, severity: 'warn' }, 'standing.never-binding /rules/0/standing'],
    [
      'that names a stage twice',
      { standing: ['review', 'review'] },
      'standing.duplicate-stage /rules/0/standing/1',
    ],
  ])('is refused: one %s', (_, more, fault) => {
    expect(faultsOf([rule('R01', more)])).toEqual([fault]);
  });

  it('is refused: one without a stage, or with a name that no stage can have', () => {
    expect(faultsOf([rule('R01', { standing: [] })])).toHaveLength(1);
    expect(faultsOf([rule('R01', { standing: ['Review!'] })])).toHaveLength(1);
  });
});
