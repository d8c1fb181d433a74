import { leavesOf, type BarrierRule, type LeafRule } from './barrier-rule.js';
import type { LeaverPolicy } from './sync-point.js';
import { EMPTY_CELL, moveAll, TRUE_GROUP, type Cell, type Tally } from './tally.js';

/** How one leaf of a rule stands. */
export interface LeafStanding {
  readonly kind: LeafRule['kind'];
  /** Of members, of weight, of full groups. */
  readonly has: number;
  readonly needs: number;
  readonly holds: boolean;
}

/** How a barrier stands, from the counts alone. */
export interface TallyJudgement {
  readonly holds: boolean;
  /** Whether it would hold if everybody arrived who can. */
  readonly reachable: boolean;
  /** How many arrivals it takes at least; 0 when nobody is left to arrive, and then it never holds. */
  readonly needed: number;
  /** In the order of the rule. */
  readonly leaves: readonly LeafStanding[];
}

/**
 * Judges a rule by the counts of its members. Whoever waits or rests may still arrive; whoever has left may not. Of a
 * predicate everybody may still become true, as facts are recorded anew.
 */
export function judgeTally(rule: BarrierRule, tally: Tally, leaver: LeaverPolicy): TallyJudgement {
  const now = judge(rule, tally, leaver);
  const best = judge(rule, atBest(rule, tally), leaver);
  return { holds: now.holds, reachable: best.holds, needed: now.needed, leaves: now.leaves };
}

interface Judged {
  readonly holds: boolean;
  readonly needed: number;
  readonly leaves: readonly LeafStanding[];
}

function judge(rule: BarrierRule, tally: Tally, leaver: LeaverPolicy): Judged {
  const counted = countedIn(tally.members, leaver);
  let at = 0;
  const walk = (node: BarrierRule): Judged => {
    if (node.kind === 'every' || node.kind === 'any') {
      const parts = node.of.map(walk);
      const needs = parts.map(({ needed }) => needed);
      return {
        holds: node.kind === 'every' ? parts.every(({ holds }) => holds) : parts.some(({ holds }) => holds),
        needed: node.kind === 'every' ? Math.max(...needs) : Math.min(...needs),
        leaves: parts.flatMap(({ leaves }) => leaves),
      };
    }
    const cells = tally.leaves[at] ?? {};
    at += 1;
    const { has, needs, holds, needed } = judgeLeaf(node, cells, { tally, counted, leaver });
    return { holds, needed, leaves: [{ kind: node.kind, has, needs, holds }] };
  };
  const { holds, needed, leaves } = walk(rule);
  const isSomebodyThere = counted > 0 && tally.members.arrived > 0;
  return { holds: holds && isSomebodyThere, needed: counted === 0 ? 0 : needed, leaves };
}

interface LeafJudged {
  readonly has: number;
  readonly needs: number;
  readonly holds: boolean;
  readonly needed: number;
}

interface Counted {
  readonly tally: Tally;
  readonly counted: number;
  readonly leaver: LeaverPolicy;
}

function judgeLeaf(
  leaf: LeafRule,
  cells: Readonly<Record<string, Cell>>,
  { tally, counted, leaver }: Counted,
): LeafJudged {
  const { arrived } = tally.members;
  switch (leaf.kind) {
    case 'all':
      return enough(arrived, counted);
    case 'k-of-n':
      return enough(arrived, Math.min(leaf.k, counted));
    case 'share':
      return enough(arrived, Math.ceil((counted * leaf.percent) / 100));
    case 'weights': {
      const has = (cells[''] ?? EMPTY_CELL).arrived;
      return { has, needs: leaf.needed, holds: has >= leaf.needed, needed: 1 };
    }
    case 'predicate': {
      const needs = leaf.needed === 'all' ? counted : leaf.needed;
      return enough((cells[TRUE_GROUP] ?? EMPTY_CELL).arrived, needs);
    }
    case 'groups':
      return judgeGroups(leaf, cells, leaver);
    case 'critical-mass':
      return judgeMass(leaf, cells);
  }
}

function enough(has: number, needs: number): LeafJudged {
  return { has, needs, holds: has >= needs, needed: needs };
}

function judgeGroups(
  { perGroup, groups }: Extract<LeafRule, { readonly kind: 'groups' }>,
  cells: Readonly<Record<string, Cell>>,
  leaver: LeaverPolicy,
): LeafJudged {
  if (groups === 'every') {
    const asked = Object.values(cells)
      .map((cell) => ({ arrived: cell.arrived, asks: Math.min(perGroup, countedIn(cell, leaver)) }))
      .filter(({ asks }) => asks > 0);
    const full = asked.filter(({ arrived, asks }) => arrived >= asks).length;
    const needed = asked.reduce((sum, { asks }) => sum + asks, 0);
    return { has: full, needs: asked.length, holds: full >= asked.length, needed };
  }
  const full = Object.values(cells).filter(({ arrived }) => arrived >= perGroup).length;
  return { has: full, needs: groups, holds: full >= groups, needed: groups * perGroup };
}

/** The class of a region that is not known is no reason to ask for fewer. */
function judgeMass(
  leaf: Extract<LeafRule, { readonly kind: 'critical-mass' }>,
  cells: Readonly<Record<string, Cell>>,
): LeafJudged {
  const there = Object.entries(cells).filter(([, { arrived }]) => arrived > 0);
  const regions = there.reduce((sum, [, { arrived }]) => sum + arrived, 0);
  const countries = new Set(there.map(([group]) => group.slice(0, group.indexOf('|')))).size;
  const isMixed = there.some(([group]) => !group.endsWith('|') && !group.endsWith('|advanced'));
  const needs = leaf.regionsMin + (isMixed ? 0 : leaf.regionsMoreIfAllAdvanced);
  return {
    has: regions,
    needs,
    holds: regions >= needs && countries >= leaf.countriesMin,
    needed: Math.max(leaf.regionsMin, leaf.countriesMin),
  };
}

/** Everybody has arrived who can, and of all of them every predicate is true. */
function atBest(rule: BarrierRule, tally: Tally): Tally {
  const arrived = moveAll(tally, ['waiting', 'resting'], 'arrived');
  const leaves = leavesOf(rule);
  return {
    members: arrived.members,
    leaves: arrived.leaves.map((leaf, at) => {
      if (leaves[at]?.kind !== 'predicate') return leaf;
      return { [TRUE_GROUP]: Object.values(leaf).reduce(sumOf, EMPTY_CELL) };
    }),
  };
}

function sumOf(a: Cell, b: Cell): Cell {
  return {
    waiting: a.waiting + b.waiting,
    arrived: a.arrived + b.arrived,
    resting: a.resting + b.resting,
    left: a.left + b.left,
  };
}

/** Under `shrink` who left or rests does not count. */
function countedIn(cell: Cell, leaver: LeaverPolicy): number {
  const present = cell.waiting + cell.arrived;
  return leaver === 'shrink' ? present : present + cell.resting + cell.left;
}
