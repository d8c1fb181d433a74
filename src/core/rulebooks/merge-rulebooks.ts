import type { RulebookDefinition } from '../gates/rulebook-schema.js';
import { canonicalJson } from '../terms/canonical-json.js';
import { pointerOf } from '../terms/problem.js';

/** Something that both sides have changed, each in another way. */
export interface Clash {
  /** JSON pointer into `mine`; where it is not there any more, to where it would stand. */
  readonly pointer: string;
  /** The rule, gate or test case that it belongs to; null for the rulebook's own fields. */
  readonly of: { readonly kind: 'rule' | 'gate' | 'test-case'; readonly id: string } | null;
  /** Null where the side does not have it. */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface MergedRulebooks {
  /** Where there is a clash, `mine` stands. */
  readonly definition: unknown;
  readonly clashes: readonly Clash[];
}

export interface MergeSides {
  readonly base: RulebookDefinition;
  readonly mine: RulebookDefinition;
  readonly theirs: RulebookDefinition;
}

type Side = 'mine' | 'theirs';
type Fields = Readonly<Record<string, unknown>>;
/** One value on the three sides; undefined: not there. */
type Triple = { readonly [Side in keyof MergeSides]: unknown };

/** Who wins a clash at a pointer; null: nobody has said. */
export type Settle = (clash: Clash) => Side | null;

/**
 * Merges two descendants of one rulebook. What is compared is what a rulebook means, not its text: rules by id,
 * and in them the parameters, labels, severity and condition each for itself; gates by id, their lists of rules as
 * sets; test cases by name. What only one side has changed is taken; what both have changed alike as well; the rest
 * is a clash.
 *
 * @param settle asked at every clash; what it settles is not in `clashes`
 */
export function mergeRulebooks(sides: MergeSides, settle: Settle): MergedRulebooks {
  const merge = new Merge(settle);
  const { rules, gates, testCases, ...own } = mapSides(sides);
  const fields = merge.fields(Object.fromEntries(Object.entries(own)) as Record<string, Triple>, {
    path: [],
    of: null,
  });
  const definition = {
    ...fields,
    gates: Object.fromEntries(
      merge.members(
        mapTriple(gates, (part) => new Map(Object.entries(part as Fields))),
        'gate',
        (id) => ['gates', id],
      ),
    ),
    rules: [
      ...merge
        .members(mapTriple(rules, byKey('id')), 'rule', placesOf(sides.mine.rules, 'rules', 'id'))
        .values(),
    ],
    testCases: [
      ...merge
        .members(
          mapTriple(testCases, byKey('name')),
          'test-case',
          placesOf(sides.mine.testCases, 'testCases', 'name'),
        )
        .values(),
    ],
  };
  return { definition, clashes: merge.clashes };
}

interface Site {
  readonly path: readonly (string | number)[];
  readonly of: Clash['of'];
}

class Merge {
  readonly clashes: Clash[] = [];

  private readonly settle: Settle;

  constructor(settle: Settle) {
    this.settle = settle;
  }

  /** Rules, gates or test cases: each merged by itself, in the order of `mine`, then what `theirs` adds. */
  members(
    sides: Readonly<Record<keyof MergeSides, ReadonlyMap<string, unknown>>>,
    kind: NonNullable<Clash['of']>['kind'],
    placeOf: (id: string) => readonly (string | number)[],
  ): Map<string, unknown> {
    const merged = new Map<string, unknown>();
    for (const id of new Set([...sides.mine.keys(), ...sides.theirs.keys(), ...sides.base.keys()])) {
      const triple = mapTriple(sides, (map) => map.get(id));
      const value = this.member(triple, { path: placeOf(id), of: { kind, id } });
      if (value !== undefined) merged.set(id, value);
    }
    return merged;
  }

  private member(triple: Triple, site: Site): unknown {
    const settled = unanimous(triple);
    if (settled !== null) return settled.value;
    const { base, mine, theirs } = triple;
    if (!isFields(base) || !isFields(mine) || !isFields(theirs)) return this.clash(triple, site);
    return this.fields(keyed({ base, mine, theirs }), site);
  }

  /** Each key by itself; a key that is left undefined is not there. */
  fields(keys: Readonly<Record<string, Triple>>, site: Site): Fields {
    const entries = Object.entries(keys).map(([key, triple]) => [
      key,
      this.field(key, triple, { ...site, path: [...site.path, key] }),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Fields;
  }

  private field(key: string, triple: Triple, site: Site): unknown {
    const settled = unanimous(triple);
    if (settled !== null) return settled.value;
    const { base, mine, theirs } = triple;
    const opens = key === 'labels' || key === 'parameters';
    if (opens && isFields(base) && isFields(mine) && isFields(theirs)) {
      return this.fields(keyed({ base, mine, theirs }), site);
    }
    if (key === 'rules' && site.of?.kind === 'gate') return mergeSets(triple as TripleOfLists);
    return this.clash(triple, site);
  }

  private clash({ base, mine, theirs }: Triple, { path, of }: Site): unknown {
    const shown = { base: base ?? null, mine: mine ?? null, theirs: theirs ?? null };
    const clash: Clash = { pointer: pointerOf(path), of, ...shown };
    const side = this.settle(clash);
    if (side === null) this.clashes.push(clash);
    return side === 'theirs' ? theirs : mine;
  }
}

/** What stands where at most one side has changed something, or both the same; null: they differ. */
function unanimous({ base, mine, theirs }: Triple): { readonly value: unknown } | null {
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return { value: mine };
  return isEqual(base, mine) ? { value: theirs } : null;
}

type TripleOfLists = { readonly [Side in keyof MergeSides]: readonly string[] };

/** The list of `mine`, without what `theirs` has taken out, with what `theirs` has put in. */
function mergeSets({ base, mine, theirs }: TripleOfLists): readonly string[] {
  const kept = mine.filter((id) => theirs.includes(id) || !base.includes(id));
  return [...kept, ...theirs.filter((id) => !base.includes(id) && !kept.includes(id))];
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

function keyed(sides: Readonly<Record<keyof MergeSides, Fields>>): Record<string, Triple> {
  const keys = new Set([
    ...Object.keys(sides.mine),
    ...Object.keys(sides.theirs),
    ...Object.keys(sides.base),
  ]);
  return Object.fromEntries([...keys].map((key) => [key, mapTriple(sides, (part) => part[key])]));
}

function mapSides(sides: MergeSides): Record<keyof RulebookDefinition, Triple> {
  return keyed(sides as unknown as Readonly<Record<keyof MergeSides, Fields>>) as Record<
    keyof RulebookDefinition,
    Triple
  >;
}

function mapTriple<From, To>(
  triple: Readonly<Record<keyof MergeSides, From>>,
  map: (value: From) => To,
): Record<keyof MergeSides, To> {
  return { base: map(triple.base), mine: map(triple.mine), theirs: map(triple.theirs) };
}

function byKey(key: string): (list: unknown) => ReadonlyMap<string, unknown> {
  return (list) => new Map((list as readonly Fields[]).map((item) => [String(item[key]), item]));
}

/** Where an item of a list stands in `mine`; the list itself where it does not. */
function placesOf(
  list: readonly object[],
  name: string,
  key: string,
): (id: string) => readonly (string | number)[] {
  return (id) => {
    const index = list.findIndex((item) => (item as Fields)[key] === id);
    return index === -1 ? [name] : [name, index];
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
