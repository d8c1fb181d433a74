import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { RulebookDefinition } from '../core/gates/rulebook-schema.js';
import type { CheckReport, TestReport } from '../core/rulebooks/reports.js';
import type { LifeSnapshot, LifeState } from '../core/rulebooks/rulebook-life.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { Tx } from './tx.js';

export const rulebookDraftTable = defineEntity({
  name: 'RulebookDraft',
  tableName: 'rulebook_drafts',
  properties: {
    id: p.uuid().primary(),
    rulebook: p.string(),
    baseVersion: p.integer(),
    baseHash: p.string(),
    definition: p.json<RulebookDefinition>().columnType('json'),
    /** Of the definition as it stands, with the catalogue that it names. */
    hash: p.string(),
    snapshot: p.json<LifeSnapshot>(),
    /** The snapshot's state once more, for lists and constraints. */
    state: p.string().$type<LifeState>(),
    /** Account id of who has made the draft. */
    author: p.string(),
    /** Account ids of everybody who has written its content. */
    authors: p.json<readonly string[]>(),
    reason: p.string(),
    /** Goes up by one with each change; the ETag of the API. */
    version: p.integer().version(),
    /** The last run of its test cases; null: not run on this content. */
    report: p.json<TestReport>().nullable(),
    /** The last model check; null: not checked with this content. */
    checkReport: p.json<CheckReport>().nullable(),
    approvedBy: p.string().nullable(),
    approvedAt: instantColumn().nullable(),
    signedBy: p.string().nullable(),
    signedAt: instantColumn().nullable(),
    signedReason: p.string().nullable(),
    emergency: p.boolean(),
    emergencyEndsOn: dateColumn().nullable(),
    publishedVersion: p.integer().nullable(),
    createdAt: instantColumn(),
    changedAt: instantColumn(),
  },
});

type DraftEntity = InferEntity<typeof rulebookDraftTable>;
export type RulebookDraftRow = WholeRow<DraftEntity>;
export type DraftChanges = Partial<Omit<DraftEntity, 'id' | 'rulebook' | 'author' | 'version' | 'createdAt'>>;

export function addDraft(tx: Tx, draft: Omit<RulebookDraftRow, 'version'>): RulebookDraftRow {
  const row = tx.create(rulebookDraftTable, { ...draft });
  tx.persist(row);
  return row as RulebookDraftRow;
}

/** Null when there is no such draft. */
export async function findDraft(tx: Tx, id: string): Promise<RulebookDraftRow | null> {
  return (await tx.findOne(rulebookDraftTable, { id })) as RulebookDraftRow | null;
}

/** The draft, locked until the transaction ends; null when there is none. */
export async function lockDraft(tx: Tx, id: string): Promise<RulebookDraftRow | null> {
  const options = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  return (await tx.findOne(rulebookDraftTable, { id }, options)) as RulebookDraftRow | null;
}

/** Writes the changes of a locked draft and raises its version by one. */
export async function changeDraftRow(tx: Tx, draft: RulebookDraftRow, changes: DraftChanges): Promise<void> {
  Object.assign(draft, changes);
  await tx.flush();
}

/** Drafts after this id in the order of ids, those made first first, at most `limit`. */
export async function listDrafts(
  tx: Tx,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly RulebookDraftRow[]> {
  const rows = await tx.find(rulebookDraftTable, page.after === null ? {} : { id: { $gt: page.after } }, {
    orderBy: { id: 'asc' },
    limit: page.limit,
  });
  return rows as RulebookDraftRow[];
}

/** Drafts of one rulebook that are tried out at once: each is asked at every decision. */
const SHADOWED_DRAFTS_MAX = 5;

/** Drafts of a rulebook that run beside the live one: tested or approved, those changed last first. */
export async function listShadowedDrafts(tx: Tx, rulebook: string): Promise<readonly RulebookDraftRow[]> {
  const rows = await tx.find(
    rulebookDraftTable,
    { rulebook, state: { $in: ['tested', 'approved'] } },
    { orderBy: { changedAt: 'desc', id: 'asc' }, limit: SHADOWED_DRAFTS_MAX },
  );
  return rows as RulebookDraftRow[];
}
