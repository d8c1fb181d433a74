import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Actor } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** What was done with a rulebook; `details` has a shape of its own for each. */
export type RulebookLogKind =
  | 'drafted'
  | 'edited'
  | 'merged'
  | 'tested'
  | 'checked'
  | 'signed'
  | 'approved'
  | 'published'
  | 'published-in-emergency'
  | 'rolled-back'
  | 'retired'
  | 'discarded';

export const rulebookLogTable = defineEntity({
  name: 'RulebookLogEntry',
  tableName: 'rulebook_log',
  properties: {
    sequence: p.bigint('number').primary().generated('always as identity'),
    rulebook: p.string(),
    version: p.integer().nullable(),
    draftId: p.uuid().nullable(),
    kind: p.string().$type<RulebookLogKind>(),
    at: instantColumn(),
    actorId: p.string(),
    actorName: p.string(),
    actorRole: p.string(),
    details: p.json<Readonly<Record<string, unknown>>>(),
  },
});

export type RulebookLogRow = Readonly<InferEntity<typeof rulebookLogTable>>;

export interface NewRulebookLogEntry {
  readonly rulebook: string;
  /** Null while there is only a draft. */
  readonly version: number | null;
  readonly draftId: string | null;
  readonly kind: RulebookLogKind;
  readonly actor: Actor;
  readonly at: Instant;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Appends to the log of the rulebooks, which only grows. */
export async function appendRulebookLog(tx: Tx, entry: NewRulebookLogEntry): Promise<void> {
  await tx.flush();
  await tx.execute(
    `insert into rulebook_log (rulebook, version, draft_id, kind, at, actor_id, actor_name, actor_role, details)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)`,
    [
      entry.rulebook,
      entry.version,
      entry.draftId,
      entry.kind,
      entry.at,
      entry.actor.id,
      entry.actor.name,
      entry.actor.role,
      JSON.stringify(entry.details),
    ],
  );
}

/** What was done with a draft, in order, at most `limit`. */
export async function listDraftLog(
  tx: Tx,
  draftId: string,
  limit: number,
): Promise<readonly RulebookLogRow[]> {
  return tx.find(rulebookLogTable, { draftId }, { orderBy: { sequence: 'asc' }, limit });
}
