import { toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import type { CycleRun, ForkRun } from './fork-run.js';

/** Something that came on another day in the fork than without it, or only in one of the two. */
export interface ForkDifference {
  /** `stage`: first entered; `end`: where it stands at the end, which is no day. */
  readonly kind: 'sync-point' | 'stage' | 'milestone' | 'end';
  /** Of a sync point its id, of a cycle its id. */
  readonly subject: string;
  /** NUTS code; null for a sync point. */
  readonly region: string | null;
  /** Stage or milestone; of an end, the stage in the fork; of a sync point its id once more. */
  readonly name: string;
  /** Null: it did not come; for an end always null. */
  readonly base: CalendarDate | null;
  readonly fork: CalendarDate | null;
  /** Days by which it comes later in the fork, negative: earlier; null: it comes in one only. */
  readonly daysLater: number | null;
}

/** Where two runs of one scheme differ: sync points first, then cycle by cycle, each in the order of the runs. */
export function compareRuns(base: ForkRun, fork: ForkRun): readonly ForkDifference[] {
  const points = fork.syncPoints.flatMap(({ syncPoint, releasedOn }) => {
    const other = base.syncPoints.find((one) => one.syncPoint === syncPoint);
    return differing(
      { kind: 'sync-point', subject: syncPoint, region: null, name: syncPoint },
      other?.releasedOn ?? null,
      releasedOn,
    );
  });
  const cycles = fork.cycles.flatMap((cycle) => {
    const other = base.cycles.find((one) => one.cycle === cycle.cycle);
    return other === undefined ? [] : compareCycles(other, cycle);
  });
  return [...points, ...cycles];
}

function compareCycles(base: CycleRun, fork: CycleRun): readonly ForkDifference[] {
  const subject = { subject: fork.cycle, region: fork.region };
  const stages = compareDays(
    base.entered.map(({ stage, on }) => [stage, on]),
    fork.entered.map(({ stage, on }) => [stage, on]),
  ).flatMap(({ name, days }) => differing({ kind: 'stage', ...subject, name }, ...days));
  const milestones = compareDays(
    base.milestones.map(({ milestone, on }) => [milestone, on]),
    fork.milestones.map(({ milestone, on }) => [milestone, on]),
  ).flatMap(({ name, days }) => differing({ kind: 'milestone', ...subject, name }, ...days));
  const isSameEnd = base.stage === fork.stage && base.status === fork.status;
  const end: ForkDifference = {
    kind: 'end',
    ...subject,
    name: fork.stage,
    base: null,
    fork: null,
    daysLater: null,
  };
  return [...stages, ...milestones, ...(isSameEnd ? [] : [end])];
}

type Day = readonly [name: string, on: CalendarDate];

/** The first day of each name in both lists, the names of the fork first. */
function compareDays(
  base: readonly Day[],
  fork: readonly Day[],
): readonly { readonly name: string; readonly days: [CalendarDate | null, CalendarDate | null] }[] {
  const firstOf = (days: readonly Day[], name: string) => days.find(([one]) => one === name)?.[1] ?? null;
  return [...new Set([...fork, ...base].map(([name]) => name))].map((name) => ({
    name,
    days: [firstOf(base, name), firstOf(fork, name)],
  }));
}

function differing(
  about: Pick<ForkDifference, 'kind' | 'subject' | 'region' | 'name'>,
  base: CalendarDate | null,
  fork: CalendarDate | null,
): readonly ForkDifference[] {
  if (base === fork) return [];
  const daysLater = base === null || fork === null ? null : toDayNumber(fork) - toDayNumber(base);
  return [{ ...about, base, fork, daysLater }];
}
