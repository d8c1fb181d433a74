import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { judgeScheme, type SchemeSurroundings } from '../../../src/core/sync/judge-scheme.js';

const REGION = {
  name: 'Region',
  labels: { de: 'a', fr: 'a', it: 'a', sl: 'a', en: 'a' },
  country: 'AT',
  languages: ['de'],
  language: 'de',
  zone: 'Europe/Vienna',
  calendar: 'AT-5',
  class: null,
  classNote: 'none',
  strategy: {
    title: null,
    adopted: null,
    adoptedPrecision: null,
    adoptedNote: 'not found',
    priorities: null,
    sources: [],
  },
  gdpPercentOfEu2014: null,
  sources: [],
};

const POINT = {
  id: 'S0',
  labels: REGION.labels,
  milestone: 'review-entered',
  members: ['AT31', 'AT32'],
  rule: { kind: 'k-of-n', k: 2 },
  deadline: { on: '2017-10-31', policy: 'release' },
  lateJoiner: 'add',
  leaver: 'shrink',
  releases: [{ effect: 'notify', template: 'sync-point.released' }],
  source: 'Proposal.',
};

const SCHEME = {
  id: 'two-regions',
  name: REGION.labels,
  startsOn: '2016-11-01',
  endsOn: '2019-04-30',
  workflow: { id: 'region-cycle', version: 1 },
  rulebook: { id: 'region-cycle', version: 1 },
  regions: [
    { ...REGION, nuts: 'AT31', neighbours: ['AT32'] },
    { ...REGION, nuts: 'AT32', neighbours: ['AT31'] },
  ],
  syncPoints: [POINT],
  source: 'Proposal.',
};

const calendarAt = (id: string, zone: string) =>
  makeWorkingCalendar({
    id,
    zone,
    weekend: [6, 7],
    holidays: new Set<CalendarDate>(),
    coveredYears: { first: 2016, last: 2017 },
  });

const surroundings: SchemeSurroundings = {
  calendars: new Map([
    ['AT-5', calendarAt('AT-5', 'Europe/Vienna')],
    ['IT-25', calendarAt('IT-25', 'Europe/Rome')],
  ]),
  milestones: new Set(['review-entered']),
  templates: new Set(['sync-point.released']),
};

function faultsOf(scheme: unknown): string[] {
  return judgeScheme(scheme, surroundings).map(({ code, pointer }) => `${code} ${pointer}`);
}

function withRegion(change: object, index = 1): unknown {
  return {
    ...SCHEME,
    regions: SCHEME.regions.map((one, at) => (at === index ? { ...one, ...change } : one)),
  };
}

function withPoint(change: object): unknown {
  return { ...SCHEME, syncPoints: [{ ...POINT, ...change }] };
}

describe('a scheme', () => {
  it('in order is judged without a problem', () => {
    expect(faultsOf(SCHEME)).toEqual([]);
  });

  it('as it is shipped has the right format', () => {
    const file = new URL('../../../config/schemes/s3-4alpclusters.json', import.meta.url);
    const shipped: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const codes = new Set(judgeScheme(shipped, surroundings).map(({ code }) => code));
    // The names that it uses belong to files that this test does not read.
    expect([...codes].toSorted()).toEqual(['calendar.unknown', 'milestone.unknown']);
  });

  it.each<[string, unknown, string[]]>([
    ['that ends before it starts', { ...SCHEME, endsOn: '2016-10-31' }, ['scheme.ends-before-start /endsOn']],
    ['on a day that does not exist', { ...SCHEME, endsOn: '2019-02-30' }, ['schema.invalid-format /endsOn']],
    [
      'with a code that is no NUTS code',
      withRegion({ nuts: 'at32' }),
      ['schema.invalid-format /regions/1/nuts'],
    ],
    [
      'with one region twice',
      { ...SCHEME, regions: [...SCHEME.regions, SCHEME.regions[0]] },
      ['region.twice /regions/2/nuts'],
    ],
    [
      'with a country that the code denies',
      withRegion({ country: 'DE' }),
      ['region.country-differs /regions/1/country'],
    ],
    [
      'that writes in a foreign language',
      withRegion({ language: 'sl' }),
      ['region.language-differs /regions/1/language'],
    ],
    ['with an abbreviated zone', withRegion({ zone: 'CET' }), ['region.zone-unknown /regions/1/zone']],
    ['with an invented zone', withRegion({ zone: 'Europe/Linz' }), ['region.zone-unknown /regions/1/zone']],
    ['with an unknown calendar', withRegion({ calendar: 'AT-9' }), ['calendar.unknown /regions/1/calendar']],
    [
      'with a calendar of another zone',
      withRegion({ calendar: 'IT-25' }),
      ['region.zone-differs /regions/1/zone'],
    ],
    ['with a class of its own', withRegion({ class: 'rich' }), ['schema.invalid-value /regions/1/class']],
    [
      'with a neighbour from outside',
      withRegion({ neighbours: ['AT31', 'DE2'] }),
      ['region.unknown /regions/1/neighbours/1'],
    ],
    [
      'with a neighbour that does not answer',
      withRegion({ neighbours: [] }),
      ['region.neighbour-not-mutual /regions/0/neighbours/0'],
    ],
    [
      'with a region that borders on itself',
      withRegion({ neighbours: ['AT31', 'AT32'] }),
      ['region.neighbour-twice /regions/1/neighbours/1'],
    ],
    ['without regions', { ...SCHEME, regions: [], syncPoints: [] }, ['schema.too-small /regions']],
    [
      'with a region named in four languages',
      withRegion({ labels: { de: 'a', fr: 'a', it: 'a', en: 'a' } }),
      ['label.language-missing /regions/1/labels/sl'],
    ],
  ])('%s is refused', (_name, scheme, faults) => {
    expect(faultsOf(scheme)).toEqual(faults);
  });
});

describe('a sync point', () => {
  it('tells coordinators and authorities when it names nobody', () => {
    expect(
      judgeScheme(
        withPoint({ releases: [{ effect: 'notify', template: 'sync-point.released' }] }),
        surroundings,
      ),
    ).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    [
      'that asks for more than it has',
      { rule: { kind: 'k-of-n', k: 3 } },
      ['sync-point.quorum-too-high /syncPoints/0/rule/k'],
    ],
    ['that asks for nobody', { rule: { kind: 'k-of-n', k: 0 } }, ['schema.too-small /syncPoints/0/rule/k']],
    [
      'with half a region',
      { rule: { kind: 'k-of-n', k: 1.5 } },
      ['schema.invalid-type /syncPoints/0/rule/k'],
    ],
    [
      'with another kind of rule',
      { rule: { kind: 'most' } },
      ['schema.invalid-union /syncPoints/0/rule/kind'],
    ],
    ['without members', { members: [] }, ['schema.too-small /syncPoints/0/members']],
    [
      'with a member twice, which does not fill the quorum',
      { members: ['AT31', 'AT31'] },
      ['sync-point.member-twice /syncPoints/0/members/1', 'sync-point.quorum-too-high /syncPoints/0/rule/k'],
    ],
    ['with a member from outside', { members: ['AT31', 'DE2'] }, ['region.unknown /syncPoints/0/members/1']],
    [
      'with an unknown milestone',
      { milestone: 'summit-reached' },
      ['milestone.unknown /syncPoints/0/milestone'],
    ],
    [
      'with another policy',
      { deadline: { on: null, policy: 'forget' } },
      ['schema.invalid-value /syncPoints/0/deadline/policy'],
    ],
    [
      'with an unknown notice',
      { releases: [{ effect: 'notify', template: 'gone' }] },
      ['notice.template-unknown /syncPoints/0/releases/0/template'],
    ],
  ])('%s is refused', (_name, change, faults) => {
    expect(faultsOf(withPoint(change)).toSorted()).toEqual(faults.toSorted());
  });

  it('stands once in a scheme', () => {
    expect(faultsOf({ ...SCHEME, syncPoints: [POINT, POINT] })).toEqual([
      'sync-point.twice /syncPoints/1/id',
    ]);
  });
});
