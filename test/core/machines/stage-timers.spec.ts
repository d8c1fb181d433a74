import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { applyEvent, type Advanced, type CycleCommand } from '../../../src/core/machines/advance.js';
import { machineEventType } from '../../../src/core/machines/compile-workflow.js';
import { initialSnapshot, stageOf } from '../../../src/core/machines/cycle-snapshot.js';
import { possibleEvents, possibleSteps, possibleTimers } from '../../../src/core/machines/possible-events.js';
import { CYCLE_EVENTS, stepEventSchema } from '../../../src/core/machines/workflow-schema.js';
import { at, regionCycle } from './region-cycle.js';
import { timedCycle } from './timed-cycle.js';

const SEED = 20170630;
const WALKS = 300;

function advanced(position: string, command: CycleCommand): Advanced {
  const decision = applyEvent(timedCycle, at(position), command);
  if (decision.kind !== 'advanced') throw new Error(`${position} refused ${command.type}: ${decision.code}`);
  return decision;
}

function effects(position: string, command: CycleCommand): string[] {
  return advanced(position, command).effects.map((effect) =>
    'stage' in effect ? `${effect.type} ${effect.stage}` : effect.type,
  );
}

describe('the timers of a stage', () => {
  it('are set when it is entered and cleared when it is left, after everything of the file', () => {
    expect(effects('draft', { type: 'advance' })).toEqual([
      'open-tasks agenda_setting',
      'notify',
      'set-timers agenda_setting',
    ]);
    expect(effects('agenda_setting', { type: 'advance', opens: true })).toEqual([
      'close-tasks agenda_setting',
      'clear-timers agenda_setting',
      'open-tasks strategy_development',
      'notify',
    ]);
    expect(effects('implementation (suspended)', { type: 'withdraw' })[1]).toBe(
      'clear-timers implementation',
    );
  });

  it('are neither set nor cleared by a rest', () => {
    expect(effects('review', { type: 'suspend' })).toEqual(['notify']);
    expect(effects('review (suspended)', { type: 'resume' })).toEqual(['notify']);
  });

  it('leave no trace in a workflow that has none', () => {
    for (const position of ['draft', 'agenda_setting', 'strategy_development', 'implementation', 'review']) {
      for (const { type, to } of possibleEvents(regionCycle, at(position))) {
        const decision = applyEvent(regionCycle, at(position), { type, to, opens: true });
        const named = decision.kind === 'advanced' ? decision.effects.map((effect) => effect.type) : [];
        expect(named.filter((name) => name.endsWith('timers'))).toEqual([]);
      }
    }
  });

  it('are none of the things that a person may ask for', () => {
    for (const position of ['implementation', 'review']) {
      expect(possibleEvents(timedCycle, at(position))).toEqual(possibleEvents(regionCycle, at(position)));
    }
    expect(CYCLE_EVENTS.some((type) => type.startsWith('timer'))).toBe(false);
  });

  it('of a stage that lead on are ways of it, but not while it rests', () => {
    const ways = possibleTimers(timedCycle, at('review')).map(({ type, to, gate }) => [type, to, gate]);
    expect(ways).toEqual([
      ['timer:start-over', 'agenda_setting', null],
      ['timer:lapse', 'withdrawn', null],
    ]);
    expect(possibleTimers(timedCycle, at('agenda_setting'))).toEqual([]);
    expect(possibleTimers(timedCycle, at('review (suspended)'))).toEqual([]);
  });

  it('have names that logs can keep', () => {
    expect(stepEventSchema.parse('timer:review-due')).toBe('timer:review-due');
    expect(stepEventSchema.parse('advance')).toBe('advance');
    expect(stepEventSchema.safeParse('timer:Review due').success).toBe(false);
  });
});

describe('a timer that is due', () => {
  it('takes its step, with its effects between exit and entry', () => {
    expect(advanced('implementation', { type: 'timer:review-due', opens: true })).toMatchObject({
      from: 'implementation',
      to: 'review',
      gate: 'implementation.exit',
    });
    expect(effects('review', { type: 'timer:lapse' })).toEqual([
      'close-tasks review',
      'clear-timers review',
      'leave-sync-points',
      'notify',
    ]);
  });

  it('is refused by its gate like a person, and what is possible is what a person may do', () => {
    for (const opens of [false, undefined]) {
      expect(applyEvent(timedCycle, at('implementation'), { type: 'timer:review-due', opens })).toEqual({
        kind: 'refused',
        code: 'gate.refused',
        possible: possibleEvents(timedCycle, at('implementation')),
      });
    }
  });

  it('can begin the next cycle', () => {
    const decision = applyEvent(timedCycle, at('review', 3), { type: 'timer:start-over' });
    expect(decision).toMatchObject({ to: 'agenda_setting', number: 4 });
  });

  it.each([
    ['review (suspended)', 'timer:lapse'],
    ['implementation', 'timer:lapse'],
    ['agenda_setting', 'timer:long-stay'],
    ['draft', 'timer:anything'],
    ['withdrawn', 'timer:lapse'],
  ] as const)('does nothing in %s when it is %s', (position, type) => {
    expect(applyEvent(timedCycle, at(position), { type, opens: true })).toMatchObject({
      kind: 'refused',
      code: 'event.not-possible',
    });
  });
});

describe('any walk with timers', () => {
  const choices = fc.array(fc.nat(), { maxLength: 60 });
  const start = initialSnapshot(timedCycle).snapshot;

  it('is offered exactly what the machine would take', () => {
    const states = [...timedCycle.states.keys()];
    const names = [
      ...CYCLE_EVENTS.flatMap((type) => states.map((to) => machineEventType(type, to))),
      ...[...timedCycle.timers.values()].flat().map(({ id }) => `timer:${id}`),
    ];
    fc.assert(
      fc.property(choices, (picks) => {
        let here = start;
        for (const pick of picks) {
          const steps = possibleSteps(timedCycle, here);
          const machine = timedCycle.machine.resolveState(here);
          const taken = [...new Set(names)].filter((type) => machine.can({ type, opens: true }));
          expect(steps.map(({ type, to }) => machineEventType(type, to)).toSorted()).toEqual(
            taken.toSorted(),
          );
          const chosen = steps[pick % Math.max(1, steps.length)];
          if (chosen === undefined) break;
          const decision = applyEvent(timedCycle, here, { type: chosen.type, to: chosen.to, opens: true });
          if (decision.kind === 'refused') throw new Error(decision.code);
          here = decision.snapshot;
        }
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });

  it('sets the timers of a stage once when it is entered and clears them once when it is left', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        let here = start;
        const set: string[] = [];
        for (const pick of picks) {
          const steps = possibleSteps(timedCycle, here);
          const chosen = steps[pick % Math.max(1, steps.length)];
          if (chosen === undefined) break;
          const decision = applyEvent(timedCycle, here, { type: chosen.type, to: chosen.to, opens: true });
          if (decision.kind === 'refused') throw new Error(decision.code);
          for (const effect of decision.effects) {
            if (effect.type === 'set-timers') set.push(effect.stage);
            if (effect.type === 'clear-timers' && set.pop() !== effect.stage) throw new Error('not set');
          }
          here = decision.snapshot;
          const isTimed = (timedCycle.timers.get(stageOf(here)) ?? []).length > 0;
          expect(set).toEqual(isTimed ? [stageOf(here)] : []);
        }
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });
});
