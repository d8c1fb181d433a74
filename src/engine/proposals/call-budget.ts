import { openBudget, type CallBudget } from '../../core/calls/commitments.js';
import { partsIn, type CallRecord } from './call-record.js';
import type { Dossier } from './dossier.js';
import { readGrant } from './stored-money.js';

/**
 * The money of a call with all that is set aside and granted in it: a region that promises less has to keep what stands
 * here (`recommit` refuses less). What a region that has left had promised is not there any more.
 */
export function callBudget(call: CallRecord, { projects }: Pick<Dossier, 'projects'>): CallBudget {
  const open = openBudget(
    call.pot,
    partsIn(call).flatMap(({ commitments }) => commitments),
  );
  const grants = projects
    .filter(({ status }) => status === 'funded')
    .flatMap(({ proposalId, grants: stored }) => stored.map((each) => readGrant(proposalId, each)));
  return { ...open, grants };
}
