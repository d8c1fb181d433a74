import type { CalendarDate } from '../calendar/calendar-date.js';
import { listConstraints, type ConstraintRef } from './alignment-catalogue.js';
import { callDays, type Positions } from './alignment-days.js';
import type { AlignmentFrame } from './alignment-frame.js';
import { scanDays } from './alignment-scan.js';
import { possibleDays, type PossibleDays } from './call-windows.js';
import { minimalSubset } from './minimal-subset.js';

/** One end of the days on which a step of a call is possible, and what it is bound by. */
export interface BoundReason {
  readonly step: 'opening' | 'deadline' | 'ranking' | 'decision' | 'start';
  /** Whose decision; null for the common steps. */
  readonly region: string | null;
  readonly end: 'earliest' | 'latest';
  readonly on: CalendarDate;
  /**
   * Each constraint without which the day would be another, the one that matters most first. Then, per kind, those that
   * matter only together, as when two regions ask for the same number of days. Where nothing of one kind matters, one
   * entry names constraints of several kinds that have to go together. Empty where only the earliest or the last day of
   * the call bounds it.
   */
  readonly binding: readonly {
    readonly constraints: readonly ConstraintRef[];
    /** The day without them. */
    readonly wouldBe: CalendarDate;
  }[];
}

interface Bound extends Pick<BoundReason, 'step' | 'region' | 'end'> {
  /** The day of the frame in the windows of a scan. */
  readonly dayIn: (possible: PossibleDays) => number;
}

/** Names for both ends of every step the constraints that put them where they are. Asked only where a way exists. */
export function bindingConstraints(frame: AlignmentFrame, positions: Positions): BoundReason[] {
  const constraints = listConstraints(frame.call);
  // The bounds ask the same questions again and again: without this, eleven regions take twice as long.
  const known = new Map<string, PossibleDays>();
  const without = (dropped: readonly ConstraintRef[]): PossibleDays => {
    const names = dropped.map(({ name }) => name).toSorted();
    const key = names.join('\n');
    const possible =
      known.get(key) ??
      possibleDays(
        scanDays(
          callDays(frame, new Map([...positions, ...names.map((name) => [name, 'dropped'] as const)])),
        ),
      );
    known.set(key, possible);
    return possible;
  };
  const now = without([]);
  const singles = constraints.map((constraint) => ({
    dropped: [constraint],
    possible: without([constraint]),
  }));
  const kinds = [...Map.groupBy(constraints, ({ kind }) => kind).values()].map((dropped) => {
    return { dropped, possible: without(dropped) };
  });
  return boundsOf(frame).map(({ step, region, end, dayIn }) => {
    const day = dayIn(now);
    const dayWithout = (dropped: readonly ConstraintRef[]): number => dayIn(without(dropped));
    const alone = singles.filter(({ possible }) => dayIn(possible) !== day).flatMap(({ dropped }) => dropped);
    const sameKind = kinds
      .filter(
        ({ dropped, possible }) => dayIn(possible) !== day && !dropped.some((each) => alone.includes(each)),
      )
      .flatMap(({ dropped }) => together(dropped, dayWithout, day));
    const single = singles
      .filter(({ dropped }) => dropped.some((each) => alone.includes(each)))
      .map(({ dropped, possible }) => ({ constraints: dropped, day: dayIn(possible) }))
      .toSorted((one, other) => Math.abs(other.day - day) - Math.abs(one.day - day));
    const found = [...single, ...sameKind];
    const binding = found.length > 0 ? found : together(constraints, dayWithout, day);
    return {
      step,
      region,
      end,
      on: frame.dateOf(day),
      binding: binding.map((each) => ({ constraints: each.constraints, wouldBe: frame.dateOf(each.day) })),
    };
  });
}

/** A smallest group of constraints that matter together: none, or one entry. */
function together(
  constraints: readonly ConstraintRef[],
  dayWithout: (dropped: readonly ConstraintRef[]) => number,
  day: number,
): { readonly constraints: readonly ConstraintRef[]; readonly day: number }[] {
  const dropped = minimalSubset(constraints, (part) => dayWithout(part) !== day);
  return dropped === null ? [] : [{ constraints: dropped, day: dayWithout(dropped) }];
}

function boundsOf({ call }: AlignmentFrame): Bound[] {
  const steps = ['opening', 'deadline', 'ranking', 'start'] as const;
  const none = new Uint8Array();
  return [
    ...steps.flatMap((step) => ends(step, null, (possible) => possible[step])),
    ...call.regions.flatMap(({ region }, index) =>
      ends('decision', region, (possible) => possible.decisions[index] ?? none),
    ),
  ];
}

function ends(
  step: BoundReason['step'],
  region: string | null,
  tableIn: (possible: PossibleDays) => Uint8Array,
): Bound[] {
  return [
    { step, region, end: 'earliest', dayIn: (possible) => tableIn(possible).indexOf(1) },
    { step, region, end: 'latest', dayIn: (possible) => tableIn(possible).lastIndexOf(1) },
  ];
}
