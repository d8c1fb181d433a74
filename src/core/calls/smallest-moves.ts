import { listMovable, type MovableConstraint } from './alignment-catalogue.js';
import { callDays, type Position } from './alignment-days.js';
import type { AlignmentFrame } from './alignment-frame.js';
import { firstOpening, scanDays } from './alignment-scan.js';
import { minimalSubset } from './minimal-subset.js';

/** Constraints that may be moved together. */
export const MOVES_MAX = 8;
/** Places of the constraints that are tried before the search is given up: some ten seconds. */
export const TRIALS_MAX = 60_000;

/** A constraint that gives way: by so many days, negative where they become fewer or earlier. Never 0. */
export interface PlacedMove {
  readonly constraint: MovableConstraint;
  readonly days: number;
}

/** `undecided`: a limit was reached before the smallest was known; `moves` is then the best so far, or null. */
export type MoveSearch =
  | { readonly kind: 'found'; readonly moves: readonly PlacedMove[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly moves: readonly PlacedMove[] | null };

type Places = readonly { readonly constraint: MovableConstraint; readonly position: Position }[];

/** Ascending indexes of constraints. */
type Group = readonly number[];

/**
 * Finds the smallest set of moves that makes a way through a call: the fewest constraints; among those the fewest days,
 * each counted as its constraint's cost says; then the names that come first in order, then fewer days for the first
 * of them, earlier before later.
 *
 * While no way exists, some constraints cannot all stay: at least one of them is in every solution. So groups grow
 * only by those, size by size, and no solution is passed over; within a group every place is tried that could still
 * be better. A blackout that moves is the one thing whose places allow different days for several steps at once; it is
 * therefore tried place by place also where the others stand free.
 *
 * Source: R. Reiter, A Theory of Diagnosis from First Principles (1987), section 4, for the growing of groups.
 */
export function smallestMoves(frame: AlignmentFrame): MoveSearch {
  const search = new MoveSearcher(frame);
  let groups: Group[] = [[]];
  for (let size = 0; size <= MOVES_MAX && groups.length > 0; size += 1) {
    const best = search.cheapestOf(groups);
    if (search.isGivenUp()) return { kind: 'undecided', moves: best };
    if (best !== null) return { kind: 'found', moves: best };
    groups = search.grow(groups);
    if (search.isGivenUp()) return { kind: 'undecided', moves: null };
  }
  return groups.length === 0 ? { kind: 'none' } : { kind: 'undecided', moves: null };
}

class MoveSearcher {
  readonly #frame: AlignmentFrame;
  readonly #movable: readonly MovableConstraint[];
  /** Conflicts that hold whatever the others do. */
  readonly #conflicts: Group[] = [];
  #trials = 0;

  constructor(frame: AlignmentFrame) {
    this.#frame = frame;
    this.#movable = listMovable(frame.call);
  }

  isGivenUp(): boolean {
    return this.#trials > TRIALS_MAX;
  }

  /** @param groups in the order in which equals are preferred */
  cheapestOf(groups: readonly Group[]): readonly PlacedMove[] | null {
    let best: readonly PlacedMove[] | null = null;
    for (const group of groups) best = this.#cheapest(this.#constraints(group), [], best) ?? best;
    return best;
  }

  /** The next larger groups that may be solutions, each once, in order. */
  grow(groups: readonly Group[]): Group[] {
    const grown = new Map<string, Group>();
    for (const group of groups) {
      for (const index of this.#conflictBeside(group)) {
        const larger = [...group, index].toSorted((one, other) => one - other);
        grown.set(larger.join(), larger);
      }
    }
    return [...grown.values()].toSorted(compareGroups);
  }

  /** The places for `open` that cost least, after those in `placed`; null where none costs less than `best`. */
  #cheapest(
    open: readonly MovableConstraint[],
    placed: readonly PlacedMove[],
    best: readonly PlacedMove[] | null,
  ): readonly PlacedMove[] | null {
    const [next, ...rest] = open;
    const places: Places = [
      ...placed.map(({ constraint, days }) => ({ constraint, position: days })),
      ...open.map((constraint) => ({ constraint, position: 'free' as const })),
    ];
    if (!this.#isPossible(places)) return null;
    if (next === undefined) return placed;
    const leastOfRest = rest.reduce((sum, { leeway }) => sum + leeway.costPerDay, 0);
    let found: readonly PlacedMove[] | null = null;
    for (const days of daysOf(next)) {
      const move = { constraint: next, days };
      const bound: readonly PlacedMove[] | null = found ?? best;
      if (bound !== null && costOf([...placed, move]) + leastOfRest >= costOf(bound)) break;
      found = this.#cheapest(rest, [...placed, move], bound) ?? found;
    }
    return found;
  }

  /** Constraints outside a group of which one must move as well; none where nothing helps this group. */
  #conflictBeside(group: Group): Group {
    const known = this.#conflicts.find((conflict) => conflict.every((index) => !group.includes(index)));
    if (known !== undefined) return known;
    const outside = this.#movable.map((_, index) => index).filter((index) => !group.includes(index));
    const freeBeside = (staying: Group): Places => {
      const moving = outside.filter((index) => !staying.includes(index));
      return this.#constraints(moving).map((constraint) => ({ constraint, position: 'free' }));
    };
    const own = this.#constraints(group);
    const free: Places = own.map((constraint) => ({ constraint, position: 'free' }));
    const general = minimalSubset(outside, (staying) => !this.#isPossible([...free, ...freeBeside(staying)]));
    if (general !== null) {
      this.#conflicts.push(general);
      return general;
    }
    return minimalSubset(outside, (staying) => !this.#isPossibleByPlace(own, freeBeside(staying))) ?? [];
  }

  /** As `#isPossible`, but each blackout of `own` stands in one place. */
  #isPossibleByPlace(own: readonly MovableConstraint[], places: Places): boolean {
    const [next, ...rest] = own;
    const free: Places = own.map((constraint) => ({ constraint, position: 'free' }));
    if (!this.#isPossible([...places, ...free])) return false;
    if (next === undefined) return true;
    const positions: readonly Position[] = next.kind === 'blackout' ? daysOf(next) : ['free'];
    return positions.some((position) =>
      this.#isPossibleByPlace(rest, [...places, { constraint: next, position }]),
    );
  }

  #isPossible(places: Places): boolean {
    this.#trials += 1;
    if (this.isGivenUp()) return false;
    const positions = new Map(places.map(({ constraint, position }) => [constraint.name, position]));
    return firstOpening(scanDays(callDays(this.#frame, positions))) !== null;
  }

  #constraints(group: Group): MovableConstraint[] {
    return group.flatMap((index) => this.#movable[index] ?? []);
  }
}

/** The days by which a constraint can move, the least first, earlier before later. */
function daysOf({ leeway, directions }: MovableConstraint): number[] {
  return Array.from({ length: leeway.daysMax }, (_, index) => index + 1).flatMap((days) =>
    directions.map((direction) => direction * days),
  );
}

/** What moves cost: their days, each times what a day of its constraint counts. */
export function costOf(moves: readonly PlacedMove[]): number {
  return moves.reduce((sum, { constraint, days }) => sum + Math.abs(days) * constraint.leeway.costPerDay, 0);
}

/** Constraints are in the order of their names, so this is the order of lists of names. */
function compareGroups(one: Group, other: Group): number {
  const at = one.findIndex((index, place) => index !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
