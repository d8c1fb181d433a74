import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Commitment } from '../../core/calls/commitments.js';
import { JOINT_ELIGIBILITY_DEFAULT } from '../../core/calls/joint-eligibility.js';
import { parseMoney } from '../../core/calls/money.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  findCallOfCycle,
  listCallRegions,
  type CallRegionRow,
  type CallRow,
} from '../../store/call-store.js';
import { findCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { pinOf } from '../cycles/cycle-picture.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import type { EngineDeps } from '../engine-deps.js';
import { callMassOf, callRulesOf } from '../calls/call-rules-of.js';
import { getCall, type CallRef } from '../calls/find-call.js';
import type { CallPart, CallRecord } from './call-record.js';

/** @throws DomainError `call.not-found`, also when several schemes have such a call and none is named */
export async function findCallRecord(deps: EngineDeps, tx: Tx, ref: CallRef): Promise<CallRecord> {
  return toRecord(deps, tx, await getCall(tx, { scheme: ref.scheme, key: ref.key }));
}

/** The call whose run a cycle is. @throws DomainError `call.not-found` */
export async function findCallRecordOf(deps: EngineDeps, tx: Tx, cycleId: string): Promise<CallRecord> {
  const call = await findCallOfCycle(tx, cycleId);
  if (call === null) throw new DomainError('call.not-found', { cycle: cycleId });
  return toRecord(deps, tx, call);
}

async function toRecord(deps: EngineDeps, tx: Tx, call: CallRow): Promise<CallRecord> {
  const regions = await listCallRegions(tx, call);
  const cycle = await findCycle(tx, call.cycleId);
  if (cycle === null) throw new DomainError('cycle.not-found', { cycle: call.cycleId });
  const rulebook = await rulebookOf(deps, tx, pinOf(cycle));
  return {
    scheme: call.scheme,
    key: call.key,
    cycleId: call.cycleId,
    opensAt: call.opensAt ?? null,
    closesAt: call.closesAt ?? null,
    scoring: call.scoring,
    pot: call.pot,
    policy: call.funding,
    rules: callRulesOf(rulebook),
    criticalMass: callMassOf(rulebook, deps.catalog.activityParameters().criticalMass),
    jointEligibility: call.eligibility.length === 0 ? JOINT_ELIGIBILITY_DEFAULT : call.eligibility,
    parts: regions.map(partOf),
  };
}

function partOf(row: CallRegionRow): CallPart {
  return {
    region: row.region,
    leftOn: row.state === 'in' ? null : dateInZone(row.stateSince, row.localZone),
    leftAt: row.state === 'in' ? null : row.stateSince,
    leftReason: row.leftReason ?? null,
    currency: row.currency,
    localClosesAt: row.localClosesAt ?? null,
    zone: row.localZone,
    eligibility: row.eligibility,
    commitments: [
      ...commitment(row, 'own', row.ownAmount ?? null),
      ...commitment(row, 'pot', row.potAmount ?? null),
    ],
  };
}

function commitment(
  { region, currency }: CallRegionRow,
  purse: Commitment['purse'],
  amount: string | null,
): Commitment[] {
  return amount === null ? [] : [{ region, purse, committed: parseMoney(amount, currency) }];
}
