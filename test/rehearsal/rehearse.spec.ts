import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EventOf, RehearsalEvent } from '../../src/rehearsal/rehearsal-event.js';
import { renderTimeline } from '../../src/rehearsal/render-timeline.js';
import { timelineJson } from '../../src/rehearsal/timeline-json.js';
import { TIMELINE_WIDTH } from '../../src/rehearsal/timeline-layout.js';
import { runRehearsal, shippedScenario } from './run-rehearsal.js';

/** For two rehearsals at once on a busy machine, in milliseconds; nothing is measured. */
const REHEARSALS_TIMEOUT_MS = 600_000;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

let events: readonly RehearsalEvent[] = [];
let again: readonly RehearsalEvent[] = [];

beforeAll(async () => {
  [events, again] = await Promise.all([runRehearsal(shippedScenario()), runRehearsal(shippedScenario())]);
}, REHEARSALS_TIMEOUT_MS);

function told<Type extends RehearsalEvent['type']>(type: Type): readonly EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

const text = (run: readonly RehearsalEvent[]) => run.flatMap((event) => renderTimeline(event)).join('\n');
const json = (run: readonly RehearsalEvent[]) => run.map((event) => timelineJson(event)).join('\n');

function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`expected one, found ${list.length}`);
  return first;
}

describe('the rehearsal of the thirty months', () => {
  it('tells the same twice, byte for byte', () => {
    expect(text(again)).toBe(text(events));
    expect(json(again)).toBe(json(events));
  });

  it('tells no ids and no times of the machine', () => {
    expect(events.filter((event) => UUID.test(timelineJson(event)))).toEqual([]);
    expect(events.filter(({ at }) => at < '2016-11-01' || at > '2019-07-02')).toEqual([]);
  });

  it('goes on in time', () => {
    const instants = events.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted());
  });

  it('shows all 58 events of history, and says which were entered', () => {
    const context = told('context');
    expect(new Set(context.map(({ event }) => event.id)).size).toBe(58);
    expect(context).toHaveLength(58);
    const entered = context.filter(({ isEntered }) => isEntered).map(({ event }) => event.id);
    expect(entered).toContain('EV015');
    // The deadlines of a real call, which the joint call takes over; a context that is nobody's step.
    expect(entered).toEqual(expect.arrayContaining(['EV050', 'EV054']));
    expect(entered).not.toContain('EV042');
  });

  it('gives one JSON object in each line', () => {
    for (const event of events) {
      const line = timelineJson(event);
      expect(line).not.toContain('\n');
      expect(JSON.parse(line)).toMatchObject({ type: event.type, on: event.on });
    }
  });

  it('keeps its lines within the width', () => {
    const lines = events.flatMap((event) => renderTimeline(event));
    expect(lines.filter((line) => [...line].length > TIMELINE_WIDTH)).toEqual([]);
  });
});

describe('what is assumed', () => {
  it('bears a mark in the timeline, and what is sourced names its page', () => {
    for (const event of told('facts')) {
      const lines = renderTimeline(event).join(' ');
      const marks = lines.split('~').length - 1;
      const assumed = event.facts.filter(({ origin }) => origin === 'assumed');
      expect(marks).toBe(assumed.length);
      expect(assumed.filter(({ source }) => source !== null)).toEqual([]);
      const sourced = event.facts.filter(({ origin }) => origin === 'sourced');
      expect(sourced.filter(({ source }) => source === null || !source.startsWith('http'))).toEqual([]);
    }
  });

  it('includes every decision about a region', () => {
    for (const event of [...told('moved'), ...told('refused'), ...told('waived'), ...told('verdict')]) {
      expect(renderTimeline(event)[0]).toContain(' ~ ');
    }
  });

  it('is counted in the legend', () => {
    const { counts } = only(told('finished'));
    const facts = told('facts').flatMap(({ facts: of, regions }) => regions.flatMap(() => of));
    expect(counts.factsSourced).toBe(facts.filter(({ origin }) => origin === 'sourced').length);
    expect(counts.factsAssumed).toBe(facts.filter(({ origin }) => origin === 'assumed').length);
    expect(counts.refusals).toBe(told('refused').length);
    expect(counts.waivers).toBe(told('waived').length);
    expect(counts.gatesAsked).toBe(told('verdict').length);
  });
});

describe('the sync points', () => {
  it.each([
    ['S0', ['CH022', 'ITC1'], '2017-06-28'],
    ['S7', ['ITC1', 'SI0'], '2019-03-14'],
    ['KICK-OFF', [], '2016-11-01'],
  ])('%s is released once, by the arrival that was needed', (id, missing, on) => {
    const released = only(told('sync-released').filter(({ syncPoint }) => syncPoint.id === id));
    expect(released).toMatchObject({ missing, on });
    const before = told('sync-arrived').filter(
      (event) => event.syncPoint.id === id && events.indexOf(event) < events.indexOf(released),
    );
    expect(before.at(-1)).toMatchObject({
      arrived: released.arrived.length,
      needed: released.arrived.length,
    });
    expect(before.flatMap(({ regions }) => regions).toSorted()).toEqual(released.arrived.toSorted());
  });

  it('tells everybody of a release in their own language', () => {
    const notices = told('notice').filter(({ template }) => template === 'sync-point.released');
    const ofScheme = told('sync-released').filter(({ syncPoint }) =>
      ['KICK-OFF', 'S0', 'S7'].includes(syncPoint.id),
    );
    expect(ofScheme).toHaveLength(3);
    for (const { on } of ofScheme) {
      const to = notices.filter((notice) => notice.on === on).flatMap((notice) => notice.to);
      expect(new Set(to.map(({ language }) => language))).toEqual(new Set(['de', 'en', 'fr', 'it', 'sl']));
      expect(new Set(to.map(({ account }) => account)).size).toBe(12);
    }
  });

  it('lets a late region arrive without a second release', () => {
    const late = told('sync-arrived').filter(
      ({ syncPoint, isReleased }) => syncPoint.id === 'S0' && isReleased,
    );
    expect(late.flatMap(({ regions }) => regions)).toEqual(['CH022', 'ITC1']);
  });
});

describe('the gates', () => {
  it('let no cycle past without a verdict that opens', () => {
    for (const moved of told('moved')) {
      const isGated = moved.event === 'advance' || moved.event === 'close';
      if (!isGated || moved.from.id === 'draft') continue;
      expect(['pass', 'conditional', 'waived']).toContain(moved.verdict);
      const before = events[events.indexOf(moved) - 1];
      expect(before).toMatchObject({ type: 'verdict', region: moved.region, verdict: moved.verdict });
    }
  });

  it('name a broken rule or a fact and its owner with every refusal', () => {
    for (const refused of told('refused')) {
      const verdict = events[events.indexOf(refused) - 1];
      if (verdict?.type !== 'verdict') throw new Error(`no verdict before ${timelineJson(refused)}`);
      expect(['fail', 'unknown']).toContain(verdict.verdict);
      expect(verdict.failing.length + verdict.missing.length).toBeGreaterThan(0);
      expect(verdict.missing.filter(({ owner }) => owner === '')).toEqual([]);
    }
  });

  it('open for a waiver of two people only, and not after its last day', () => {
    const waivers = told('waived');
    for (const { grantedBy, secondedBy, reason } of waivers) {
      expect(secondedBy).not.toBe(grantedBy);
      expect(reason).not.toBe('');
    }
    for (const { region, waived, on } of told('verdict').filter(({ verdict }) => verdict === 'waived')) {
      for (const { rule } of waived) {
        const granted = waivers.filter((waiver) => waiver.region === region && waiver.rule.id === rule);
        expect(granted.some((waiver) => waiver.on <= on && on <= waiver.endsOn)).toBe(true);
      }
    }
  });

  it('stop the four regions with too many priorities until a waiver', () => {
    const stopped = told('verdict').filter(({ failing }) => failing.some(({ rule }) => rule === 'R13'));
    expect(new Set(stopped.map(({ region }) => region))).toEqual(new Set(['ITC4', 'ITC1', 'FRC2', 'SI0']));
  });

  it('wait for a class of Fribourg from the administrator, and only warn there of the enabling condition', () => {
    const verdicts = told('verdict').filter(({ region }) => region === 'CH022');
    expect(verdicts[0]?.missing).toContainEqual({
      fact: 'region.class',
      owner: 'administrator',
      reason: 'missing',
    });
    const exits = verdicts.filter(({ gate }) => gate.id === 'strategy_development.exit');
    expect(exits.at(-1)).toMatchObject({ verdict: 'pass', warnings: expect.anything() });
    expect(exits.at(-1)?.warnings.map(({ rule }) => rule)).toContain('R17');
  });

  it('wait for a vague date until it is exact, whatever else comes in', () => {
    const ended = told('task-ended').filter(
      ({ regions, tasks }) =>
        regions.includes('CH022') && tasks.some(({ id }) => id === 'agenda_setting.exit/survey_import'),
    );
    expect(only(ended)).toMatchObject({ on: '2017-09-26', end: 'done', byItself: true });
  });
});

describe('tasks and reminders', () => {
  it('remind of the action of a conditional pass on the morning of its day', () => {
    const opened = told('task-opened').flatMap(({ tasks }) =>
      tasks.filter(({ reference }) => reference === 'R06'),
    );
    expect(only(opened)).toMatchObject({ kind: 'conditional-action', dueOn: '2018-04-12' });
    const reminder = only(
      told('reminder').filter(
        ({ tasks, template }) => template === 'task.due' && tasks.some(({ id }) => id === 'R06'),
      ),
    );
    expect(reminder).toMatchObject({ regions: ['ITH3'], at: '2018-04-12T06:00:00.000Z' });
    expect(reminder.to).toMatchObject([{ account: 'authority-ITH3', language: 'it' }]);
  });

  it('remind nobody while the cycle rests', () => {
    const resting = told('reminder').filter(({ on }) => on > '2018-01-15' && on < '2018-06-07');
    expect(resting.filter(({ regions }) => regions.includes('FRC2'))).toEqual([]);
  });

  it('remind only of tasks that were opened and have not ended', () => {
    for (const reminder of told('reminder')) {
      const before = events.slice(0, events.indexOf(reminder));
      for (const region of reminder.regions) {
        for (const { id } of reminder.tasks) {
          // The tasks of activities and calls are told by their reminders alone.
          if (!/^[ADIVR]\d|^[a-z]/.test(id)) continue;
          const changes = before.filter(
            (event) =>
              (event.type === 'task-opened' &&
                event.region === region &&
                event.tasks.some(({ reference }) => reference === id)) ||
              (event.type === 'task-ended' &&
                event.regions.includes(region) &&
                event.tasks.some((task) => task.id === id)),
          );
          expect(changes.at(-1)?.type).toBe('task-opened');
        }
      }
    }
  });
});

describe('what the regions do together', () => {
  const joint = (did: EventOf<'joint'>['did']) => told('joint').filter((event) => event.did === did);
  const linesOf = (did: EventOf<'joint'>['did']) => joint(did).flatMap(({ lines }) => lines);

  it('finds nine fields with critical mass in the real strategies, and two without', () => {
    const fields = linesOf('find-activities');
    expect(fields).toHaveLength(11);
    const missed = fields.filter((line) => line.includes('no critical mass'));
    expect(missed.map((line) => line.split(':')[0]).toSorted()).toEqual(['Aerospace', 'Tourism']);
  });

  it('opens and closes the call by itself at the announced instants, for all eleven regions', () => {
    const moves = told('joint').flatMap(({ lines }) => lines.filter((line) => line.startsWith('by itself')));
    expect(moves).toEqual([
      'by itself, at the announced instant: -> Open',
      'by itself, at the announced instant: -> Closed',
    ]);
    const released = told('sync-released').filter(({ syncPoint }) => syncPoint.id.endsWith('-ALPS-2019'));
    expect(released.map(({ syncPoint }) => syncPoint.id)).toEqual([
      'S3-ALPS-2019',
      'S4-ALPS-2019',
      'S5-ALPS-2019',
      'S6-ALPS-2019',
    ]);
    for (const { arrived, missing } of released) expect([arrived.length, missing]).toEqual([11, []]);
  });

  it('takes no proposal with an Austrian partner after Austria has closed', () => {
    expect(linesOf('submit-proposal')).toContain('SALTLAB of AT32 DE1 is too late: AT32 closed before');
  });

  it('grants to the cent what was asked, and starts both projects on one day', () => {
    expect(linesOf('record-decisions').at(-1)).toBe(
      'EUR 1010000.00 granted of 4800000.00, 3790000.00 free; CHF 130000.50 granted of 250000.00, 119999.50 free',
    );
    expect(linesOf('set-common-start')).toEqual([
      'AGROTRACE, VALLEYCARE start on 2019-07-01 in all their regions',
    ]);
  });

  it('looks ahead, and says where history is too short for more than a range', () => {
    const [first] = joint('forecast');
    expect(first?.lines.some((line) => line.includes('too little history for more'))).toBe(true);
  });
});

describe('at the end', () => {
  it('five cycles are closed, and each of the others but the one that goes on says why not', () => {
    const { outcomes } = only(told('finished'));
    const closed = outcomes.filter(({ status }) => status === 'closed').map(({ region }) => region);
    expect(closed.toSorted()).toEqual(['AT32', 'CH022', 'DE2', 'ITH2', 'ITH3']);
    const silent = outcomes.filter(({ status, held }) => status === 'active' && held === null);
    expect(silent.map(({ region }) => region)).toEqual(['AT31']);
    const named = outcomes.flatMap(({ held }) => (held === null ? [] : [held]));
    expect(named.filter(({ failing, missing }) => failing.length + missing.length === 0)).toEqual([]);
  });

  it('every region has entered agenda setting and strategy development', () => {
    for (const { enteredOn } of only(told('finished')).outcomes) {
      expect(enteredOn['agenda_setting']).toBe('2016-11-01');
      expect(enteredOn['strategy_development']).toBeDefined();
    }
  });
});
