import { commitmentTable, type CommitmentTable, type PotKind } from '../../core/calls/commitments.js';
import type { Actor } from '../../core/terms/actor.js';
import { listProjects } from '../../store/award-store.js';
import { listCallRegions, type CallRow, type StoredRate } from '../../store/call-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { callBudget } from '../proposals/call-budget.js';
import { findCallRecord } from '../proposals/find-call-record.js';
import { isIn } from './call-parts.js';
import { getCall, type CallRef } from './find-call.js';
import { CALL_READERS } from './read-call.js';

/** The money of a call, for a reader. */
export interface CommitmentsView extends CommitmentTable {
  readonly call: CallRow;
  readonly pot: PotKind;
  /** NUTS codes of regions that take part and have promised nothing. */
  readonly withoutBudget: readonly string[];
  /** By which budgets in different currencies are compared, never added. */
  readonly rates: readonly StoredRate[];
}

/**
 * The table of what the regions of a call have promised, and what of it is set aside, granted and free: reckoned from one
 * ledger, so that it adds up. Sums are per currency.
 *
 * @throws DomainError `auth.role-forbidden`, `call.not-found`
 */
export async function readCommitments(
  deps: EngineDeps,
  query: CallRef & { readonly actor: Actor },
): Promise<CommitmentsView> {
  requireRole(query.actor, CALL_READERS);
  return deps.database.read(async (tx) => {
    const call = await getCall(tx, query);
    const record = await findCallRecord(deps, tx, call);
    const projects = await listProjects(tx, { scheme: call.scheme, callKey: call.key });
    const table = commitmentTable(callBudget(record, { projects }));
    const funded = new Set(
      table.rows.filter(({ committed }) => committed.minor > 0n).map(({ region }) => region),
    );
    const parts = (await listCallRegions(tx, call)).filter(isIn);
    return {
      ...table,
      call: { ...call },
      pot: call.pot,
      withoutBudget: parts.map(({ region }) => region).filter((region) => !funded.has(region)),
      rates: call.rates,
    };
  });
}
