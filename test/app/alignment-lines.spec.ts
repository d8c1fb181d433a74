import { describe, expect, it } from '@jest/globals';
import { alignmentLines } from '../../src/app/alignment-lines.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { CallAlignment } from '../../src/engine/calls/align-call.js';

const day = (text: string) => text as CalendarDate;
const head = {
  scheme: 's',
  key: 'ENERGY',
  from: day('2018-09-03'),
  to: day('2019-07-01'),
  regions: ['AT31', 'SI0'],
};
const meetings = { name: 'SI0/meetings', region: 'SI0', kind: 'meetings' } as const;

describe('the dates of a call at the command line', () => {
  it('are told with the way that is left where nothing may move', () => {
    const found: CallAlignment = {
      ...head,
      alignment: { kind: 'none', reason: 'locked', conflict: [meetings] },
    };
    expect(alignmentLines(found)).toEqual([
      'Call ENERGY: 2 regions, dates from 2018-09-03 to 2019-07-01',
      'No dates suit all, however far everything moves that may. In the way of each other:',
      '  SI0/meetings  (meetings)',
    ]);
  });

  it('name the moves that are known where the search was given up', () => {
    const found: CallAlignment = {
      ...head,
      alignment: { kind: 'undecided', conflict: [meetings], moves: [{ ...meetings, days: -1 }] },
    };
    expect(alignmentLines(found).at(-1)).toBe('  SI0/meetings  -1 day');
  });
});
