import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import type { MoneyRefusal } from '../core/calls/commitments.js';
import type { Criterion, ScoringRules } from '../core/calls/evaluation.js';
import type { Currency } from '../core/calls/money.js';
import type { TieBreak, UnrankedProposal } from '../core/calls/ranking.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { CallPlace } from './proposal-store.js';
import type { Tx } from './tx.js';

/** An amount as it stands in a row: a decimal in text. */
export interface StoredMoney {
  readonly amount: string;
  readonly currency: Currency;
}

/** A fraction that is exact: `[numerator, denominator]`, as whole numbers in text. */
export type StoredRational = readonly [string, string];

/** One place of the ranking. */
export interface RankedEntry {
  readonly proposal: string;
  readonly acronym: string;
  readonly rank: number;
  readonly decidedBy: TieBreak | null;
  readonly total: StoredRational;
  readonly criteria: Readonly<Record<Criterion, StoredRational>>;
  readonly requests: readonly ({ readonly region: string } & StoredMoney)[];
}

export interface UnrankedEntry {
  readonly proposal: string;
  readonly acronym: string;
  readonly reason: UnrankedProposal['reason'] | 'ineligible';
}

/** The one joint ranking of a call. The database refuses every change of it. */
export const rankingTable = defineEntity({
  name: 'CallRanking',
  tableName: 'call_rankings',
  properties: {
    scheme: p.string().primary(),
    callKey: p.string().primary(),
    approvedOn: dateColumn(),
    approvedBy: p.string(),
    approvedAt: instantColumn(),
    reference: p.string().nullable(),
    scoring: p.json<ScoringRules>(),
    ranked: p.json<readonly RankedEntry[]>(),
    unranked: p.json<readonly UnrankedEntry[]>(),
  },
});

export interface StoredGrant extends StoredMoney {
  readonly region: string;
  readonly state: 'reserved' | 'granted';
  readonly charges: readonly ({ readonly region: string; readonly purse: 'own' | 'pot' } & StoredMoney)[];
}

/** A region without which a project goes on, since when and why. */
export interface Parting {
  readonly region: string;
  readonly way: 'went-on' | 'left-the-call';
  readonly on: CalendarDate;
  readonly reason: string;
}

/**
 * What became of a ranked proposal. `funded`: money is set aside for it. `unpaid`: the regions of `unpaidBy` lack money.
 * `after-the-line`: nothing was tried any more. `dropped`: it is given up, and its money is free.
 */
export const projectTable = defineEntity({
  name: 'CallProject',
  tableName: 'call_projects',
  properties: {
    proposalId: p.uuid().primary(),
    scheme: p.string(),
    callKey: p.string(),
    rank: p.integer(),
    status: p.string().$type<'funded' | 'unpaid' | 'after-the-line' | 'dropped'>(),
    unpaidBy:
      p.json<readonly (Pick<MoneyRefusal, 'region' | 'code'> & { readonly missing: StoredMoney | null })[]>(),
    grants: p.json<readonly StoredGrant[]>(),
    parted: p.json<readonly Parting[]>(),
    droppedReason: p.string().nullable(),
    startOn: dateColumn().nullable(),
  },
});

/** What a region has decided about its partners of a project. */
export const callDecisionTable = defineEntity({
  name: 'CallDecision',
  tableName: 'call_decisions',
  properties: {
    proposalId: p.uuid().primary(),
    region: p.string().primary(),
    result: p.string().$type<'funds' | 'refuses'>(),
    decidedOn: dateColumn(),
    /** Both null where it refuses. */
    amount: p.string().nullable(),
    currency: p.string().$type<Currency>().nullable(),
    reference: p.string(),
    /** Why the coordinator lets it count although it came late; null: it came in time, or does not count. */
    lateReason: p.string().nullable(),
    recordedBy: p.string(),
    recordedAt: instantColumn(),
  },
});

type ProjectEntity = InferEntity<typeof projectTable>;
type DecisionEntity = InferEntity<typeof callDecisionTable>;
export type RankingRow = Readonly<InferEntity<typeof rankingTable>>;
export type ProjectRow = Readonly<ProjectEntity>;
export type CallDecisionRow = Readonly<DecisionEntity>;

/** Null before it is approved. */
export async function findRanking(tx: Tx, { scheme, callKey }: CallPlace): Promise<RankingRow | null> {
  return tx.findOne(rankingTable, { scheme, callKey });
}

export async function addRanking(
  tx: Tx,
  ranking: WholeRow<InferEntity<typeof rankingTable>>,
): Promise<RankingRow> {
  const row = tx.create(rankingTable, {
    ...ranking,
    ranked: [...ranking.ranked],
    unranked: [...ranking.unranked],
  });
  tx.persist(row);
  await tx.flush();
  return row;
}

/** In the order of the ranking. */
export async function listProjects(tx: Tx, { scheme, callKey }: CallPlace): Promise<readonly ProjectRow[]> {
  return tx.find(projectTable, { scheme, callKey }, { orderBy: { rank: 'asc' }, refresh: true });
}

export function addProject(tx: Tx, project: WholeRow<ProjectEntity>): ProjectRow {
  const row = tx.create(projectTable, { ...project });
  tx.persist(row);
  return row;
}

export async function changeProject(
  tx: Tx,
  project: ProjectRow,
  changes: Partial<
    Pick<ProjectEntity, 'status' | 'unpaidBy' | 'grants' | 'parted' | 'droppedReason' | 'startOn'>
  >,
): Promise<void> {
  Object.assign(project, changes);
  await tx.flush();
}

/** The decisions about these proposals, by proposal and region. */
export async function listCallDecisions(
  tx: Tx,
  proposalIds: readonly string[],
): Promise<readonly CallDecisionRow[]> {
  if (proposalIds.length === 0) return [];
  return tx.find(
    callDecisionTable,
    { proposalId: { $in: [...proposalIds] } },
    { orderBy: { proposalId: 'asc', region: 'asc' }, refresh: true },
  );
}

/** Writes a decision, or writes it anew. */
export async function putCallDecision(
  tx: Tx,
  before: CallDecisionRow | undefined,
  decision: WholeRow<DecisionEntity>,
): Promise<void> {
  if (before === undefined) tx.persist(tx.create(callDecisionTable, { ...decision }));
  else Object.assign(before, decision);
  await tx.flush();
}
