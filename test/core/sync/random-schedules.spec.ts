import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeTally } from '../../../src/core/sync/judge-tally.js';
import {
  decidePoint,
  type MemberStanding,
  type PointEvent,
  type PointStanding,
  type PointStep,
  type PointTerms,
} from '../../../src/core/sync/point-state.js';
import { partsOf, tallyOf } from '../../../src/core/sync/tally.js';
import { MEMBERS, schedules, stepAt, type ModelMember, type ScheduledStep } from './random-point.js';
import { ModelPoint } from './reference-model.js';

const SEED = Number(process.env['CORDATA_SYNC_SEED'] ?? 20170714);
const SCHEDULES = 5_000;

/** The state machine with rows beside it, as a store would keep them: the counts, and one row for each member. */
class Machine {
  readonly terms: PointTerms;
  standing: PointStanding;
  rows: Map<string, MemberStanding>;
  readonly released: NonNullable<PointStep['released']>[] = [];
  /** Whether the rule held at each release by the rule. */
  readonly heldAtRelease: boolean[] = [];
  readonly endedThen: PointStanding['status'][] = [];

  constructor(terms: PointTerms, members: readonly ModelMember[]) {
    this.terms = terms;
    this.rows = new Map(
      members.map((member) => [
        member.region,
        { state: member.state, since: member.since, parts: partsOf(terms.rule, traits(member)) },
      ]),
    );
    this.standing = { status: 'open', isLate: false, tally: tallyOf(terms.rule, [...this.rows.values()]) };
    this.take({ type: 'judge' }, null, 0);
  }

  take(event: PointEvent, region: string | null, at: number): PointStep {
    const before = this.standing.status;
    const step = decidePoint(
      this.terms,
      this.standing,
      event,
      region === null ? null : (this.rows.get(region) ?? null),
    );
    this.standing = step.standing;
    if (region !== null && step.member !== null) this.rows.set(region, step.member);
    if (step.dropsLate) {
      for (const [name, row] of this.rows) {
        if (row.state === 'waiting' || row.state === 'resting') {
          this.rows.set(name, { ...row, state: 'left', since: stepAt(at) });
        }
      }
    }
    if (step.released !== null) {
      this.released.push(step.released);
      this.endedThen.push(before);
      this.heldAtRelease.push(judgeTally(this.terms.rule, this.standing.tally, this.terms.leaver).holds);
    }
    return step;
  }
}

function traits({ region, country, class: klass }: ModelMember) {
  return { region, country, class: klass, truths: [] };
}

function eventOf({ type, region }: ScheduledStep, at: number, { rule }: PointTerms): PointEvent {
  const now = stepAt(at);
  switch (type) {
    case 'arrive':
      return { type, at: now };
    case 'arrive-earlier':
      return { type: 'arrive', at: stepAt(Math.max(0, at - 5)) };
    case 'retreat':
    case 'leave':
      return { type, at: now };
    case 'rest':
      return { type, at: now, reachedAt: null };
    case 'resume':
      return { type, at: now, reachedAt: null };
    case 'resume-reached':
      return { type: 'resume', at: now, reachedAt: stepAt(Math.max(0, at - 1)) };
    case 'join': {
      const member = MEMBERS.find((one) => one.region === region);
      const parts = member === undefined ? [] : partsOf(rule, traits(member));
      return { type, at: now, state: 'waiting', parts, isInvited: false };
    }
    case 'deadline':
      return { type };
    case 'release':
      return { type: 'release-by-hand' };
    case 'cancel':
      return { type };
  }
}

const ABOUT_THE_POINT: ReadonlySet<ScheduledStep['type']> = new Set(['deadline', 'release', 'cancel']);

describe(`a sync point under ${SCHEDULES} random schedules (seed ${SEED})`, () => {
  it('does what the reference model does: released once, never below its rule, never after it was cancelled', () => {
    let released = 0;
    let cancelled = 0;
    fc.assert(
      fc.property(schedules, ({ terms, members, steps }) => {
        const placed = MEMBERS.slice(0, members);
        const machine = new Machine(terms, placed);
        const model = new ModelPoint(terms, placed);
        for (const [index, step] of steps.entries()) {
          const at = index + 1;
          const event = eventOf(step, at, terms);
          const region = ABOUT_THE_POINT.has(step.type) ? null : step.region;
          if (step.delivery === 'crash') {
            // The decision was made and lost with its transaction: what was stored is what was there before.
            decidePoint(
              terms,
              machine.standing,
              event,
              region === null ? null : (machine.rows.get(region) ?? null),
            );
          }
          machine.take(event, region, at);
          model.play(step, at);
          if (step.delivery === 'twice') {
            machine.take(event, region, at);
            model.play(step, at);
          }
          agree(machine, model);
        }
        expect(machine.released.length).toBeLessThanOrEqual(1);
        released += machine.released.length;
        cancelled += machine.standing.status === 'cancelled' ? 1 : 0;
      }),
      { seed: SEED, numRuns: SCHEDULES },
    );
    // A test in which nothing happens would pass as well.
    expect(released).toBeGreaterThan(SCHEDULES / 4);
    expect(cancelled).toBeGreaterThan(SCHEDULES / 50);
  });
});

/** Compared as plain text: 5,000 schedules are some 100,000 comparisons. */
function agree(machine: Machine, model: ModelPoint): void {
  const { status, tally } = machine.standing;
  same([status, ...machine.released], [model.status, ...model.releases]);
  if (machine.endedThen.some((before) => before !== 'open')) throw new Error('released after its end');
  if (machine.released.some((by, at) => by === 'rule' && machine.heldAtRelease[at] !== true)) {
    throw new Error('released below its rule');
  }
  same(
    [...machine.rows].map(([region, { state }]) => `${region} ${state}`).toSorted(),
    model.members.map(({ region, state }) => `${region} ${state}`).toSorted(),
  );
  // The counts are those of the rows, however they came about.
  const counted = tallyOf(machine.terms.rule, [...machine.rows.values()]);
  same(tally.members, counted.members);
  for (const [at, leaf] of counted.leaves.entries()) {
    for (const [group, cell] of Object.entries(leaf)) same(tally.leaves[at]?.[group], cell);
  }
}

function same(actual: unknown, expected: unknown): void {
  const [is, was] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== was) throw new Error(`${is} instead of ${was}`);
}
