import { listConstraints, listMovable, type ConstraintRef } from './alignment-catalogue.js';
import type { CallConstraints } from './alignment-constraints.js';
import { callDays, type Position, type Positions } from './alignment-days.js';
import { makeFrame, type AlignmentFrame } from './alignment-frame.js';
import { firstOpening, scanDays } from './alignment-scan.js';
import { bindingConstraints, type BoundReason } from './binding-constraints.js';
import { callPlan, type CallPlan } from './call-plan.js';
import { callWindows, possibleDays, type CallWindows } from './call-windows.js';
import { minimalSubset } from './minimal-subset.js';
import { costOf, smallestMoves, type PlacedMove } from './smallest-moves.js';

/** One constraint that has to give way, by so many days: negative where they become fewer or earlier. */
export interface Move extends ConstraintRef {
  readonly days: number;
}

/** The dates that are possible. */
export interface PossibleDates {
  readonly windows: CallWindows;
  /** The way with the earliest opening. */
  readonly earliest: CallPlan;
}

/**
 * What became of a search for dates.
 *
 * - `feasible`: there are dates, and every bound names what binds it.
 * - `moves`: there are none, but these moves make some; no smaller set does.
 * - `none`: no moves that are allowed make any. Then `conflict` are constraints that exclude each other even with
 *   everything that may move moved as far as it can; or, with `reason: 'exhausted'`, those that exclude each other as
 *   they stand, while each way out of it was tried and fails elsewhere.
 * - `undecided`: a limit of the search was reached. `moves` helps but may not be the smallest set; null if none is known.
 *
 * `conflict` is minimal: without any one of them the others allow dates.
 */
export type Alignment =
  | ({ readonly kind: 'feasible'; readonly bounds: readonly BoundReason[] } & PossibleDates)
  | ({
      readonly kind: 'moves';
      readonly moves: readonly Move[];
      /** Days, each times what a day of its constraint counts. */
      readonly cost: number;
      readonly conflict: readonly ConstraintRef[];
    } & PossibleDates)
  | {
      readonly kind: 'none';
      readonly reason: 'locked' | 'exhausted';
      readonly conflict: readonly ConstraintRef[];
    }
  | {
      readonly kind: 'undecided';
      readonly moves: readonly Move[] | null;
      readonly conflict: readonly ConstraintRef[];
    };

const AS_THEY_STAND: Positions = new Map();

/**
 * Looks for the dates of a joint call that suit every region: opening, common and local deadlines, ranking, decisions,
 * common start; by R22, R23, R24, R26 and R27 and by what each region asks besides. Where there are none, for the
 * smallest set of moves that makes some (`smallestMoves` says what is smaller). Locked constraints never move.
 *
 * The same constraints give the same answer, in whatever order the regions stand, but for the order of regions in it.
 *
 * @throws DomainError as `makeFrame`
 */
export function alignCalendars(call: CallConstraints): Alignment {
  const frame = makeFrame(call);
  const dates = possibleDates(frame, AS_THEY_STAND);
  if (dates !== null) {
    return { kind: 'feasible', ...dates, bounds: bindingConstraints(frame, AS_THEY_STAND) };
  }

  const conflict = conflictAt(frame, AS_THEY_STAND);
  const search = smallestMoves(frame);
  switch (search.kind) {
    case 'found': {
      const moved = possibleDates(frame, positionsOf(search.moves));
      if (moved === null) return { kind: 'undecided', moves: null, conflict };
      return {
        kind: 'moves',
        moves: search.moves.map(toMove),
        cost: costOf(search.moves),
        conflict,
        ...moved,
      };
    }
    case 'undecided':
      return { kind: 'undecided', moves: search.moves?.map(toMove) ?? null, conflict };
    case 'none': {
      const allFree = new Map(listMovable(call).map(({ name }) => [name, 'free'] as const));
      return isPossible(frame, allFree)
        ? { kind: 'none', reason: 'exhausted', conflict }
        : { kind: 'none', reason: 'locked', conflict: conflictAt(frame, allFree) };
    }
  }
}

function possibleDates(frame: AlignmentFrame, positions: Positions): PossibleDates | null {
  const scan = scanDays(callDays(frame, positions));
  const opening = firstOpening(scan);
  if (opening === null) return null;
  return {
    windows: callWindows(frame, scan, possibleDays(scan)),
    earliest: callPlan(frame, scan, opening),
  };
}

/** Constraints that exclude each other at these positions, though without any of them the others would not. */
function conflictAt(frame: AlignmentFrame, positions: Positions): ConstraintRef[] {
  const constraints = listConstraints(frame.call);
  const conflict = minimalSubset(constraints, (staying) => {
    const dropped = constraints.filter((constraint) => !staying.includes(constraint));
    return !isPossible(
      frame,
      new Map<string, Position>([...positions, ...dropped.map(({ name }) => [name, 'dropped'] as const)]),
    );
  });
  return conflict ?? [];
}

function isPossible(frame: AlignmentFrame, positions: Positions): boolean {
  return firstOpening(scanDays(callDays(frame, positions))) !== null;
}

function positionsOf(moves: readonly PlacedMove[]): Positions {
  return new Map(moves.map(({ constraint, days }) => [constraint.name, days]));
}

function toMove({ constraint: { name, region, kind }, days }: PlacedMove): Move {
  return { name, region, kind, days };
}
