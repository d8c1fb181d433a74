import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Scores } from '../core/calls/evaluation.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { CallPlace } from './proposal-store.js';
import type { Tx } from './tx.js';

export const expertTable = defineEntity({
  name: 'CallExpert',
  tableName: 'call_experts',
  properties: {
    proposalId: p.uuid().primary(),
    /** Account or register id; no name. */
    expert: p.string().primary(),
    /** NUTS code of where the expert works; null: outside the scheme. */
    region: p.string().nullable(),
    /** The day of the signed declaration; null: not signed. */
    declaredOn: dateColumn().nullable(),
    /** The expert has since named a conflict: what he or she says does not count. */
    hasConflict: p.boolean(),
    assignedBy: p.string(),
    assignedAt: instantColumn(),
  },
});

export const reviewTable = defineEntity({
  name: 'CallReview',
  tableName: 'call_reviews',
  properties: {
    proposalId: p.uuid().primary(),
    expert: p.string().primary(),
    scores: p.json<Scores>(),
    /** For the coordinator and the auditors. */
    comments: p.string().nullable(),
    recordedBy: p.string(),
    recordedAt: instantColumn(),
  },
});

/** A region has finished its part of the evaluation. */
export const evaluationTable = defineEntity({
  name: 'CallEvaluation',
  tableName: 'call_evaluations',
  properties: {
    scheme: p.string().primary(),
    callKey: p.string().primary(),
    region: p.string().primary(),
    closedOn: dateColumn(),
    closedBy: p.string(),
    closedAt: instantColumn(),
  },
});

type ExpertEntity = InferEntity<typeof expertTable>;
type ReviewEntity = InferEntity<typeof reviewTable>;
export type ExpertRow = Readonly<ExpertEntity>;
export type ReviewRow = Readonly<ReviewEntity>;
export type EvaluationRow = Readonly<InferEntity<typeof evaluationTable>>;

/** The experts of these proposals, in the order of assignment. */
export async function listExperts(tx: Tx, proposalIds: readonly string[]): Promise<readonly ExpertRow[]> {
  if (proposalIds.length === 0) return [];
  return tx.find(
    expertTable,
    { proposalId: { $in: [...proposalIds] } },
    { orderBy: { assignedAt: 'asc', expert: 'asc' }, refresh: true },
  );
}

export function addExpert(tx: Tx, expert: WholeRow<ExpertEntity>): ExpertRow {
  const row = tx.create(expertTable, { ...expert });
  tx.persist(row);
  return row;
}

export async function changeExpert(
  tx: Tx,
  expert: ExpertRow,
  changes: Partial<Pick<ExpertEntity, 'region' | 'declaredOn' | 'hasConflict'>>,
): Promise<void> {
  Object.assign(expert, changes);
  await tx.flush();
}

/** The reviews of these proposals, in the order in which they came. */
export async function listReviews(tx: Tx, proposalIds: readonly string[]): Promise<readonly ReviewRow[]> {
  if (proposalIds.length === 0) return [];
  return tx.find(
    reviewTable,
    { proposalId: { $in: [...proposalIds] } },
    { orderBy: { recordedAt: 'asc', expert: 'asc' }, refresh: true },
  );
}

/** Writes an expert's review, or writes it anew. */
export async function putReview(
  tx: Tx,
  before: ReviewRow | undefined,
  review: WholeRow<ReviewEntity>,
): Promise<void> {
  if (before === undefined) tx.persist(tx.create(reviewTable, { ...review }));
  else Object.assign(before, review);
  await tx.flush();
}

/** The regions of a call that have finished, by region. */
export async function listEvaluations(tx: Tx, place: CallPlace): Promise<readonly EvaluationRow[]> {
  const { scheme, callKey } = place;
  return tx.find(evaluationTable, { scheme, callKey }, { orderBy: { region: 'asc' } });
}

export function addEvaluation(tx: Tx, evaluation: EvaluationRow): void {
  tx.persist(tx.create(evaluationTable, { ...evaluation }));
}
