import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { requestsOf } from '../../core/calls/consortium.js';
import { rankProposals, type Proposal, type Ranking } from '../../core/calls/ranking.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  addProject,
  addRanking,
  type RankedEntry,
  type RankingRow,
  type UnrankedEntry,
} from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { arriveDecided, awaitingRegions } from './arrive-decided.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import type { CallRecord } from './call-record.js';
import { eligibilityOf, partnersOf, readDossier, regionsOf, reviewsOf, type Dossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { fundProjects } from './fund-projects.js';
import { rankingView, rankingWaitsFor, type RankingView } from './ranking-view.js';

import { storedMoney, storedRational } from './stored-money.js';

export interface RankingApproval {
  /** The day of the joint decision; null: today. The window of the regional decisions begins with it. */
  readonly approvedOn: CalendarDate | null;
  readonly reference: string | null;
}

/**
 * Puts the eligible proposals in order, once and for good, and sets money aside along the order. From this day on the
 * regions have their window to decide (R26), and are told so.
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `call.not-possible`, `ranking.approved`,
 *   `ranking.not-ready` with `reasons`, `date.in-the-future`, `auth.role-forbidden`
 */
export async function approveRanking(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly approval: RankingApproval },
): Promise<RankingView> {
  const { actor, approval } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    if (desk.dossier.ranking !== null) {
      throw new DomainError('ranking.approved', { approvedOn: desk.dossier.ranking.approvedOn });
    }
    requireCallStage(desk, ['evaluated']);
    const approvedOn = dayOfApproval(desk, approval);
    const reasons = rankingWaitsFor(desk.call, desk.dossier);
    if (reasons.length > 0) throw new DomainError('ranking.not-ready', { reasons });

    const ranking = await writeRanking(tx, desk, { ...approval, approvedOn });
    const funding = await fundProjects(tx, desk.call, await readDossier(tx, desk.call));
    await settleCall(deps, tx, desk, [
      {
        change: 'ranking-approved',
        before: null,
        after: { approvedOn, ranked: ranking.ranked.map(({ acronym }) => acronym) },
        reference: approval.reference,
      },
      ...funding,
    ]);
    await arriveDecided(deps, tx, desk, awaitingRegions(desk.call, desk.dossier));
    const dossier = await readDossier(tx, desk.call);
    return rankingView(desk.call, desk.cycle, dossier);
  });
}

function dayOfApproval({ picture, dossier }: CallDesk, { approvedOn }: RankingApproval): CalendarDate {
  const day = approvedOn ?? picture.today;
  if (day > picture.today) throw new DomainError('date.in-the-future', { pointer: '/approvedOn' });
  const last = dossier.evaluations
    .map(({ closedOn }) => closedOn)
    .toSorted()
    .at(-1);
  if (last !== undefined && day < last) {
    throw new DomainError('ranking.not-ready', {
      reasons: [`evaluation finished on ${last}, not before ${day}`],
    });
  }
  return day;
}

async function writeRanking(
  tx: Tx,
  { call, dossier, actor, now }: CallDesk,
  approval: RankingApproval & { readonly approvedOn: CalendarDate },
): Promise<RankingRow> {
  const standing = dossier.files.filter(({ row }) => row.status === 'submitted');
  const eligible = standing.filter((file) => eligibilityOf(call, file) === 'eligible');
  const ranking = rankProposals(
    eligible.map((file) => toProposal(call, file)),
    call.scoring,
    call.rules,
  );
  const acronymOf = acronyms(dossier);
  const row = await addRanking(tx, {
    scheme: call.scheme,
    callKey: call.key,
    approvedOn: approval.approvedOn,
    approvedBy: actor.id,
    approvedAt: now,
    reference: approval.reference,
    scoring: call.scoring,
    ranked: rankedEntries(ranking, acronymOf),
    unranked: [
      ...ranking.unranked.map(({ proposal, reason }): UnrankedEntry => ({
        proposal: proposal.id,
        acronym: acronymOf(proposal.id),
        reason,
      })),
      ...standing
        .filter((file) => !eligible.includes(file))
        .map((file): UnrankedEntry => ({
          proposal: file.row.id,
          acronym: file.row.acronym,
          reason: 'ineligible',
        })),
    ],
  });
  for (const { proposal, rank } of row.ranked) {
    addProject(tx, {
      proposalId: proposal,
      scheme: call.scheme,
      callKey: call.key,
      rank,
      status: 'after-the-line',
      unpaidBy: [],
      grants: [],
      parted: [],
      droppedReason: null,
      startOn: null,
    });
  }
  await tx.flush();
  return row;
}

function toProposal(call: CallRecord, file: Dossier['files'][number]): Proposal {
  const inside = new Set(regionsOf(call, file.row));
  const partners = partnersOf(file.row).filter(({ region }) => inside.has(region));
  return { id: file.row.id, requests: requestsOf(partners), reviews: reviewsOf(file) };
}

function rankedEntries({ ranked }: Ranking, acronymOf: (id: string) => string): readonly RankedEntry[] {
  return ranked.map(({ proposal, rank, decidedBy, evaluation: { consensus } }) => ({
    proposal: proposal.id,
    acronym: acronymOf(proposal.id),
    rank,
    decidedBy,
    total: storedRational(consensus.total),
    criteria: {
      excellence: storedRational(consensus.criteria.excellence),
      impact: storedRational(consensus.criteria.impact),
      implementation: storedRational(consensus.criteria.implementation),
    },
    requests: proposal.requests.map(({ region, amount }) => ({ region, ...storedMoney(amount) })),
  }));
}

function acronyms({ files }: Dossier): (id: string) => string {
  const names = new Map(files.map(({ row }) => [row.id, row.acronym]));
  return (id) => names.get(id) ?? id;
}
