import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { addClosure } from '../../src/engine/calendars/add-closure.js';
import { calendarOf } from '../../src/engine/calendars/calendar-of.js';
import { readCalendar, readCalendars } from '../../src/engine/calendars/read-calendar.js';
import { removeClosure } from '../../src/engine/calendars/remove-closure.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { explainGate } from '../../src/engine/cycles/explain-gate.js';
import { replayDecisions } from '../../src/engine/decisions/replay-decisions.js';
import { readDecisions } from '../../src/engine/decisions/read-decisions.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { isWorkingDay, workingDaysBetween } from '../../src/core/calendar/working-days.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';
import { taskOf } from '../support/told.js';

describe('closures of a calendar', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2016-11-02T08:00:00Z'));
  });
  afterAll(() => engine.close());

  const close = (calendar: string, date: string, actor = engine.administrator) =>
    addClosure(engine.deps, { ...by(actor), calendar, date: date as CalendarDate, label: 'bridge day' });
  const advance = (nuts: string) =>
    advanceCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle(nuts),
      to: null,
      note: null,
      decidedOn: null,
    });
  const replay = () => replayDecisions(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
  const asOf = (text: string) =>
    engine.deps.database.read((tx) => calendarOf(engine.deps, tx, 'DE-BW', instant(text)));

  it('are added by an administrator, once for a day, within the years that the calendar covers', async () => {
    await expect(close('DE-BW', '2017-05-26', engine.coordinator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    await expect(close('XX-1', '2017-05-26')).rejects.toMatchObject({ code: 'calendar.not-found' });
    await expect(close('DE-BW', '2050-01-03')).rejects.toMatchObject({ code: 'calendar.out-of-range' });
    const closure = await close('DE-BW', '2017-05-26');
    expect(closure).toMatchObject({ calendar: 'DE-BW', addedBy: 'administrator', removedAt: null });
    await expect(close('DE-BW', '2017-05-26')).rejects.toMatchObject({ code: 'closure.exists' });
    const { closures, holidays } = await readCalendar(engine.deps, { id: 'DE-BW', year: 2017 });
    expect(closures.map(({ date, label }) => [date, label])).toEqual([['2017-05-26', 'bridge day']]);
    expect(holidays).toContain('2017-05-25');
    expect((await readCalendar(engine.deps, { id: 'DE-BW', year: null })).year).toBe(2016);
    const heads = await readCalendars(engine.deps);
    expect(heads.find(({ id }) => id === 'DE-BW')?.closuresStanding).toBe(1);
  });

  it('are taken back without being forgotten: what was known then is known still', async () => {
    engine.clock.set(instant('2016-11-03T08:00:00Z'));
    const { id } = await close('DE-BW', '2016-12-23');
    engine.clock.set(instant('2016-11-04T08:00:00Z'));
    await removeClosure(engine.deps, { ...by(engine.administrator), closureId: id });
    const again = removeClosure(engine.deps, { ...by(engine.administrator), closureId: id });
    await expect(again).rejects.toMatchObject({ code: 'closure.not-found' });
    const day = '2016-12-23' as CalendarDate;
    expect(isWorkingDay(await asOf('2016-11-02T12:00:00Z'), day)).toBe(true);
    expect(isWorkingDay(await asOf('2016-11-03T12:00:00Z'), day)).toBe(false);
    expect(isWorkingDay(await asOf('2016-11-04T12:00:00Z'), day)).toBe(true);
    // Another can take its place.
    const { id: next } = await close('DE-BW', '2016-12-23');
    await removeClosure(engine.deps, { ...by(engine.administrator), closureId: next });
  });

  it('count in the due days of tasks that are opened from then on', async () => {
    const before = await taskOf(engine, 'DE1', 'A7');
    expect(before.dueOn).toBe('2016-11-16');
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    await close('DE-BW', '2017-07-10');
    await recordFacts(engine.deps, {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: agendaSettingFacts(),
    });
    expect((await advance('DE1')).kind).toBe('moved');
    // Fifteen working days from Monday, 3 July, without the tenth: 25 July instead of 24 July.
    expect((await taskOf(engine, 'DE1', 'D3')).dueOn).toBe('2017-07-25');
    expect((await taskOf(engine, 'DE1', 'A7')).dueOn).toBe(before.dueOn);
  });

  it('count in the gates, of the region and of the neighbours who have to answer', async () => {
    const neighbours = {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: [
        fact('neighbours.asked', 1),
        fact('neighbours.answered', 0),
        fact('neighbours.notified_on', '2017-07-03'),
      ],
    };
    await recordFacts(engine.deps, neighbours);
    const waited = async () => {
      const { verdict } = await explainGate(engine.deps, {
        actor: engine.coordinator,
        cycleId: engine.cycle('DE1'),
        to: null,
      });
      return verdict.rules.find(({ id }) => id === 'R18')?.result;
    };
    engine.clock.set(instant('2017-07-24T08:00:00Z'));
    expect(await waited()).toBe('pass');
    // In Bavaria, DE1's one neighbour, nobody worked on a day of the waiting time.
    await close('DE-BY', '2017-07-14');
    expect(await waited()).toBe('fail');
    engine.clock.set(instant('2017-07-25T08:00:00Z'));
    expect(await waited()).toBe('pass');
  });

  it('leave every decision that was taken before or while they stood as it was', async () => {
    await advance('DE1');
    engine.clock.set(instant('2017-07-26T08:00:00Z'));
    await advance('DE2');
    const before = await replay();
    expect([before.decisions, before.differing]).toEqual([3, 0]);
    for (const date of ['2017-07-04', '2017-07-05', '2017-07-12']) {
      for (const calendar of ['DE-BW', 'DE-BY', 'AT-4', 'AT-5']) await close(calendar, date);
    }
    expect(await replay()).toEqual(before);
    await advance('DE1');
    const { closures } = await readCalendar(engine.deps, { id: 'DE-BY', year: 2017 });
    for (const { id } of closures) {
      await removeClosure(engine.deps, { ...by(engine.administrator), closureId: id });
    }
    await advance('DE1');
    expect(await replay()).toMatchObject({ decisions: 5, differing: 0, differences: [] });

    const decisions = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { region: 'DE1', limit: 10 },
    });
    expect(decisions.map(({ calendar, neighbourCalendars }) => [calendar, ...neighbourCalendars])).toEqual([
      ['DE-BW+2017-05-26+2017-07-10', 'DE-BY'],
      ['DE-BW+2017-05-26+2017-07-10', 'DE-BY+2017-07-14'],
      [
        'DE-BW+2017-05-26+2017-07-04+2017-07-05+2017-07-10+2017-07-12',
        'DE-BY+2017-07-04+2017-07-05+2017-07-12+2017-07-14',
      ],
      ['DE-BW+2017-05-26+2017-07-04+2017-07-05+2017-07-10+2017-07-12', 'DE-BY'],
    ]);
  });

  it('are the same calendar for the same closures, made once', async () => {
    const [one, other] = [await asOf('2017-07-26T08:00:00Z'), await asOf('2017-07-26T08:00:00Z')];
    expect(one).toBe(other);
    const [from, to] = ['2017-07-03', '2017-07-14'] as CalendarDate[];
    if (from === undefined || to === undefined) throw new Error('no days');
    expect(workingDaysBetween(one, from, to)).toBe(5);
    await carryOutEffects(engine);
  });
});
