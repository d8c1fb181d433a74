import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { alignCalendars, type PossibleDates } from '../../../src/core/calls/alignment.js';
import { listMovable } from '../../../src/core/calls/alignment-catalogue.js';
import {
  CALENDAR_STEPS,
  type Blackout,
  type CallConstraints,
  type DayBound,
  type DaysBound,
  type Leeway,
  type RegionConstraints,
} from '../../../src/core/calls/alignment-constraints.js';
import { makeFrame } from '../../../src/core/calls/alignment-frame.js';
import { callRules } from '../../../src/core/calls/call-rules.js';
import type { DayRange } from '../../../src/core/calls/call-windows.js';
import { smallestMoves } from '../../../src/core/calls/smallest-moves.js';
import { eachWay, moved, smallestByBruteForce } from './brute-force.js';
import { calendarOf, day, EVERY_DAY, WEEKDAYS } from './call-fixtures.js';

const SEED = 20190301;
const CASES = 2_000;
/** That nothing helps is asked of every so many cases only: all sets of moves have to be tried for it. */
const NONE_EVERY = 10;

/** Small enough that all can be tried. */
const DAYS = 20;
const FIRST = toDayNumber(day('2026-01-05'));
const MOVABLE_MAX = 4;

const MIDWEEK = calendarOf('MIDWEEK', ['2026-01-07', '2026-01-14', '2026-01-20'], [3]);

const leeways: fc.Arbitrary<Leeway | null> = fc.option(
  fc.record({ daysMax: fc.integer({ min: 1, max: 3 }), costPerDay: fc.constantFrom(1, 1, 2) }),
  { freq: 2 },
);
const numbers = fc.integer({ min: 0, max: DAYS - 1 });
const lateNumbers = fc.integer({ min: 8, max: DAYS - 3 });
const dateOf = (number: number) => fromDayNumber(FIRST + number);
const lengths = (max: number): fc.Arbitrary<DaysBound> =>
  fc.record({ days: fc.integer({ min: 0, max }), leeway: leeways });
const meetings: fc.Arbitrary<DayBound[] | null> = fc.option(
  fc.uniqueArray(fc.record({ on: lateNumbers.map(dateOf), leeway: leeways }), {
    selector: ({ on }) => on,
    minLength: 1,
    maxLength: 3,
  }),
);
const ranges = fc.tuple(numbers, fc.integer({ min: 3, max: 12 }), leeways).map(([from, length, leeway]) => {
  return { from: dateOf(from), to: dateOf(from + length), leeway };
});
const shortRanges = fc
  .tuple(numbers, fc.integer({ min: 0, max: 4 }), leeways)
  .map(([from, length, leeway]) => {
    return { from: dateOf(from), to: dateOf(from + length), leeway };
  });
const blackouts: fc.Arbitrary<Blackout[]> = fc
  .array(fc.record({ range: shortRanges, forbids: fc.subarray([...CALENDAR_STEPS], { minLength: 1 }) }), {
    maxLength: 1,
  })
  .map((all) => all.map(({ range, forbids }, index) => ({ name: `b${index}`, forbids, ...range })));
const calendars = fc.constantFrom(EVERY_DAY, EVERY_DAY, EVERY_DAY, WEEKDAYS, MIDWEEK);

const regions: fc.Arbitrary<Omit<RegionConstraints, 'region'>> = fc.record({
  calendar: calendars,
  blackouts,
  noticeDays: lengths(2),
  openDays: lengths(3),
  localLead: fc.record({
    least: fc.oneof({ weight: 4, arbitrary: lengths(0) }, lengths(1)),
    most: lengths(3),
  }),
  meetings,
  decisionDays: fc.option(fc.record({ days: fc.integer({ min: 2, max: 6 }), leeway: leeways })),
  budgetYears: fc.option(
    fc
      .array(ranges, { minLength: 1, maxLength: 2 })
      .map((all) => all.map((range, index) => ({ name: `y${index}`, ...range }))),
  ),
});

const calls: fc.Arbitrary<CallConstraints> = fc
  .record({
    rules: fc.record({
      noticeDays: fc.integer({ min: 0, max: 2 }),
      openDays: fc.integer({ min: 0, max: 4 }),
      localLeadDays: fc.integer({ min: 0, max: 3 }),
      decisionDays: fc.integer({ min: 2, max: 6 }),
      startGapDays: fc.integer({ min: 0, max: 3 }),
      startDaysOfMonth: fc.constantFrom([22], [20, 23], [18, 20, 21, 22, 24]),
    }),
    ruleLeeways: fc.record({ openDays: leeways, decisionDays: leeways, startGapDays: leeways }),
    ends: fc.tuple(leeways, leeways),
    evaluationDays: lengths(3),
    secretariat: fc.record({ calendar: fc.constantFrom(EVERY_DAY, EVERY_DAY, MIDWEEK), blackouts }),
    regions: fc.array(regions, { minLength: 1, maxLength: 2 }),
    kept: fc.infiniteStream(fc.nat({ max: 5 })),
  })
  .map(({ rules, ruleLeeways, ends, kept, regions, ...call }) => {
    const whole: CallConstraints = {
      ...call,
      rules: callRules(rules),
      ruleLeeways: withoutNulls(ruleLeeways),
      earliestDay: { on: dateOf(0), leeway: ends[0] },
      lastDay: { on: dateOf(DAYS - 1), leeway: ends[1] },
      regions: regions.map((region, index) => ({ ...region, region: `R${index}` })),
    };
    return lockMost(whole, kept);
  });

/** Locks constraints until few enough are left that every set of moves can be tried. */
function lockMost(call: CallConstraints, kept: Iterator<number>): CallConstraints {
  let left = listMovable(call).length;
  const lock = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ('daysMax' in value) {
      const isKept = left <= MOVABLE_MAX || kept.next().value === 0;
      if (!isKept) left -= 1;
      return isKept ? value : null;
    }
    if (Array.isArray(value)) return value.map(lock);
    const entries = Object.entries(value).map(([key, part]) => [key, key === 'calendar' ? part : lock(part)]);
    return Object.fromEntries(entries);
  };
  const all = lock(call) as CallConstraints;
  const once = { ...all, ruleLeeways: withoutNulls(all.ruleLeeways) };
  return listMovable(once).length <= MOVABLE_MAX ? once : lockMost(once, kept);
}

function withoutNulls(all: object): CallConstraints['ruleLeeways'] {
  return Object.fromEntries(Object.entries(all).filter(([, leeway]) => leeway !== null));
}

type Answer = readonly (readonly [string, number])[] | null;

/** The smallest moves, none of them where there are dates already; null where none help. */
function answerOf(call: CallConstraints): Answer {
  const search = smallestMoves(makeFrame(call));
  if (search.kind === 'undecided') throw new Error('undecided');
  return search.kind === 'none' ? null : search.moves.map(({ constraint, days }) => [constraint.name, days]);
}

describe('the alignment of calendars, against trying everything', () => {
  it('finds dates where there are some, else the smallest moves, else none', () => {
    const met = { none: 0, moves: [0, 0, 0, 0, 0] };
    fc.assert(
      fc.property(calls, (call) => {
        const answer = answerOf(call);
        if (answer === null) met.none += 1;
        else met.moves[answer.length]! += 1;
        fc.pre(answer !== null || met.none % NONE_EVERY === 0);
        expect(answer).toEqual(smallestByBruteForce(call));
      }),
      { seed: SEED, numRuns: CASES, maxSkipsPerRun: NONE_EVERY },
    );
    // Every answer is met often enough to mean something.
    expect(met.none).toBeGreaterThan(1_000);
    expect(met.moves[0]).toBeGreaterThan(1_000);
    expect(met.moves[1]).toBeGreaterThan(150);
    expect(met.moves[2]).toBeGreaterThan(5);
  });

  it('names every day that occurs in some way, and no other', () => {
    let ways = 0;
    fc.assert(
      fc.property(calls, (call) => {
        const alignment = alignCalendars(call);
        fc.pre(alignment.kind === 'feasible' || alignment.kind === 'moves');
        const { windows } = alignment as PossibleDates;
        const shifts =
          alignment.kind === 'moves' ? alignment.moves.map(({ name, days }) => [name, days] as const) : [];
        const tried: Set<string>[] = [];
        const earliestStarts = new Map<string, string>();
        eachWay(moved(call, new Map(shifts)), (way) => {
          const dates = way.map(fromDayNumber);
          dates.forEach((date, index) => (tried[index] ??= new Set()).add(date));
          const [opening = '', , , start = ''] = dates;
          const known = earliestStarts.get(opening) ?? start;
          earliestStarts.set(opening, known < start ? known : start);
          ways += 1;
          return false;
        });
        const { opening, deadline, ranking, start, decisions } = windows;
        const columns = [opening, deadline, ranking, start, ...decisions.map(({ ranges }) => ranges)];
        expect(columns.map(daysOf)).toEqual(tried.map((days) => [...days].toSorted()));
        for (const range of opening) {
          for (const date of daysOf([range])) expect(earliestStarts.get(date)).toBe(range.earliestStartOn);
        }
      }),
      { seed: SEED + 1, numRuns: 200 },
    );
    expect(ways).toBeGreaterThan(10_000);
  });

  it('names for every bound a reason that is one, and for every conflict one that is needed', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const alignment = alignCalendars(call);
        const bounds = alignment.kind === 'feasible' ? alignment.bounds : [];
        expect(bounds.every(({ on, binding }) => binding.every(({ wouldBe }) => wouldBe !== on))).toBe(true);
        expect(alignment.kind === 'feasible' || alignment.conflict.length > 0).toBe(true);
      }),
      { seed: SEED + 2, numRuns: 300 },
    );
  });
});

function daysOf(ranges: readonly DayRange[]): string[] {
  return ranges.flatMap(({ from, to }) => {
    const first = toDayNumber(from);
    return Array.from({ length: toDayNumber(to) - first + 1 }, (_, index) => fromDayNumber(first + index));
  });
}
