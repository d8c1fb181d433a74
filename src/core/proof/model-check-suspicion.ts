import { pointerTo } from '../terms/problem.js';
import type { Alarm, Finding, Undecided, Witness } from './model-check-alarm.js';
import type { Arrow } from './model-check-place.js';

/** A finding and how it can be shown. */
export interface Suspicion extends Finding {
  readonly severity: Alarm['severity'];
  /** Why it is not proved; empty: it is. */
  readonly undecided: Undecided['because'];
  /** Asked only where it is proved. */
  readonly witness: () => Witness;
}

/** A fault of one region, together with the regions that have the same. */
export interface SharedFault<T> {
  /** Of the first of the regions. */
  readonly fault: T;
  readonly regions: readonly string[];
  /** In the order of the regions. */
  readonly all: readonly T[];
}

/** Puts together what is the same fault in several regions. */
export function sharedFaults<T>(
  found: readonly (readonly [region: string, fault: T])[],
  keyOf: (fault: T) => string,
): readonly SharedFault<T>[] {
  return [...Map.groupBy(found, ([, fault]) => keyOf(fault)).values()].flatMap((group) =>
    group.slice(0, 1).map(([, fault]) => ({
      fault,
      regions: [...new Set(group.map(([region]) => region))],
      all: group.map(([, each]) => each),
    })),
  );
}

/** JSON pointer of a transition in the file of its workflow. */
export function pointerToArrow({ from, type, index }: Arrow): string {
  const state = pointerTo('/states', from);
  return type.startsWith('timer:') ? `${state}/timers/${index}/then` : `${state}/events/${type}/${index}`;
}
