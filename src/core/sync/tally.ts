import type { Truth } from '../logic/truth.js';
import { leavesOf, type BarrierRule, type LeafRule } from './barrier-rule.js';

/** Where a member stands at a sync point. */
export type MemberState = 'waiting' | 'arrived' | 'resting' | 'left';

/** What rules can tell members apart by. */
export interface MemberTraits {
  readonly region: string;
  /** ISO 3166-1, two letters; empty where it is not known. */
  readonly country: string;
  /** Null: not known. */
  readonly class: string | null;
  /** One for each predicate of the rule, in its order. */
  readonly truths: readonly Truth[];
}

/** What a member is to one rule: the group in which it counts, and by how much. Null: it does not count there. */
export type MemberPart = readonly [group: string, weight: number] | null;

/** How much there is in each state. */
export type Cell = Readonly<Record<MemberState, number>>;

/**
 * What a sync point knows of all of its members together: as much as its rule asks and no more, so that one arrival
 * costs the same among ten members and among ten thousand.
 */
export interface Tally {
  /** How many members. */
  readonly members: Cell;
  /** For each leaf of the rule, in its order: by group. */
  readonly leaves: readonly Readonly<Record<string, Cell>>[];
}

export const EMPTY_CELL: Cell = { waiting: 0, arrived: 0, resting: 0, left: 0 };

/** The group of members of whose facts a predicate is true. */
export const TRUE_GROUP = 'true';

/** A sync point without a member. */
export function emptyTally(rule: BarrierRule): Tally {
  return { members: EMPTY_CELL, leaves: leavesOf(rule).map(() => ({})) };
}

/** What a member is to each leaf of the rule, in its order. */
export function partsOf(rule: BarrierRule, traits: MemberTraits): readonly MemberPart[] {
  let predicates = 0;
  return leavesOf(rule).map((leaf) => {
    if (leaf.kind !== 'predicate') return partOf(leaf, traits);
    const truth = traits.truths[predicates] ?? null;
    predicates += 1;
    return [truth === null ? 'unknown' : String(truth), 1] as const;
  });
}

function partOf(leaf: LeafRule, { region, country, class: klass }: MemberTraits): MemberPart {
  switch (leaf.kind) {
    case 'weights':
      return ['', leaf.weights[region] ?? leaf.otherwise];
    case 'groups': {
      const group =
        leaf.by === 'country'
          ? country
          : leaf.by === 'class'
            ? klass
            : (Object.entries(leaf.by.listed).find(([, members]) => members.includes(region))?.[0] ?? null);
      return group === null || group === '' ? null : [group, 1];
    }
    case 'critical-mass':
      return [`${country}|${klass ?? ''}`, 1];
    default:
      return ['', 1];
  }
}

/** The same with one member more in a state. */
export function withMember(tally: Tally, parts: readonly MemberPart[], state: MemberState): Tally {
  return change(tally, parts, state, 1);
}

/** The same with one member fewer in a state. */
export function withoutMember(tally: Tally, parts: readonly MemberPart[], state: MemberState): Tally {
  return change(tally, parts, state, -1);
}

/** The tally of a whole list. */
export function tallyOf(
  rule: BarrierRule,
  members: readonly { readonly parts: readonly MemberPart[]; readonly state: MemberState }[],
): Tally {
  const leaves: Record<string, MutableCell>[] = leavesOf(rule).map(() => ({}));
  const all: MutableCell = { ...EMPTY_CELL };
  for (const { parts, state } of members) {
    all[state] += 1;
    for (const [at, leaf] of leaves.entries()) {
      const part = parts[at] ?? null;
      if (part === null) continue;
      const [group, weight] = part;
      const cell = (leaf[group] ??= { ...EMPTY_CELL });
      cell[state] += weight;
    }
  }
  return { members: all, leaves };
}

type MutableCell = Record<MemberState, number>;

/** Everybody in `from` is in `to` from now on. */
export function moveAll(tally: Tally, from: readonly MemberState[], to: MemberState): Tally {
  const move = (cell: Cell): Cell => {
    const moved: MutableCell = { ...cell };
    for (const state of from) {
      moved[to] += moved[state];
      moved[state] = 0;
    }
    return moved;
  };
  return {
    members: move(tally.members),
    leaves: tally.leaves.map((leaf) =>
      Object.fromEntries(Object.entries(leaf).map(([group, cell]) => [group, move(cell)])),
    ),
  };
}

function change(tally: Tally, parts: readonly MemberPart[], state: MemberState, by: 1 | -1): Tally {
  const add = (cell: Cell, weight: number): Cell => ({ ...cell, [state]: cell[state] + by * weight });
  return {
    members: add(tally.members, 1),
    leaves: tally.leaves.map((leaf, at) => {
      const part = parts[at] ?? null;
      if (part === null) return leaf;
      const [group, weight] = part;
      return { ...leaf, [group]: add(leaf[group] ?? EMPTY_CELL, weight) };
    }),
  };
}
