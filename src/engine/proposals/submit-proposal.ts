import { timeInZone } from './time-in-zone.js';
import { REQUEST_DIGITS_MAX, type PartnerKind } from '../../core/calls/consortium.js';
import { formatMoney, parseMoney } from '../../core/calls/money.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { pointerTo } from '../../core/terms/problem.js';
import {
  addEligibility,
  addProposal,
  type ProposalRow,
  type StoredPartner,
} from '../../store/proposal-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import { partsIn, type CallPart } from './call-record.js';
import { partnersOf } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { judgeProposal } from './judge-proposal.js';
import { proposalView, type ProposalView } from './proposal-view.js';

/** In how many organisations a consortium may consist. */
export const PARTNERS_MAX = 100;

export interface NewPartner {
  readonly organisation: string;
  /** NUTS code of a region that is in the call. */
  readonly region: string;
  /** Null: not shown yet. */
  readonly kind: PartnerKind | null;
  /** A decimal in the currency of its region. */
  readonly requested: string;
}

export interface NewProposal {
  readonly title: string;
  /** Unique among the standing proposals to the call. */
  readonly acronym: string;
  readonly partners: readonly NewPartner[];
}

/**
 * Submits a consortium's proposal: while the call is open, and for each region with a partner in it before that region's
 * own deadline, to the millisecond. The rules of eligibility are asked at once; the regions check what they say.
 *
 * An authority submits for consortia with a partner from its region.
 *
 * @throws DomainError `call.not-found`, `cycle.ended`, `call.not-possible` while the call is not open, `proposal.too-late`
 *   naming the region, `proposal.invalid` with the reason, `auth.role-forbidden`
 */
export async function submitProposal(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly proposal: NewProposal },
): Promise<ProposalView> {
  const { actor, proposal } = command;
  requireRole(actor, ['coordinator', 'authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, { ...command, expectedVersion: null }, now);
    requireCallStage(desk, ['open']);
    const parts = involvedParts(desk, proposal.partners);
    checkApplicant(desk, parts);
    checkTime(desk, parts);
    checkAcronym(desk, proposal.acronym);
    const row = addProposal(tx, {
      id: deps.newId(),
      scheme: desk.call.scheme,
      callKey: desk.call.key,
      title: proposal.title,
      acronym: proposal.acronym,
      partners: proposal.partners.map((partner, index) => storedPartner(partner, index, parts)),
      status: 'submitted',
      joint: { result: 'unknown', reasons: [] },
      submittedBy: actor.id,
      submittedAt: now,
      withdrawnAt: null,
      version: 1,
    });
    judgeAtTheDoor(tx, desk, row);
    await settleCall(deps, tx, desk, [
      {
        change: 'proposal-submitted',
        proposal: row.id,
        before: null,
        after: { acronym: row.acronym, regions: parts.map(({ region }) => region) },
      },
    ]);
    return proposalView(tx, desk.call, row);
  });
}

function judgeAtTheDoor(tx: Tx, desk: CallDesk, row: ProposalRow): void {
  const { joint, regions } = judgeProposal(desk, partnersOf(row));
  Object.assign(row, { joint });
  for (const [region, judged] of regions) {
    addEligibility(tx, { proposalId: row.id, region, judged, judgedAt: desk.now });
  }
}

/** The regions that have partners in the consortium, each once. */
function involvedParts({ call }: CallDesk, partners: readonly NewPartner[]): readonly CallPart[] {
  if (partners.length === 0) refuse('/partners', 'A consortium has partners.');
  if (partners.length > PARTNERS_MAX)
    refuse('/partners', `A consortium has at most ${PARTNERS_MAX} partners.`);
  const inside = partsIn(call);
  for (const [index, { region }] of partners.entries()) {
    if (!inside.some((part) => part.region === region)) {
      refuse(pointerTo(pointerTo('/partners', index), 'region'), `${region} does not take part in the call.`);
    }
  }
  return inside.filter((part) => partners.some(({ region }) => region === part.region));
}

function checkApplicant({ actor }: CallDesk, parts: readonly CallPart[]): void {
  if (actor.region === null || parts.some(({ region }) => region === actor.region)) return;
  refuse('/partners', `The consortium has no partner from ${actor.region}.`);
}

function checkTime({ call, now }: CallDesk, parts: readonly CallPart[]): void {
  if (call.opensAt !== null && now < call.opensAt) {
    throw new DomainError('call.not-possible', { reason: `The call opens at ${call.opensAt}.` });
  }
  for (const { region, localClosesAt, zone } of parts) {
    const deadline = localClosesAt ?? call.closesAt;
    // A local deadline is never later; should it be, the common one counts.
    const last =
      deadline !== null && call.closesAt !== null && call.closesAt < deadline ? call.closesAt : deadline;
    if (last !== null && now >= last) {
      throw new DomainError('proposal.too-late', {
        region,
        deadline: last,
        localTime: timeInZone(last, zone),
      });
    }
  }
}

function checkAcronym({ dossier }: CallDesk, acronym: string): void {
  const isTaken = dossier.files.some(({ row }) => row.status === 'submitted' && row.acronym === acronym);
  if (isTaken) refuse('/acronym', `Another proposal to the call is called ${acronym}.`);
}

function storedPartner(partner: NewPartner, index: number, parts: readonly CallPart[]): StoredPartner {
  const { organisation, region, kind, requested } = partner;
  const currency = parts.find((part) => part.region === region)?.currency ?? 'EUR';
  const pointer = pointerTo(pointerTo('/partners', index), 'requested');
  return {
    organisation,
    region,
    kind,
    requested: amountText(requested, currency, pointer),
    currency,
  };
}

function amountText(text: string, currency: StoredPartner['currency'], pointer: string): string {
  if (!/^(0|[1-9]\d*)(\.\d{1,2})?$/.test(text)) {
    refuse(pointer, 'An amount is a decimal with at most two places.');
  }
  if (text.replace('.', '').length > REQUEST_DIGITS_MAX - 2) refuse(pointer, 'The amount is too large.');
  return formatMoney(parseMoney(text, currency));
}

function refuse(pointer: string, reason: string): never {
  throw new DomainError('proposal.invalid', { pointer, reason });
}
