/**
 * All that is known of a number or of a day (as its day number): it is not below `lo` and not above `hi`. Both
 * ends are possible. What is known exactly has `lo` equal to `hi`.
 */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** A number that is known exactly. */
export function exactly(value: number): Interval {
  return { lo: value, hi: value };
}
