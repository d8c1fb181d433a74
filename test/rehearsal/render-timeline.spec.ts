import { describe, expect, it } from '@jest/globals';
import { instant } from '../support/engine.js';
import type { RehearsalDetail, RehearsedFact } from '../../src/rehearsal/rehearsal-event.js';
import { renderTimeline } from '../../src/rehearsal/render-timeline.js';
import { layOut, wrap } from '../../src/rehearsal/timeline-layout.js';
import { tellMissing, tellShortfall, tellValue } from '../../src/rehearsal/tell-value.js';

const render = (detail: RehearsalDetail): readonly string[] =>
  renderTimeline({ ...detail, at: instant('2017-04-05T07:00:00Z'), on: '2017-04-05' });

const fact = (name: string, more: Partial<RehearsedFact> = {}): RehearsedFact => ({
  fact: name,
  label: name,
  value: 1,
  precision: null,
  origin: 'assumed',
  source: null,
  note: null,
  ...more,
});

describe('a line of the timeline', () => {
  it('breaks at blanks and leaves a longer word whole', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', '  three']);
    expect(wrap('extraordinary', 5)).toEqual(['extraordinary']);
  });

  it('has its head once', () => {
    const head = { on: '2017-04-05', region: 'DE2', kind: 'GATE', isAssumed: true };
    const [first, second] = layOut(head, ['one', 'two']);
    expect(first).toMatch(/^2017-04-05 {2}DE2 +GATE +~ one$/);
    expect(second).toBe(`${' '.repeat((first ?? '').length - 3)}two`);
  });

  it('marks assumed facts one by one, and shortens the names of a family', () => {
    const lines = render({
      type: 'facts',
      regions: ['DE2'],
      by: 'authority',
      event: 'EV017',
      note: null,
      facts: [
        fact('edw.held', { origin: 'sourced', source: 'https://example.org/' }),
        fact('edw.participants.business', { value: 24 }),
        fact('edw.participants.civil', { value: 0 }),
      ],
    });
    expect(lines.join('\n')).toContain(' edw.held=1 ~edw.participants.business=24 ~.civil=0');
  });

  it('does not shorten a name across the border between sourced and assumed', () => {
    const lines = render({
      type: 'facts',
      regions: ['DE2'],
      by: 'authority',
      event: null,
      note: null,
      facts: [
        fact('edw.held', { origin: 'sourced', source: 'https://example.org/' }),
        fact('edw.cross_region'),
      ],
    });
    expect(lines.join('\n')).toContain(' edw.held=1 ~edw.cross_region=1');
  });

  it('shows a month as a month, and says when a day is not certain', () => {
    const event = {
      id: 'EV001',
      date: '2011-05-31',
      precision: 'month',
      region: 'DE2',
      type: 's3-adopted',
      title: 'A decision',
      stage: 'strategy_development',
      source: 'https://example.org/',
      origin: 'baseline',
    } as const;
    expect(render({ type: 'context', event, isEntered: true })[0]).toMatch(/^2011-05-\.\. +DE2 +EVENT /);
    const vague = { ...event, precision: 'approximate' } as const;
    expect(render({ type: 'context', event: vague, isEntered: false }).join(' ')).toContain(
      'not known exactly',
    );
    const before = { ...event, precision: 'before' } as const;
    expect(render({ type: 'context', event: before, isEntered: false }).join(' ')).toContain('or before');
  });
});

describe('a value', () => {
  it('is told as exactly as it is known', () => {
    expect(tellValue('2011-05-31', 'month')).toBe('2011-05');
    expect(tellValue('2013-07-01', 'year')).toBe('2013');
    expect(tellValue('2017-03-15', 'approximate')).toBe('about 2017-03-15');
    expect(tellValue('2017-03-15', 'day')).toBe('2017-03-15');
    expect(tellValue(35.294_117)).toBe('35.3');
    expect(tellValue(false)).toBe('no');
  });

  it('that falls short says what is needed', () => {
    const shortfall = {
      subject: 'Answers',
      operator: 'greaterThanInclusive',
      actual: 0,
      required: 3,
    } as const;
    expect(tellShortfall(shortfall)).toBe('Answers: 0, needs at least 3');
    expect(tellShortfall({ ...shortfall, actual: null })).toBe('Answers: not known, needs at least 3');
    expect(tellShortfall({ ...shortfall, actual: '2018-08-10', required: '2018-08-15' })).toBe(
      'Answers: 2018-08-10, must not be before 2018-08-15',
    );
    expect(tellShortfall({ ...shortfall, actual: { least: 92, most: 122 } })).toBe(
      'Answers: 92 to 122, needs at least 3',
    );
  });

  it('that is awaited names its owner, once for each', () => {
    const missing = [
      { fact: 'stresstest.block.1', owner: 'survey_import', reason: 'missing' },
      { fact: 'stresstest.block.2', owner: 'survey_import', reason: 'missing' },
      { fact: 'stresstest.opened_on', owner: 'survey_import', reason: 'imprecise' },
      { fact: 'region.class', owner: 'administrator', reason: 'missing' },
    ] as const;
    expect(tellMissing(missing)).toEqual([
      'waits for survey import: stresstest.block.1 .2 stresstest.opened_on (imprecise)',
      'waits for administrator: region.class',
    ]);
  });
});
