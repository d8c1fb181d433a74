import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { applyEvent, type CycleCommand } from '../../../src/core/machines/advance.js';
import {
  initialSnapshot,
  readSnapshot,
  stageOf,
  statusOf,
  type CycleSnapshot,
} from '../../../src/core/machines/cycle-snapshot.js';
import { possibleEvents } from '../../../src/core/machines/possible-events.js';
import { CYCLE_EVENTS } from '../../../src/core/machines/workflow-schema.js';
import { machineEventType } from '../../../src/core/machines/compile-workflow.js';
import { regionCycle } from './region-cycle.js';

const SEED = 20170323;
const WALKS = 500;
const LENGTH_MAX = 60;

const STATES = [...regionCycle.states.keys()];

const commands: fc.Arbitrary<CycleCommand[]> = fc.array(
  fc.record({
    type: fc.constantFrom(...CYCLE_EVENTS),
    to: fc.option(fc.constantFrom(...STATES, 'nowhere'), { nil: undefined }),
    opens: fc.boolean(),
  }),
  { maxLength: LENGTH_MAX },
);

/** Picks one of the ways that there are at each step; only the last step may end the cycle, so that walks go far. */
const choices = fc.array(fc.nat(), { maxLength: LENGTH_MAX });

const start = initialSnapshot(regionCycle).snapshot;

function possibleWalk(picks: readonly number[]): { log: CycleCommand[]; end: CycleSnapshot } {
  let end = start;
  const log: CycleCommand[] = [];
  for (const [index, pick] of picks.entries()) {
    const possible = possibleEvents(regionCycle, end).filter(({ to }) => {
      return index === picks.length - 1 || regionCycle.states.get(to)?.kind !== 'final';
    });
    const chosen = possible[pick % Math.max(1, possible.length)];
    if (chosen === undefined) break;
    const command = { type: chosen.type, to: chosen.to, opens: true };
    const decision = applyEvent(regionCycle, end, command);
    if (decision.kind !== 'advanced') throw new Error(`a possible event was refused: ${decision.code}`);
    log.push(command);
    end = decision.snapshot;
  }
  return { log, end };
}

describe('any sequence of events', () => {
  it('never leaves the graph that the file declares', () => {
    fc.assert(
      fc.property(commands, (wishes) => {
        let current = start;
        for (const wish of wishes) {
          const before = stageOf(current);
          const decision = applyEvent(regionCycle, current, wish);
          if (decision.kind === 'refused') continue;
          const state = regionCycle.states.get(before);
          const declared = state === undefined || state.kind === 'final' ? {} : state.events;
          const isDeclared = Object.entries(declared).some(
            ([type, ways]) => type === wish.type && ways.some(({ to }) => to === decision.to),
          );
          const restsOrGoesOn = wish.type === 'suspend' || wish.type === 'resume';
          expect(isDeclared || (restsOrGoesOn && decision.to === before)).toBe(true);
          current = decision.snapshot;
        }
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });

  it('is offered exactly what the machine would take', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const { end } = possibleWalk(picks);
        const machine = regionCycle.machine.resolveState(end);
        const offered = possibleEvents(regionCycle, end).map(({ type, to }) => machineEventType(type, to));
        const all = CYCLE_EVENTS.flatMap((type) => STATES.map((to) => machineEventType(type, to)));
        const taken = [...new Set(all)].filter((type) => machine.can({ type, opens: true }));
        expect(offered.toSorted()).toEqual(taken.toSorted());
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });

  it('gives the same snapshot when its log is replayed, with the snapshot stored and read between steps', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const { log, end } = possibleWalk(picks);
        const replayed = log.reduce<CycleSnapshot>((snapshot, command) => {
          const stored: unknown = JSON.parse(JSON.stringify(snapshot));
          const decision = applyEvent(regionCycle, readSnapshot(regionCycle, stored), command);
          return decision.kind === 'advanced' ? decision.snapshot : snapshot;
        }, start);
        expect(replayed).toEqual(end);
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });

  it('can be broken by a rest: suspend and resume lead back to the same place and touch no task', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const { end } = possibleWalk(picks);
        const rest = applyEvent(regionCycle, end, { type: 'suspend' });
        if (rest.kind === 'refused') return;
        expect(statusOf(regionCycle, rest.snapshot)).toBe('suspended');
        expect(stageOf(rest.snapshot)).toBe(stageOf(end));
        const back = applyEvent(regionCycle, rest.snapshot, { type: 'resume' });
        if (back.kind === 'refused') throw new Error('a suspended cycle cannot resume');
        expect(back.snapshot).toEqual(end);
        expect([...rest.effects, ...back.effects].every(({ type }) => type === 'notify')).toBe(true);
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });

  it('opens the tasks of a stage once when it is entered and closes them once when it is left', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const { log } = possibleWalk(picks);
        let current = start;
        const open: string[] = [];
        for (const command of log) {
          const decision = applyEvent(regionCycle, current, command);
          if (decision.kind === 'refused') throw new Error(decision.code);
          for (const effect of decision.effects) {
            if (effect.type === 'open-tasks') open.push(effect.stage);
            if (effect.type === 'close-tasks' && open.pop() !== effect.stage)
              throw new Error('closed unopened');
          }
          current = decision.snapshot;
          const isInStage = regionCycle.states.get(decision.to)?.kind === 'stage';
          expect(open).toEqual(isInStage ? [decision.to] : []);
        }
      }),
      { seed: SEED, numRuns: WALKS },
    );
  });
});
