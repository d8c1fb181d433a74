import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { toDayNumber } from '../../core/calendar/calendar-date.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { workingDaysBetween } from '../../core/calendar/working-days.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { CompletedStep, RegionClass, StepKind } from '../../core/forecast/completed-step.js';
import type { Instant } from '../../core/terms/instant.js';
import type { MovedCycle, ScopeArrival, StageMove, TaskSpan } from '../../store/forecast-store.js';
import { scopeKindId, stageKindId, taskKindId } from './stage-kinds.js';

/** Where a cycle counts its days, and whose history its steps are. */
export interface Owner {
  /** NUTS code of a region, key (or cycle) of what is joint. */
  readonly id: string;
  readonly class: RegionClass;
  readonly zone: string;
  readonly calendar: WorkingCalendar;
}

/** The logs, in rows. */
export interface History {
  readonly cycles: readonly MovedCycle[];
  readonly moves: readonly StageMove[];
  readonly tasks: readonly TaskSpan[];
  /** Null: nobody whose days can be counted. */
  readonly ownerOf: (cycle: MovedCycle) => Owner | null;
  readonly scopeArrivals: readonly ScopeArrival[];
  readonly regionOf: (scheme: string, nuts: string) => Owner | null;
}

/** Who was sent back or has left has not completed a stage. */
const UNFINISHED: ReadonlySet<string> = new Set(['send-back', 'withdraw']);

/**
 * Every stage that a cycle has left forwards, every task done and every arrival for something joint, with its days: the history that speaks for what is
 * still to come. What began or ended outside the days that its calendar covers says nothing.
 */
export function completedSteps(
  { cycles, moves, tasks, ownerOf, scopeArrivals, regionOf }: History,
  kinds: ReadonlyMap<string, StepKind>,
): readonly CompletedStep[] {
  const owners = new Map(cycles.map((cycle) => [cycle.id, { cycle, owner: ownerOf(cycle) }]));
  const completed: CompletedStep[] = [];
  const add = (owner: Owner | null, kindId: string, from: Instant, to: Instant): void => {
    const kind = kinds.get(kindId);
    if (owner === null || kind === undefined) return;
    const days = daysBetween(dateInZone(from, owner.zone), dateInZone(to, owner.zone), kind, owner.calendar);
    if (days === null) return;
    completed.push({ region: owner.id, class: owner.class, kind: kind.id, days });
  };
  for (const [index, move] of moves.entries()) {
    const next = moves[index + 1];
    if (next?.cycleId !== move.cycleId || UNFINISHED.has(next.type)) continue;
    const { cycle, owner } = owners.get(move.cycleId) ?? { cycle: null, owner: null };
    if (cycle !== null) add(owner, stageKindId(cycle.workflowId, move.to), move.at, next.at);
  }
  for (const { cycleId, stage, reference, openedAt, doneAt } of tasks) {
    const { cycle, owner } = owners.get(cycleId) ?? { cycle: null, owner: null };
    if (doneAt === null || cycle === null) continue;
    add(owner, taskKindId(cycle.workflowId, stage, reference), openedAt, doneAt);
  }
  for (const { scheme, region, milestone, placedAt, arrivedAt } of scopeArrivals) {
    add(regionOf(scheme, region), scopeKindId(milestone), placedAt, arrivedAt);
  }
  return completed;
}

function daysBetween(
  from: CalendarDate,
  to: CalendarDate,
  { counts }: StepKind,
  calendar: WorkingCalendar,
): number | null {
  // A clock that was set back may have an end before its beginning.
  if (to < from) return null;
  if (counts === 'calendar-days') return toDayNumber(to) - toDayNumber(from);
  return from < calendar.firstDay || to > calendar.lastDay ? null : workingDaysBetween(calendar, from, to);
}
