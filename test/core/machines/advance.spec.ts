import { describe, expect, it } from '@jest/globals';
import { applyEvent, type Advanced, type CycleCommand } from '../../../src/core/machines/advance.js';
import { initialSnapshot, stageOf } from '../../../src/core/machines/cycle-snapshot.js';
import { possibleEvents } from '../../../src/core/machines/possible-events.js';
import { CYCLE_EVENTS } from '../../../src/core/machines/workflow-schema.js';
import { at, positionOf, regionCycle } from './region-cycle.js';

/** Where the cycle stands -> every way on, as `event to target [gate]`. */
const WAYS: Record<string, string[]> = {
  draft: ['advance to agenda_setting', 'withdraw to withdrawn'],
  agenda_setting: [
    'advance to strategy_development [agenda_setting.exit]',
    'suspend to agenda_setting',
    'withdraw to withdrawn',
  ],
  strategy_development: [
    'advance to implementation [strategy_development.exit]',
    'send-back to agenda_setting',
    'suspend to strategy_development',
    'withdraw to withdrawn',
  ],
  implementation: [
    'advance to review [implementation.exit]',
    'send-back to strategy_development',
    'suspend to implementation',
    'withdraw to withdrawn',
  ],
  review: [
    'advance to implementation [review.to_implementation]',
    'advance to strategy_development [review.to_strategy_development]',
    'advance to agenda_setting [review.to_agenda_setting]',
    'close to closed [review.close]',
    'suspend to review',
    'withdraw to withdrawn',
  ],
  'agenda_setting (suspended)': ['resume to agenda_setting', 'withdraw to withdrawn'],
  'strategy_development (suspended)': ['resume to strategy_development', 'withdraw to withdrawn'],
  'implementation (suspended)': ['resume to implementation', 'withdraw to withdrawn'],
  'review (suspended)': ['resume to review', 'withdraw to withdrawn'],
  withdrawn: [],
  closed: [],
};

const POSITIONS = Object.keys(WAYS);
const STATES = [...regionCycle.states.keys()];

function waysFrom(position: string): string[] {
  return possibleEvents(regionCycle, at(position)).map(({ type, to, gate }) => {
    return gate === null ? `${type} to ${to}` : `${type} to ${to} [${gate}]`;
  });
}

function advanced(position: string, command: CycleCommand): Advanced {
  const decision = applyEvent(regionCycle, at(position), command);
  if (decision.kind !== 'advanced') throw new Error(`${position} refused ${command.type}: ${decision.code}`);
  return decision;
}

function effectsOf(position: string, command: CycleCommand): string[] {
  return advanced(position, command).effects.map((effect) => {
    if (effect.type === 'notify') return `notify ${effect.template}`;
    return 'stage' in effect ? `${effect.type} ${effect.stage}` : effect.type;
  });
}

describe('the possible events of a cycle', () => {
  it.each(POSITIONS)('are those of the table in %s', (position) => {
    expect(waysFrom(position)).toEqual(WAYS[position]);
  });
});

describe('an event', () => {
  it.each(POSITIONS)('is taken from %s exactly where the table has a way', (position) => {
    for (const type of CYCLE_EVENTS) {
      for (const to of STATES) {
        const decision = applyEvent(regionCycle, at(position), { type, to, opens: true });
        const isWay = (WAYS[position] ?? []).some((way) => way.split(' [')[0] === `${type} to ${to}`);
        const reached = decision.kind === 'advanced' ? stageOf(decision.snapshot) : 'refused';
        expect([type, to, reached]).toEqual([type, to, isWay ? to : 'refused']);
      }
    }
  });

  it.each(POSITIONS)('that %s does not know is refused by name, with the ways that there are', (position) => {
    for (const type of CYCLE_EVENTS) {
      if ((WAYS[position] ?? []).some((way) => way.startsWith(`${type} `))) continue;
      expect(applyEvent(regionCycle, at(position), { type })).toEqual({
        kind: 'refused',
        code: 'event.not-possible',
        possible: possibleEvents(regionCycle, at(position)),
      });
    }
  });

  it('needs no target where it has only one', () => {
    expect(advanced('agenda_setting', { type: 'advance', opens: true }).to).toBe('strategy_development');
  });

  it('is refused where it leads to several targets and none is named', () => {
    expect(applyEvent(regionCycle, at('review'), { type: 'advance', opens: true })).toMatchObject({
      kind: 'refused',
      code: 'event.target-unknown',
    });
  });

  it('is refused when it does not lead to the named target', () => {
    expect(
      applyEvent(regionCycle, at('draft'), { type: 'advance', to: 'review', opens: true }),
    ).toMatchObject({
      code: 'event.target-unknown',
    });
  });

  it('leaves the snapshot that it was given as it was', () => {
    const before = at('agenda_setting');
    const copy = structuredClone(before);
    applyEvent(regionCycle, before, { type: 'advance', opens: true });
    expect(before).toEqual(copy);
  });
});

describe('a gate', () => {
  const gated = POSITIONS.flatMap((position) =>
    possibleEvents(regionCycle, at(position)).flatMap(({ type, to, gate }) => {
      return gate === null ? [] : [[position, type, to, gate] as const];
    }),
  );

  it('stands before every step forward and before the close, but for the opening of the draft', () => {
    expect(gated).toHaveLength(7);
  });

  it.each(gated)(
    'keeps a cycle in %s from %s to %s while it is closed or not asked',
    (position, type, to) => {
      for (const opens of [false, undefined]) {
        const decision = applyEvent(regionCycle, at(position), { type, to, opens });
        expect(decision).toMatchObject({ kind: 'refused', code: 'gate.refused' });
      }
    },
  );

  it.each(gated)(
    'lets a cycle in %s take %s to %s when it opens, and is named',
    (position, type, to, gate) => {
      expect(advanced(position, { type, to, opens: true })).toMatchObject({ from: position, to, gate });
    },
  );

  it('is not asked for a step back', () => {
    expect(advanced('implementation', { type: 'send-back' })).toMatchObject({
      to: 'strategy_development',
      gate: null,
    });
  });
});

describe('the effects of a transition', () => {
  it('come in the order exit, transition, entry', () => {
    expect(effectsOf('strategy_development', { type: 'send-back' })).toEqual([
      'close-tasks strategy_development',
      'notify cycle.sent-back',
      'open-tasks agenda_setting',
      'notify stage.entered',
    ]);
  });

  it('open the tasks of the first stage when the draft is opened', () => {
    expect(effectsOf('draft', { type: 'advance' })).toEqual([
      'open-tasks agenda_setting',
      'notify stage.entered',
    ]);
  });

  it.each(['implementation', 'implementation (suspended)'])(
    'close the tasks of %s on withdrawal',
    (position) => {
      expect(effectsOf(position, { type: 'withdraw' })).toEqual([
        'close-tasks implementation',
        'leave-sync-points',
        'notify cycle.withdrawn',
      ]);
    },
  );

  it('touch no task when a stage is suspended and resumed', () => {
    expect(effectsOf('review', { type: 'suspend' })).toEqual(['notify cycle.suspended']);
    expect(effectsOf('review (suspended)', { type: 'resume' })).toEqual(['notify cycle.resumed']);
  });

  it('name who is told', () => {
    expect(advanced('review', { type: 'suspend' }).effects).toEqual([
      { type: 'notify', template: 'cycle.suspended', audience: ['authority', 'coordinator'] },
    ]);
  });

  it('are none at the very beginning', () => {
    const { snapshot, effects } = initialSnapshot(regionCycle);
    expect([positionOf(snapshot), effects]).toEqual(['draft', []]);
  });
});

describe('the number of a cycle', () => {
  it('goes up by one when the review starts over, and stays on every other way', () => {
    for (const position of POSITIONS) {
      for (const { type, to } of possibleEvents(regionCycle, at(position, 4))) {
        const decision = applyEvent(regionCycle, at(position, 4), { type, to, opens: true });
        const startsOver = position === 'review' && type === 'advance' && to === 'agenda_setting';
        expect(decision).toMatchObject({ number: startsOver ? 5 : 4 });
      }
    }
  });
});
