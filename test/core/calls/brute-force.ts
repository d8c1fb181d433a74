import { fromDayNumber, toDayNumber, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import type { WorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { isWorkingDay } from '../../../src/core/calendar/working-days.js';
import { listMovable, type MovableConstraint } from '../../../src/core/calls/alignment-catalogue.js';
import type {
  Blackout,
  CalendarStep,
  CallConstraints,
  RegionConstraints,
} from '../../../src/core/calls/alignment-constraints.js';

// The same questions, answered by trying every day and every set of moves. It shares nothing with what it checks but
// the list of what may move.

type Shifts = ReadonlyMap<string, number>;

/** Kept, because the same few days are asked for a million times. */
const dates = new Map<number, CalendarDate>();
function dateAt(number: number): CalendarDate {
  const date = dates.get(number) ?? fromDayNumber(number);
  dates.set(number, date);
  return date;
}

const working = new Map<WorkingCalendar, Map<number, boolean>>();
function isWorking(calendar: WorkingCalendar, number: number): boolean {
  const known = working.get(calendar) ?? new Map<number, boolean>();
  working.set(calendar, known);
  const answer = known.get(number) ?? isWorkingDay(calendar, dateAt(number));
  known.set(number, answer);
  return answer;
}

const shift = (date: CalendarDate, days: number): CalendarDate => fromDayNumber(toDayNumber(date) + days);

/** The constraints as they read after moves. */
export function moved(call: CallConstraints, shifts: Shifts): CallConstraints {
  const by = (name: string): number => shifts.get(name) ?? 0;
  const shorter = <Bound extends { days: number }>(bound: Bound, name: string): Bound => {
    return { ...bound, days: Math.max(0, bound.days + by(name)) };
  };
  const blackouts = (owner: string, all: readonly Blackout[]): Blackout[] =>
    all.map((each) => {
      const days = by(`${owner}/blackout/${each.name}`);
      return { ...each, from: shift(each.from, days), to: shift(each.to, days) };
    });
  const rule = (days: number, name: string): number => Math.max(0, days + by(`call/${name}`));
  return {
    ...call,
    rules: {
      ...call.rules,
      noticeDays: rule(call.rules.noticeDays, 'notice-days'),
      openDays: rule(call.rules.openDays, 'open-days'),
      localLeadDays: rule(call.rules.localLeadDays, 'local-lead'),
      decisionDays: rule(call.rules.decisionDays, 'decision-days'),
      startGapDays: rule(call.rules.startGapDays, 'start-gap'),
    },
    earliestDay: { ...call.earliestDay, on: shift(call.earliestDay.on, by('call/earliest-day')) },
    lastDay: { ...call.lastDay, on: shift(call.lastDay.on, by('call/last-day')) },
    evaluationDays: shorter(call.evaluationDays, 'call/evaluation-days'),
    secretariat: { ...call.secretariat, blackouts: blackouts('call', call.secretariat.blackouts) },
    regions: call.regions.map((each): RegionConstraints => {
      const { region } = each;
      return {
        ...each,
        blackouts: blackouts(region, each.blackouts),
        noticeDays: shorter(each.noticeDays, `${region}/notice-days`),
        openDays: shorter(each.openDays, `${region}/open-days`),
        localLead: {
          least: shorter(each.localLead.least, `${region}/local-lead/least`),
          most: shorter(each.localLead.most, `${region}/local-lead/most`),
        },
        decisionDays: each.decisionDays && shorter(each.decisionDays, `${region}/decision-days`),
        meetings:
          each.meetings?.map((one) => ({ ...one, on: shift(one.on, by(`${region}/meeting/${one.on}`)) })) ??
          null,
        budgetYears:
          each.budgetYears?.map((one) => ({
            ...one,
            from: shift(one.from, by(`${region}/budget-year/${one.name}/from`)),
            to: shift(one.to, by(`${region}/budget-year/${one.name}/to`)),
          })) ?? null,
      };
    }),
  };
}

/** Days from 1970-01-01: every way of a call as [opening, deadline, ranking, start, ...decisions], until `stop` says so. */
export function eachWay(call: CallConstraints, stop: (way: readonly number[]) => boolean): boolean {
  const [first, last] = [toDayNumber(call.earliestDay.on), toDayNumber(call.lastDay.on)];
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const owners = [...call.regions, { ...call.secretariat, region: 'call' }];
  const can = (owner: (typeof owners)[number], step: CalendarStep): Set<number> =>
    new Set(
      days.filter((number) => {
        const date = dateAt(number);
        const isBlack = owner.blackouts.some(
          ({ from, to, forbids }) => forbids.includes(step) && from <= date && date <= to,
        );
        return !isBlack && isWorking(owner.calendar, number);
      }),
    );
  const secretariat = owners.at(-1)!;
  const all = (step: CalendarStep): number[] => {
    const sets = owners.map((owner) => can(owner, step));
    return days.filter((number) => sets.every((set) => set.has(number)));
  };
  const locals = call.regions.map((region) => can(region, 'deadline'));
  const decisions = call.regions.map((region) =>
    [...can(region, 'decision')].filter((number) => {
      const { meetings } = region;
      return meetings === null || meetings.some(({ on }) => toDayNumber(on) === number);
    }),
  );
  const notice = Math.max(call.rules.noticeDays, ...call.regions.map(({ noticeDays }) => noticeDays.days));
  const openings = all('opening').filter((number) => number >= first + notice);
  const rankings = all('ranking');
  const starts = days.filter((number) => {
    const date = dateAt(number);
    return (
      call.rules.startDaysOfMonth.includes(Number(date.slice(8))) &&
      call.regions.every(
        ({ budgetYears }) =>
          budgetYears === null || budgetYears.some(({ from, to }) => from <= date && date <= to),
      )
    );
  });
  // What follows a ranking does not depend on what leads to it.
  const tails = rankings.flatMap((ranking) => tailsOf(call, ranking, decisions, starts));

  for (const opening of openings) {
    for (const deadline of can(secretariat, 'deadline')) {
      if (deadline < opening + call.rules.openDays) continue;
      const closes = call.regions.every(({ openDays, localLead }, index) => {
        const most = Math.min(localLead.most.days, call.rules.localLeadDays);
        for (let lead = localLead.least.days; lead <= most; lead += 1) {
          const local = deadline - lead;
          if (locals[index]!.has(local) && local - opening >= openDays.days) return true;
        }
        return false;
      });
      if (!closes) continue;
      for (const tail of tails) {
        if (tail[0]! - deadline >= call.evaluationDays.days && stop([opening, deadline, ...tail]))
          return true;
      }
    }
  }
  return false;
}

function tailsOf(
  call: CallConstraints,
  ranking: number,
  decisions: readonly number[][],
  starts: readonly number[],
): number[][] {
  const ways = decisions.reduce<number[][]>(
    (all, own, index) => {
      const most = Math.min(call.rules.decisionDays, call.regions[index]!.decisionDays?.days ?? Infinity);
      const possible = own.filter((number) => number >= ranking && number - ranking <= most);
      return all.flatMap((way) => possible.map((number) => [...way, number]));
    },
    [[]],
  );
  return ways.flatMap((way) =>
    starts
      .filter((start) => way.every((number) => start - number >= call.rules.startGapDays))
      .map((start) => [ranking, start, ...way]),
  );
}

export const isFeasible = (call: CallConstraints): boolean => eachWay(call, () => true);

/** The smallest moves by trying all; null if none helps. As [name, days], by name. */
export function smallestByBruteForce(call: CallConstraints): (readonly [string, number])[] | null {
  const movable = listMovable(call);
  for (let size = 0; size <= movable.length; size += 1) {
    const solutions = setsOf(movable, size)
      .flatMap((set) => placesOf(set))
      .toSorted(compare);
    const found = solutions.find((moves) =>
      isFeasible(moved(call, new Map(moves.map(({ name, days }) => [name, days])))),
    );
    if (found !== undefined) return found.map(({ name, days }) => [name, days]);
  }
  return null;
}

interface Placed {
  readonly name: string;
  readonly days: number;
  readonly cost: number;
}

function setsOf(movable: readonly MovableConstraint[], size: number): MovableConstraint[][] {
  if (size === 0) return [[]];
  return movable.flatMap((one, index) =>
    setsOf(movable.slice(index + 1), size - 1).map((others) => [one, ...others]),
  );
}

function placesOf(set: readonly MovableConstraint[]): Placed[][] {
  return set.reduce<Placed[][]>(
    (all, { name, leeway, directions }) =>
      all.flatMap((places) =>
        Array.from({ length: leeway.daysMax }, (_, index) => index + 1).flatMap((days) =>
          directions.map((direction) => [
            ...places,
            { name, days: direction * days, cost: days * leeway.costPerDay },
          ]),
        ),
      ),
    [[]],
  );
}

function compare(one: readonly Placed[], other: readonly Placed[]): number {
  const cost = (moves: readonly Placed[]): number => moves.reduce((sum, each) => sum + each.cost, 0);
  if (cost(one) !== cost(other)) return cost(one) - cost(other);
  const names = (moves: readonly Placed[]): string => moves.map(({ name }) => name).join('\n');
  if (names(one) !== names(other)) return names(one) < names(other) ? -1 : 1;
  for (const [index, { days }] of one.entries()) {
    const [mine, theirs] = [days, other[index]!.days];
    if (Math.abs(mine) !== Math.abs(theirs)) return Math.abs(mine) - Math.abs(theirs);
    if (mine !== theirs) return mine - theirs;
  }
  return 0;
}
