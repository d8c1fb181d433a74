import { describe, expect, it } from '@jest/globals';
import type { WorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { parseCalendarDate } from '../../../src/core/calendar/calendar-date.js';
import type { Partner } from '../../../src/core/calls/consortium.js';
import { requestsOf } from '../../../src/core/calls/consortium.js';
import { ELIGIBILITY_CATALOGUE } from '../../../src/core/calls/eligibility-catalogue.js';
import {
  parseEligibility,
  type EligibilityRuleDefinition,
} from '../../../src/core/calls/eligibility-rules.js';
import { judgeEligibility } from '../../../src/core/calls/judge-eligibility.js';
import { JOINT_ELIGIBILITY_DEFAULT } from '../../../src/core/calls/joint-eligibility.js';
import { parseMoney } from '../../../src/core/calls/money.js';
import { labelsSchema } from '../../../src/core/terms/language.js';
import { parseInstant } from '../../../src/core/terms/instant.js';

const COUNTRIES: Readonly<Record<string, string>> = { AT31: 'AT', AT32: 'AT', DE2: 'DE', CH022: 'CH' };
const labels = { de: 'x', fr: 'x', it: 'x', sl: 'x', en: 'x' };

function rule(id: string, fact: string, operator: string, value: unknown): EligibilityRuleDefinition {
  return { id, labels, conditions: { all: [{ fact, operator, value }] } };
}

function partner(region: string, kind: Partner['kind'], amount = '1000.00'): Partner {
  return {
    organisation: 'x',
    region,
    kind,
    requested: parseMoney(amount, region === 'CH022' ? 'CHF' : 'EUR'),
  };
}

function judge(
  definitions: readonly EligibilityRuleDefinition[],
  partners: readonly Partner[],
  region: string | null,
) {
  const parsed = parseEligibility(definitions);
  const today = parseCalendarDate('2019-02-01');
  const now = parseInstant('2019-02-01T00:00:00Z');
  if ('problems' in parsed || today === null || now === null) throw new Error('not a question');
  return judgeEligibility(parsed.rules, {
    partners,
    region,
    countryOf: (nuts) => COUNTRIES[nuts] ?? '',
    today,
    now,
    calendar: {} as WorkingCalendar,
  });
}

/** IraSME: two SMEs from two countries; Austria: three SMEs. */
const IRASME = [rule('two-countries', 'consortium.sme_countries', 'greaterThanInclusive', 2)];
const AUSTRIA = [rule('three-smes', 'consortium.smes', 'greaterThanInclusive', 3)];

describe('the eligibility of a consortium', () => {
  it('follows the rules of each region: what is enough for one is not for another', () => {
    const two = [partner('AT31', 'sme'), partner('DE2', 'sme')];
    expect(judge(IRASME, two, null).result).toBe('eligible');
    expect(judge(AUSTRIA, two, 'AT31')).toMatchObject({
      result: 'ineligible',
      reasons: [{ rule: 'three-smes', result: 'fail', leaves: [{ actual: 2, required: 3 }] }],
    });
    expect(judge(AUSTRIA, [...two, partner('AT32', 'sme')], 'AT31').result).toBe('eligible');
    expect(judge(IRASME, [partner('AT31', 'sme'), partner('AT32', 'sme')], null).result).toBe('ineligible');
  });

  it('is unknown while it depends on what a partner has not shown, and only then', () => {
    const open = [partner('AT31', 'sme'), partner('DE2', null)];
    expect(judge(IRASME, open, null)).toMatchObject({ result: 'unknown', reasons: [{ result: 'unknown' }] });
    const partners = rule('partners', 'part.partners', 'greaterThanInclusive', 1);
    expect(judge([partners], open, 'DE2').result).toBe('eligible');
    const large = rule('few', 'consortium.partners', 'greaterThanInclusive', 3);
    expect(judge([...IRASME, large], open, null).result).toBe('ineligible');
  });

  it('tells amounts that differ by a cent apart, up to the largest that can be asked', () => {
    const atMost = rule('ceiling', 'part.requested', 'lessThanInclusive', 99_999_999_999.98);
    const one = partner('CH022', 'sme', '99999999999.98');
    expect(judge([atMost], [one], 'CH022').result).toBe('eligible');
    expect(judge([atMost], [one, partner('CH022', 'sme', '0.01')], 'CH022').result).toBe('ineligible');
    expect(requestsOf([one, partner('CH022', 'sme', '0.02'), partner('DE2', 'sme')])).toEqual([
      { region: 'CH022', amount: parseMoney('100000000000.00', 'CHF') },
      { region: 'DE2', amount: parseMoney('1000.00', 'EUR') },
    ]);
  });

  it('asks two countries of everybody where a call says nothing', () => {
    expect(judge(JOINT_ELIGIBILITY_DEFAULT, [partner('AT31', null), partner('DE2', null)], null).result).toBe(
      'eligible',
    );
    expect(judge(JOINT_ELIGIBILITY_DEFAULT, [partner('AT31', 'sme')], null).result).toBe('ineligible');
  });
});

describe('rules of eligibility', () => {
  it('are refused with the place of each fault', () => {
    const faulty = [
      rule('a', 'part.smes', 'greaterThanInclusive', 1),
      rule('a', 'part.unicorns', 'greaterThanInclusive', 1),
      { id: 'b', labels, conditions: { all: [] } },
    ];
    const parsed = parseEligibility(faulty);
    expect(
      'problems' in parsed ? parsed.problems.map(({ pointer, code }) => `${pointer} ${code}`) : [],
    ).toEqual([
      '/1/id rule.duplicate-id',
      '/1/conditions/all/0/fact rule.unknown-fact',
      '/2/conditions/all rule.empty-group',
    ]);
  });

  it('ask about facts that have a name in every language', () => {
    for (const { labels: names } of ELIGIBILITY_CATALOGUE.values()) {
      expect(labelsSchema.parse(names)).toEqual(names);
    }
  });
});
