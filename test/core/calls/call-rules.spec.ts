import { describe, expect, it } from '@jest/globals';
import {
  CALL_RULE_DEFAULTS,
  callRules,
  isCommonStartAllowed,
  isDecisionInTime,
  isLocalDeadlineAllowed,
  isOpenLongEnough,
  isTextFinalInTime,
} from '../../../src/core/calls/call-rules.js';
import { projectStanding, type RegionalDecision } from '../../../src/core/calls/decision-standing.js';
import { day } from './call-fixtures.js';

const rules = callRules();

describe('the rules about the dates of a call', () => {
  it('ask for the text 30 days before the opening (R22)', () => {
    expect(isTextFinalInTime(day('2026-01-01'), day('2026-01-31'), rules)).toBe(true);
    expect(isTextFinalInTime(day('2026-01-02'), day('2026-01-31'), rules)).toBe(false);
  });

  it('keep a call open for 60 days (R23)', () => {
    expect(isOpenLongEnough(day('2026-03-01'), day('2026-04-30'), rules)).toBe(true);
    expect(isOpenLongEnough(day('2026-03-01'), day('2026-04-29'), rules)).toBe(false);
  });

  it.each([
    ['Austria, IraSME 2019', '2019-03-01', '2019-03-27', true],
    ['Lithuania, BSR 2014', '2014-09-30', '2014-10-31', true],
    ['the common day', '2019-03-27', '2019-03-27', true],
    ['one day too early', '2014-09-29', '2014-10-31', false],
    ['one day later', '2019-03-28', '2019-03-27', false],
  ])('allow a local deadline up to 31 days earlier, never later (R24): %s', (_, local, common, allowed) => {
    expect(isLocalDeadlineAllowed(day(local), day(common), rules)).toBe(allowed);
  });

  it.each([
    ['2026-06-01', true],
    ['2026-07-31', true],
    ['2026-08-01', false],
    ['2026-05-31', false],
  ])('ask for decisions within 60 days after the ranking (R26): %s', (decided, allowed) => {
    expect(isDecisionInTime(day('2026-06-01'), day(decided), rules)).toBe(allowed);
  });

  it('start projects on the first of a month, 14 days after the last decision (R27)', () => {
    const decided = [day('2026-06-01'), day('2026-06-17')];
    expect(isCommonStartAllowed(day('2026-07-01'), decided, rules)).toBe(true);
    expect(isCommonStartAllowed(day('2026-07-02'), decided, rules)).toBe(false);
    expect(isCommonStartAllowed(day('2026-07-01'), [...decided, day('2026-06-18')], rules)).toBe(false);
  });

  it('take other parameters from a rulebook, and cannot be changed', () => {
    expect(callRules({ openDays: 45 })).toMatchObject({ openDays: 45, noticeDays: 30 });
    expect(Object.isFrozen(rules) && Object.isFrozen(CALL_RULE_DEFAULTS.openDays)).toBe(true);
    expect(Object.values(CALL_RULE_DEFAULTS).every(({ rule, source }) => rule !== '' && source !== '')).toBe(
      true,
    );
  });
});

describe('a project between ranking and start', () => {
  const ranked = day('2026-06-01');
  const decision = (region: string, decidedOn: string | null, isPositive = true): RegionalDecision => {
    return { region, decidedOn: decidedOn === null ? null : day(decidedOn), isPositive };
  };
  const funded = decision('AT31', '2026-06-10');

  it.each<[string, RegionalDecision, string, string, string]>([
    ['has time', decision('SI0', null), '2026-06-30', 'due', 'waiting'],
    ['is reminded after 30 days', decision('SI0', null), '2026-07-01', 'reminded', 'waiting'],
    ['may still decide on the last day', decision('SI0', null), '2026-07-31', 'reminded', 'waiting'],
    ['blocks after 60 days', decision('SI0', null), '2026-08-01', 'blocks', 'blocked'],
    ['may be left after 120 days', decision('SI0', null), '2026-09-30', 'may-be-left', 'blocked'],
    ['has decided too late', decision('SI0', '2026-08-02'), '2026-08-03', 'blocks', 'blocked'],
    ['has decided against it', decision('SI0', '2026-07-01', false), '2026-07-02', 'refuses', 'blocked'],
    ['has decided', decision('SI0', '2026-07-01'), '2026-07-02', 'funds', 'ready'],
  ])('whose other region %s', (...[, other, today, standing, kind]) => {
    const found = projectStanding(ranked, [funded, other], day(today), rules);
    expect(found.regions).toEqual([
      { region: 'AT31', standing: 'funds' },
      { region: 'SI0', standing },
    ]);
    expect([found.kind, found.blockedBy]).toEqual([kind, kind === 'blocked' ? ['SI0'] : []]);
  });
});
