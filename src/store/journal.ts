import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { RowChange } from '../core/history/row-change.js';
import type { EffectType } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** An effect that a command has recorded. */
export interface NotedEffect {
  readonly id: string;
  readonly type: EffectType;
}

/** One row for each command that has changed a cycle: from all of them its state is rebuilt. */
export const changeTable = defineEntity({
  name: 'CycleChange',
  tableName: 'cycle_changes',
  properties: {
    cycleId: p.uuid().primary(),
    /** Of the last entry that the command has left in the log. */
    sequence: p.integer().primary(),
    firstSequence: p.integer(),
    at: instantColumn(),
    changes: p.json<readonly RowChange[]>(),
    effects: p.json<readonly NotedEffect[]>(),
    /** `sequence` of the command that this one has undone; null: none. */
    reverts: p.integer().nullable(),
  },
});

export type CycleChangeRow = Readonly<InferEntity<typeof changeTable>>;

/** What a transaction has done to one cycle so far. */
interface Page {
  readonly changes: Map<string, RowChange>;
  readonly effects: NotedEffect[];
  /** The sequences of the entries in the log; null: none yet. */
  entries: { first: number; last: number; at: Instant } | null;
  reverts: number | null;
}

/** By transaction: a transaction that is tried again has a new `Tx`, and so a new journal. */
const journals = new WeakMap<Tx, Map<string, Page>>();

function pageOf(tx: Tx, cycleId: string): Page {
  const pages = journals.get(tx) ?? new Map<string, Page>();
  journals.set(tx, pages);
  const page = pages.get(cycleId) ?? { changes: new Map(), effects: [], entries: null, reverts: null };
  pages.set(cycleId, page);
  return page;
}

/** Notes a change of a row that belongs to a cycle; several of one row become one, from the first to the last. */
export function noteChange(tx: Tx, cycleId: string, change: RowChange): void {
  const { changes } = pageOf(tx, cycleId);
  const id = `${change.table}/${change.key}`;
  const before = changes.get(id);
  changes.set(
    id,
    before === undefined
      ? change
      : {
          ...change,
          before: before.before === null ? null : { ...change.before, ...before.before },
          after: change.after === null ? null : { ...before.after, ...change.after },
        },
  );
}

/** Notes that a command about a cycle has recorded an effect. */
export function noteEffect(tx: Tx, cycleId: string, effect: NotedEffect): void {
  pageOf(tx, cycleId).effects.push(effect);
}

/** Notes an entry in the log of a cycle. */
export function noteEntry(tx: Tx, cycleId: string, sequence: number, at: Instant): void {
  const page = pageOf(tx, cycleId);
  page.entries = { first: page.entries?.first ?? sequence, last: sequence, at };
}

/** The sequence of the last entry that this transaction has left in the log of a cycle; null: none. */
export function lastEntry(tx: Tx, cycleId: string): number | null {
  return journals.get(tx)?.get(cycleId)?.entries?.last ?? null;
}

/** Says that this transaction undoes the command whose last entry is `sequence`. */
export function noteRevert(tx: Tx, cycleId: string, sequence: number): void {
  pageOf(tx, cycleId).reverts = sequence;
}

/**
 * Writes what the transaction has noted, when all its work is done. A change without an entry in the log is a fault
 * of the program: nobody could say who did it, and no past state could be rebuilt.
 */
export async function writeJournal(tx: Tx): Promise<void> {
  const pages = journals.get(tx);
  if (pages === undefined) return;
  await tx.flush();
  for (const [cycleId, { changes, effects, entries, reverts }] of pages) {
    const real = [...changes.values()].filter(({ before, after }) => before !== null || after !== null);
    if (real.length === 0 && effects.length === 0 && reverts === null) continue;
    if (entries === null) {
      if (real.length === 0) continue;
      const tables = real.map(({ table, key }) => `${table} ${key}`).join(', ');
      throw new Error(`cycle ${cycleId} was changed without an entry in its log: ${tables}`);
    }
    // As text: MikroORM's own insert would write into the images, and parts of them are frozen definitions.
    await tx.execute(
      `insert into cycle_changes (cycle_id, sequence, first_sequence, at, changes, effects, reverts)
       values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)`,
      [
        cycleId,
        entries.last,
        entries.first,
        entries.at,
        JSON.stringify(real),
        JSON.stringify(effects),
        reverts,
      ],
    );
  }
  journals.delete(tx);
}

/** The changes of a cycle, in order; with `until` only those up to and including that instant. */
export async function listChanges(
  tx: Tx,
  cycleId: string,
  until: Instant | null = null,
): Promise<readonly CycleChangeRow[]> {
  return tx.find(
    changeTable,
    { cycleId, ...(until === null ? {} : { at: { $lte: until } }) },
    { orderBy: { sequence: 'asc' } },
  );
}

/** The changes of a cycle after an entry of its log (0: from the beginning), in order, at most `limit`. */
export async function listChangePages(
  tx: Tx,
  cycleId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly CycleChangeRow[]> {
  return tx.find(
    changeTable,
    { cycleId, sequence: { $gt: page.after } },
    { orderBy: { sequence: 'asc' }, limit: page.limit },
  );
}

/** The change that holds this entry of the log; null when there is none. */
export async function findChange(tx: Tx, cycleId: string, sequence: number): Promise<CycleChangeRow | null> {
  return tx.findOne(changeTable, {
    cycleId,
    firstSequence: { $lte: sequence },
    sequence: { $gte: sequence },
  });
}

/** Cycles of which no change was ever noted: those from before the journal. */
export async function listUnjournaled(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }[]>(
    'select id from cycles c where not exists (select 1 from cycle_changes where cycle_id = c.id) order by id',
  );
  return rows.map(({ id }) => id);
}

/** The commands of a cycle that have been undone, by the last entry of each. */
export async function listReverted(tx: Tx, cycleId: string): Promise<readonly number[]> {
  const rows = await tx.execute<{ reverts: number }[]>(
    'select reverts from cycle_changes where cycle_id = ? and reverts is not null',
    [cycleId],
  );
  return rows.map(({ reverts }) => reverts);
}
