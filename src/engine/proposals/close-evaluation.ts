import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addEvaluation } from '../../store/review-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveAt } from '../sync/arrive-at.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import { isInCall } from './call-record.js';
import { eligibilityOf, isEvaluated, regionsOf } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { rankingView, type RankingView } from './ranking-view.js';
import { requireOwnPart } from '../access/require-own-part.js';

/**
 * A region has finished its part of the evaluation: it has checked every proposal with partners from it, and those that
 * are not ineligible have been judged by enough experts. It arrives at the sync points that wait for that (S5). Again:
 * changes nothing.
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `region.not-leading`, `call.not-possible` with the
 *   reason, `auth.role-forbidden`
 */
export async function closeEvaluation(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly region: string },
): Promise<RankingView> {
  const { actor, region } = command;
  requireRole(actor, ['authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    requireOwnPart(actor, region);
    if (!isInCall(desk.call, region)) refuse(`${region} does not take part in the call.`);
    if (desk.dossier.evaluations.some((each) => each.region === region)) {
      return rankingView(desk.call, desk.cycle, desk.dossier);
    }
    requireCallStage(desk, ['closed', 'evaluated']);
    const open = openProposals(desk, region);
    if (open.length > 0) refuse(`Still open: ${open.join(', ')}.`);
    const zone = desk.picture.regions.find(({ nuts }) => nuts === region)?.zone ?? desk.picture.region.zone;
    const closedOn = dateInZone(now, zone);
    addEvaluation(tx, {
      scheme: desk.call.scheme,
      callKey: desk.call.key,
      region,
      closedOn,
      closedBy: actor.id,
      closedAt: now,
    });
    await settleCall(deps, tx, desk, [
      { change: 'evaluation-closed', region, before: null, after: { closedOn } },
    ]);
    await arriveAt(deps, tx, {
      scheme: desk.call.scheme,
      scope: { kind: 'call', key: desk.call.key },
      region,
      milestone: 'evaluation-finished',
      now,
    });
    const evaluations = [
      ...desk.dossier.evaluations,
      {
        scheme: desk.call.scheme,
        callKey: desk.call.key,
        region,
        closedOn,
        closedBy: actor.id,
        closedAt: now,
      },
    ];
    return rankingView(desk.call, desk.cycle, { ...desk.dossier, evaluations });
  });
}

/** Acronyms of what the region has not checked, or what is not judged yet, with which of the two. */
function openProposals({ call, dossier }: CallDesk, region: string): readonly string[] {
  return dossier.files.flatMap((file) => {
    const { row, eligibility } = file;
    if (row.status !== 'submitted' || !regionsOf(call, row).includes(region)) return [];
    const own = eligibility.find((each) => each.region === region);
    if ((own?.checkedBy ?? null) === null) return [`${row.acronym} (eligibility)`];
    const isOut = eligibilityOf(call, file) === 'ineligible';
    return isOut || isEvaluated(call, file) ? [] : [`${row.acronym} (experts)`];
  });
}

function refuse(reason: string): never {
  throw new DomainError('call.not-possible', { reason });
}
