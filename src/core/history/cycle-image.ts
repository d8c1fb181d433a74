import { JOURNALED_TABLES, type JournaledTable, type RowChange, type RowImage } from './row-change.js';

/** Everything that makes up the state of one cycle: its rows by table and key. */
export type CycleImage = { readonly [Table in JournaledTable]: ReadonlyMap<string, RowImage> };

/** What one command has changed of a cycle. */
export interface JournalPage {
  /** Of the command's last entry in the log. */
  readonly sequence: number;
  readonly changes: readonly RowChange[];
}

/** A change that does not fit what the changes before it have left behind. */
export interface JournalFault {
  readonly sequence: number;
  readonly table: JournaledTable;
  readonly key: string;
  /** `added-twice`, `not-there` to be changed or taken away, or `before-differs` from what is known. */
  readonly code: 'added-twice' | 'not-there' | 'before-differs';
}

/** A state that is being rebuilt: every page that it takes brings it one command further. */
export interface Rebuild {
  /** As it stands after the pages taken so far; changes with the next. */
  readonly image: CycleImage;
  /** Takes the next page; gives what in it does not fit. */
  take(page: JournalPage): readonly JournalFault[];
}

/**
 * Rebuilds the state of a cycle from its journal, page by page in order. Each change is held against what the ones
 * before it have left: a journal with a page missing, or with one that is not what was written, does not add up.
 */
export function startRebuild(same: SameValue): Rebuild {
  const image = emptyImage();
  return {
    image,
    take: ({ sequence, changes }) =>
      changes.flatMap((change): JournalFault[] => {
        const code = applyChange(image[change.table], change, same);
        return code === null ? [] : [{ sequence, table: change.table, key: change.key, code }];
      }),
  };
}

/** Whether two JSON values are the same. Handed in, because to compare canonically is dear and mostly not asked for. */
export type SameValue = (one: unknown, other: unknown) => boolean;

type Rows = Map<string, RowImage>;

function emptyImage(): { readonly [Table in JournaledTable]: Rows } {
  return Object.fromEntries(JOURNALED_TABLES.map((table) => [table, new Map()])) as {
    [Table in JournaledTable]: Rows;
  };
}

function applyChange(rows: Rows, change: RowChange, same: SameValue): JournalFault['code'] | null {
  const { key, before, after } = change;
  const known = rows.get(key);
  if (after === null) rows.delete(key);
  else rows.set(key, { ...known, ...after });
  if (before === null) return known === undefined ? null : 'added-twice';
  if (known === undefined) return 'not-there';
  const fits = Object.entries(before).every(([name, value]) => same(known[name] ?? null, value));
  return fits ? null : 'before-differs';
}

/** Where two images of one cycle differ, by table, key and property; empty: they are the same. */
export function differencesOf(one: CycleImage, other: CycleImage, same: SameValue): readonly string[] {
  return JOURNALED_TABLES.flatMap((table) => {
    const keys = new Set([...one[table].keys(), ...other[table].keys()]);
    return [...keys].toSorted().flatMap((key) => {
      const mine = one[table].get(key);
      const theirs = other[table].get(key);
      if (mine === undefined || theirs === undefined) {
        return [`${table} ${key}: ${mine === undefined ? 'only stored' : 'only in the journal'}`];
      }
      return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
        .filter((name) => !same(mine[name] ?? null, theirs[name] ?? null))
        .map((name) => `${table} ${key}: ${name}`);
    });
  });
}
