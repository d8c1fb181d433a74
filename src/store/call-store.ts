import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CallFrame, RegionFrame } from '../core/calls/call-frame.js';
import type { PotKind } from '../core/calls/commitments.js';
import type { EligibilityRuleDefinition } from '../core/calls/eligibility-rules.js';
import type { ScoringRules } from '../core/calls/evaluation.js';
import type { FundingPolicy } from '../core/calls/funding.js';
import type { Currency } from '../core/calls/money.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** An exchange rate as it stands in a row: what one unit of `from` was worth in `to` on a day, as a decimal. */
export interface StoredRate {
  readonly from: Currency;
  readonly to: Currency;
  /** `0.9234`. */
  readonly rate: string;
  readonly on: string;
}

/** The joint part of a call: theme, calendar, criteria, ranking rule, common start. The coordinator's. */
export const callTable = defineEntity({
  name: 'Call',
  tableName: 'calls',
  properties: {
    scheme: p.string().primary(),
    /** Unique within the scheme. */
    key: p.string().primary(),
    cycleId: p.uuid(),
    title: p.string(),
    theme: p.string(),
    /** Keys of the transformative activities that it serves. */
    activities: p.json<readonly string[]>(),
    /** NUTS code of the region that leads: its calendar dates the cycle. */
    lead: p.string(),
    pot: p.string().$type<PotKind>(),
    /** IANA name: in it `opensTime` and `closesTime` were announced. */
    zone: p.string(),
    textFinalOn: dateColumn().nullable(),
    opensOn: dateColumn().nullable(),
    /** `HH:mm`, 24 hours. */
    opensTime: p.string().nullable(),
    opensAt: instantColumn().nullable(),
    closesOn: dateColumn().nullable(),
    closesTime: p.string().nullable(),
    closesAt: instantColumn().nullable(),
    /** Planned: the day of the ranking and the common start. */
    rankingOn: dateColumn().nullable(),
    startOn: dateColumn().nullable(),
    /** Scale, weights of the criteria and thresholds. */
    scoring: p.json<ScoringRules>(),
    /** What happens below the first project in the ranking that cannot be paid. */
    funding: p.string().$type<FundingPolicy>(),
    /** What is asked of every consortium. */
    eligibility: p.json<readonly EligibilityRuleDefinition[]>(),
    rates: p.json<readonly StoredRate[]>(),
    frame: p.json<CallFrame>(),
    proposedBy: p.string(),
    proposedAt: instantColumn(),
    changedAt: instantColumn(),
    /** Of the joint part alone; the ETag of the API. */
    version: p.integer(),
  },
});

/** `left`: it went by itself or was taken out; `dropped`: it was not ready in time; `withdrawn`: it left the scheme. */
export type CallRegionState = 'in' | 'left' | 'dropped' | 'withdrawn';

/** What one region says for itself: annex, eligibility, budget, local deadline, dates. Its authority's. */
export const callRegionTable = defineEntity({
  name: 'CallRegion',
  tableName: 'call_regions',
  properties: {
    scheme: p.string().primary(),
    key: p.string().primary(),
    /** NUTS code. */
    region: p.string().primary(),
    state: p.string().$type<CallRegionState>(),
    stateSince: instantColumn(),
    /** Null while it is in. */
    leftReason: p.string().nullable(),
    annexPublishedOn: dateColumn().nullable(),
    annexUrl: p.string().nullable(),
    eligibility: p.json<readonly EligibilityRuleDefinition[]>(),
    /** Decimals in text: for its own partners, and its part of the common pot. Null: nothing is committed. */
    ownAmount: p.string().nullable(),
    potAmount: p.string().nullable(),
    currency: p.string().$type<Currency>(),
    localClosesOn: dateColumn().nullable(),
    /** `HH:mm` in `localZone`. */
    localClosesTime: p.string().nullable(),
    localZone: p.string(),
    localClosesAt: instantColumn().nullable(),
    constraints: p.json<RegionFrame>(),
    /** Since when its part of the package is complete; null: it is not. */
    readyAt: instantColumn().nullable(),
    changedAt: instantColumn(),
    /** Account id. */
    changedBy: p.string(),
    /** Of this region's part alone; the ETag of the API. */
    version: p.integer(),
  },
});

type CallEntity = InferEntity<typeof callTable>;
type CallRegionEntity = InferEntity<typeof callRegionTable>;
export type CallRow = Readonly<CallEntity>;
export type CallRegionRow = Readonly<CallRegionEntity>;
export type CallChanges = Partial<
  Omit<WholeRow<CallEntity>, 'scheme' | 'key' | 'cycleId' | 'proposedBy' | 'proposedAt' | 'version'>
>;
export type CallRegionChanges = Partial<
  Omit<WholeRow<CallRegionEntity>, 'scheme' | 'key' | 'region' | 'version'>
>;

/** Adds a call; the caller has seen that the key is free. */
export function addCall(tx: Tx, call: Omit<WholeRow<CallEntity>, 'version'>): CallRow {
  const row = tx.create(callTable, { ...call, version: 1 });
  tx.persist(row);
  return row;
}

export function addCallRegion(tx: Tx, region: Omit<WholeRow<CallRegionEntity>, 'version'>): CallRegionRow {
  const row = tx.create(callRegionTable, { ...region, version: 1 });
  tx.persist(row);
  return row;
}

/** Null when the scheme has no call of this key. Fresh: whoever means to change it has locked its cycle before. */
export async function findCall(tx: Tx, scheme: string, key: string): Promise<CallRow | null> {
  return tx.findOne(callTable, { scheme, key }, { refresh: true });
}

/** The call whose run this cycle is; null: it is that of no call. */
export async function findCallOfCycle(tx: Tx, cycleId: string): Promise<CallRow | null> {
  return tx.findOne(callTable, { cycleId }, { refresh: true });
}

/** Calls with this key in any scheme, by scheme. */
export async function findCallsByKey(tx: Tx, key: string): Promise<readonly CallRow[]> {
  return tx.find(callTable, { key }, { orderBy: { scheme: 'asc' } });
}

/** The calls of a scheme after a key, by key, at most `limit`. */
export async function listCalls(
  tx: Tx,
  scheme: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly CallRow[]> {
  const after = page.after === null ? {} : { key: { $gt: page.after } };
  return tx.find(callTable, { scheme, ...after }, { orderBy: { key: 'asc' }, limit: page.limit });
}

/** Every region that is or was in a call, by NUTS code. */
export async function listCallRegions(
  tx: Tx,
  { scheme, key }: Pick<CallRow, 'scheme' | 'key'>,
): Promise<readonly CallRegionRow[]> {
  return tx.find(callRegionTable, { scheme, key }, { orderBy: { region: 'asc' }, refresh: true });
}

/** The parts of a region in the calls that it is in, by key. */
export async function listCallsOfRegion(
  tx: Tx,
  scheme: string,
  region: string,
): Promise<readonly CallRegionRow[]> {
  return tx.find(
    callRegionTable,
    { scheme, region, state: 'in' },
    { orderBy: { key: 'asc' }, refresh: true },
  );
}

/** Writes changes of a call whose cycle this transaction has locked, and raises its version by one. */
export async function changeCall(tx: Tx, call: CallRow, changes: CallChanges): Promise<void> {
  Object.assign(call, changes, { version: call.version + 1 });
  await tx.flush();
}

/** Writes changes of a region's part of a call whose cycle this transaction has locked, and raises its version by one. */
export async function changeCallRegion(
  tx: Tx,
  region: CallRegionRow,
  changes: CallRegionChanges,
): Promise<void> {
  Object.assign(region, changes, { version: region.version + 1 });
  await tx.flush();
}

/** Notes since when a region's part of the package is complete. Follows from what was said, so the version stays. */
export async function markReady(tx: Tx, region: CallRegionRow, readyAt: Instant | null): Promise<void> {
  Object.assign(region, { readyAt });
  await tx.flush();
}

/** Lets one transaction at a time propose calls of a scheme; the others wait for its commit. */
export async function lockCalls(tx: Tx, scheme: string): Promise<void> {
  await tx.execute("select pg_advisory_xact_lock(hashtextextended('calls ' || ?, 0))", [scheme]);
}
