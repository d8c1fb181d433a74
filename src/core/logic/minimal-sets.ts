/** Sets are bit masks. */
export interface MinimalSets {
  /** The smallest first; none contains another. */
  readonly sets: readonly bigint[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/**
 * All smallest sets that fit, where a set that contains one that fits, fits too.
 *
 * Every set that does not fit, made as large as possible, leaves something outside of which each fitting set must have
 * a part: a conflict. The smallest set that has a part of every conflict known so far either fits, and then none of its
 * parts does, or gives a new conflict. So far fewer sets are asked than there are.
 *
 * Source: R. Reiter, A Theory of Diagnosis from First Principles (1987), section 4.
 *
 * @param count of the elements, which are the bits 0 to `count` - 1
 * @param fits asked once per set
 * @param bound most sets that are looked for
 */
export function minimalSets(count: number, fits: (set: bigint) => boolean, bound: number): MinimalSets {
  const all = (1n << BigInt(count)) - 1n;
  const conflicts: bigint[] = [];
  const sets: bigint[] = [];
  let size = 0;
  for (;;) {
    const next = smallestHittingSet(conflicts, sets, { size, count });
    if (next === null) return { sets, isCut: false };
    size = next.size;
    if (fits(next.set)) {
      if (sets.length === bound) return { sets, isCut: true };
      sets.push(next.set);
      continue;
    }
    let largest = next.set;
    for (let bit = 1n; bit <= all; bit <<= 1n) {
      if ((largest & bit) === 0n && !fits(largest | bit)) largest |= bit;
    }
    if (largest === all) return { sets, isCut: false };
    conflicts.push(all & ~largest);
  }
}

/** Of at least `size` elements; null: every one contains a set that is known already. */
function smallestHittingSet(
  conflicts: readonly bigint[],
  known: readonly bigint[],
  { size, count }: { readonly size: number; readonly count: number },
): { readonly set: bigint; readonly size: number } | null {
  for (let most = size; most <= count; most += 1) {
    const set = extend(0n, most, conflicts, known);
    if (set !== null) return { set, size: most };
  }
  return null;
}

function extend(
  set: bigint,
  more: number,
  conflicts: readonly bigint[],
  known: readonly bigint[],
): bigint | null {
  if (known.some((each) => (each & ~set) === 0n)) return null;
  const missed = conflicts.find((conflict) => (conflict & set) === 0n);
  if (missed === undefined) return set;
  if (more === 0) return null;
  for (let rest = missed; rest !== 0n; rest &= rest - 1n) {
    const found = extend(set | (rest & -rest), more - 1, conflicts, known);
    if (found !== null) return found;
  }
  return null;
}
