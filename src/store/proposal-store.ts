import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { PartnerKind } from '../core/calls/consortium.js';
import type { EligibilityJudgement } from '../core/calls/judge-eligibility.js';
import type { Currency } from '../core/calls/money.js';
import { instantColumn, type WholeRow } from './columns.js';
import type { Tx } from './tx.js';

/** A partner as it stands in the row: amounts are decimals in text. */
export interface StoredPartner {
  readonly organisation: string;
  /** NUTS code. */
  readonly region: string;
  readonly kind: PartnerKind | null;
  /** `1250000.00`. */
  readonly requested: string;
  readonly currency: Currency;
}

export const proposalTable = defineEntity({
  name: 'CallProposal',
  tableName: 'call_proposals',
  properties: {
    id: p.uuid().primary(),
    scheme: p.string(),
    callKey: p.string(),
    title: p.string(),
    acronym: p.string(),
    partners: p.json<readonly StoredPartner[]>(),
    status: p.string().$type<'submitted' | 'withdrawn'>(),
    /** By the rules that are the call's own, over the partners whose regions are in it. */
    joint: p.json<EligibilityJudgement>(),
    submittedBy: p.string(),
    submittedAt: instantColumn(),
    withdrawnAt: instantColumn().nullable(),
    /** Goes up with each change of the proposal, its eligibility, experts and reviews; the ETag of the API. */
    version: p.integer(),
  },
});

export const eligibilityTable = defineEntity({
  name: 'CallEligibility',
  tableName: 'call_eligibility',
  properties: {
    proposalId: p.uuid().primary(),
    region: p.string().primary(),
    /** What the rules of the region's annex say. */
    judged: p.json<EligibilityJudgement>(),
    judgedAt: instantColumn(),
    /** Null: the region's authority has not looked at it yet. */
    checkedBy: p.string().nullable(),
    checkedAt: instantColumn().nullable(),
    /** What the authority says against the rules, with `reason`; null: the rules stand. */
    overruled: p.string().$type<'eligible' | 'ineligible'>().nullable(),
    reason: p.string().nullable(),
  },
});

type ProposalEntity = InferEntity<typeof proposalTable>;
type EligibilityEntity = InferEntity<typeof eligibilityTable>;
export type ProposalRow = Readonly<ProposalEntity>;
export type EligibilityRow = Readonly<EligibilityEntity>;

/** By which call. */
export interface CallPlace {
  readonly scheme: string;
  readonly callKey: string;
}

export function addProposal(tx: Tx, proposal: WholeRow<ProposalEntity>): ProposalRow {
  const row = tx.create(proposalTable, { ...proposal, partners: [...proposal.partners] });
  tx.persist(row);
  return row;
}

/** Changes a proposal of a call whose cycle this transaction has locked, and raises its version. */
export async function changeProposal(
  tx: Tx,
  proposal: ProposalRow,
  changes: Partial<Pick<ProposalEntity, 'status' | 'withdrawnAt' | 'joint'>>,
): Promise<void> {
  Object.assign(proposal, changes, { version: proposal.version + 1 });
  await tx.flush();
}

/** Null when the call has no such proposal. */
export async function findProposal(tx: Tx, place: CallPlace, id: string): Promise<ProposalRow | null> {
  return tx.findOne(proposalTable, { ...placeOf(place), id }, { refresh: true });
}

/** The proposals to a call, the withdrawn ones included, in the order of submission. */
export async function listProposals(tx: Tx, place: CallPlace): Promise<readonly ProposalRow[]> {
  return tx.find(proposalTable, placeOf(place), {
    orderBy: { submittedAt: 'asc', id: 'asc' },
    refresh: true,
  });
}

/** A page of them, by id. */
export async function listProposalPage(
  tx: Tx,
  place: CallPlace,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly ProposalRow[]> {
  return tx.find(
    proposalTable,
    { ...placeOf(place), ...(page.after === null ? {} : { id: { $gt: page.after } }) },
    { orderBy: { id: 'asc' }, limit: page.limit },
  );
}

/** What was said of the eligibility of these proposals, by proposal and region. */
export async function listEligibility(
  tx: Tx,
  proposalIds: readonly string[],
): Promise<readonly EligibilityRow[]> {
  if (proposalIds.length === 0) return [];
  return tx.find(
    eligibilityTable,
    { proposalId: { $in: [...proposalIds] } },
    { orderBy: { proposalId: 'asc', region: 'asc' }, refresh: true },
  );
}

export function addEligibility(
  tx: Tx,
  row: Pick<EligibilityRow, 'proposalId' | 'region' | 'judged' | 'judgedAt'>,
): EligibilityRow {
  const entity = tx.create(eligibilityTable, {
    ...row,
    checkedBy: null,
    checkedAt: null,
    overruled: null,
    reason: null,
  });
  tx.persist(entity);
  return entity;
}

export async function changeEligibility(
  tx: Tx,
  row: EligibilityRow,
  changes: Partial<Omit<EligibilityEntity, 'proposalId' | 'region'>>,
): Promise<void> {
  Object.assign(row, changes);
  await tx.flush();
}

function placeOf({ scheme, callKey }: CallPlace): CallPlace {
  return { scheme, callKey };
}
