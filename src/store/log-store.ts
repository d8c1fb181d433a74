import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Actor } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { CycleRow } from './cycle-store.js';
import { lastEntry, noteEntry } from './journal.js';
import type { Tx } from './tx.js';

/** What an entry of a cycle's log tells; `details` has a shape of its own for each kind. */
export type LogKind =
  | 'opened'
  | 'transition'
  | 'refusal'
  | 'facts'
  | 'task'
  | 'milestone'
  | 'sync'
  | 'activity'
  | 'call'
  | 'waiver'
  | 'waiver-ended'
  | 'rulebook'
  | 'incident'
  | 'timer'
  | 'reverted'
  | 'migrated'
  | 'migration-reverted'
  | 'modified'
  | 'baseline';

export const logTable = defineEntity({
  name: 'LogEntry',
  tableName: 'log_entries',
  properties: {
    cycleId: p.uuid().primary(),
    /** 1, 2, 3 ... without a gap; written under the cycle's lock. */
    sequence: p.integer().primary(),
    kind: p.string().$type<LogKind>(),
    at: instantColumn(),
    actorId: p.string(),
    actorName: p.string(),
    actorRole: p.string(),
    workflowVersion: p.integer(),
    workflowHash: p.string(),
    rulebookVersion: p.integer(),
    rulebookHash: p.string(),
    details: p.json<Readonly<Record<string, unknown>>>(),
  },
});

export type LogRow = Readonly<InferEntity<typeof logTable>>;

export interface NewLogEntry {
  readonly kind: LogKind;
  readonly actor: Actor;
  readonly at: Instant;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Appends to the log of a cycle that this transaction has locked (or has just made); gives the sequence. */
export async function appendLog(tx: Tx, cycle: CycleRow, entry: NewLogEntry): Promise<number> {
  const sequence = (lastEntry(tx, cycle.id) ?? (await lastStored(tx, cycle.id))) + 1;
  const row = tx.create(logTable, {
    cycleId: cycle.id,
    sequence,
    kind: entry.kind,
    at: entry.at,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    actorRole: entry.actor.role,
    workflowVersion: cycle.workflowVersion,
    workflowHash: cycle.workflowHash,
    rulebookVersion: cycle.rulebookVersion,
    rulebookHash: cycle.rulebookHash,
    details: entry.details,
  });
  // Written with the next flush: a command leaves some twenty entries.
  tx.persist(row);
  noteEntry(tx, cycle.id, sequence, entry.at);
  return sequence;
}

async function lastStored(tx: Tx, cycleId: string): Promise<number> {
  const [row] = await tx.execute<{ last: number | null }[]>(
    'select max(sequence) as last from log_entries where cycle_id = ?',
    [cycleId],
  );
  return row?.last ?? 0;
}

/** Entries after `after` (0: from the beginning), in order, at most `limit`. */
export async function listLog(
  tx: Tx,
  cycleId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly LogRow[]> {
  return tx.find(
    logTable,
    { cycleId, sequence: { $gt: page.after } },
    { orderBy: { sequence: 'asc' }, limit: page.limit },
  );
}

/** How many entries the log of a cycle has, and the sequence of the last; both 0 without one. */
export async function countLog(
  tx: Tx,
  cycleId: string,
): Promise<{ readonly entries: number; readonly lastSequence: number }> {
  const [row] = await tx.execute<{ entries: number; last: number | null }[]>(
    'select count(*)::int as entries, max(sequence) as last from log_entries where cycle_id = ?',
    [cycleId],
  );
  return { entries: row?.entries ?? 0, lastSequence: row?.last ?? 0 };
}

/** The entries of some kinds, the newest first, at most `limit`. */
export async function listLogOfKinds(
  tx: Tx,
  cycleId: string,
  kinds: readonly LogKind[],
  limit: number,
): Promise<readonly LogRow[]> {
  return tx.find(logTable, { cycleId, kind: { $in: [...kinds] } }, { orderBy: { sequence: 'desc' }, limit });
}
