import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeProject } from '../../store/award-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { addEligibility, changeEligibility, changeProposal } from '../../store/proposal-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveDecided, awaitingRegions } from './arrive-decided.js';
import { deskOf, settleCall, type CallChange, type CallDesk } from './call-desk.js';
import { isInCall } from './call-record.js';
import { eligibilityOf, partnersOf, readDossier, type ProposalFile } from './dossier.js';
import { fundProjects, requestsOfProject } from './fund-projects.js';
import { isEligibleWith, judgeProposal } from './judge-proposal.js';
import { partWith, reserveAnew } from './part-with.js';

/**
 * Judges the proposals to a call again after its regions or their annexes have changed, in the transaction that holds the
 * call's cycle and has written the change.
 *
 * A region that has left: its partners do not count any more, so the rules are asked again of every proposal with one of
 * them; what a region's authority has said stands. Before the ranking an ineligible one is not ranked. The ranking itself
 * stays. A project goes on without the region, whose decision is not awaited any more, if the consortium is still eligible
 * by the call's own rules; else it is dropped, and its money goes to the next in the ranking. A project whose start is set
 * is left alone: it is under contract. Every change is told in the call's history.
 */
export async function judgeProposalsAgain(
  deps: EngineDeps,
  tx: Tx,
  at: { readonly cycle: CycleRow; readonly actor: Actor; readonly now: Instant },
): Promise<void> {
  await tx.flush();
  const desk = await deskOf(deps, tx, at);
  if (desk.dossier.files.length === 0) return;
  // Whoever has left is none of those that could arrive.
  const awaited = awaitingRegions(desk.call, desk.dossier);
  const changes: CallChange[] = [];
  for (const file of desk.dossier.files) {
    if (file.row.status === 'submitted') changes.push(...(await judgeFileAgain(tx, desk, file)));
  }
  if (desk.dossier.ranking !== null) {
    changes.push(...(await judgeProjectsAgain(tx, desk)));
    changes.push(...(await fundProjects(tx, desk.call, await readDossier(tx, desk.call))));
  }
  if (changes.length === 0) return;
  await settleCall(deps, tx, desk, changes);
  await arriveDecided(deps, tx, desk, awaited);
}

async function judgeFileAgain(tx: Tx, desk: CallDesk, file: ProposalFile): Promise<readonly CallChange[]> {
  const { call, now } = desk;
  const before = JSON.stringify([file.row.joint, file.eligibility.map(({ judged }) => judged)]);
  const { joint, regions } = judgeProposal(desk, partnersOf(file.row));
  const eligibility = [...file.eligibility];
  for (const [region, judged] of regions) {
    const row = eligibility.find((each) => each.region === region);
    if (row === undefined) {
      eligibility.push(addEligibility(tx, { proposalId: file.row.id, region, judged, judgedAt: now }));
    } else if (JSON.stringify(row.judged) !== JSON.stringify(judged)) {
      await changeEligibility(tx, row, { judged, judgedAt: now });
    }
  }
  const after = JSON.stringify([joint, eligibility.map(({ judged }) => judged)]);
  const left = eligibility.filter(({ region, judgedAt }) => {
    const leftAt = call.parts.find((part) => part.region === region)?.leftAt ?? null;
    return leftAt !== null && judgedAt < leftAt;
  });
  // What a region said that has left is kept; the day tells that it has been counted out.
  for (const row of left) await changeEligibility(tx, row, { judgedAt: now });
  if (before === after && left.length === 0) return [];
  const told = file.row.joint.result;
  await changeProposal(tx, file.row, { joint });
  return [
    {
      change: 'proposal-judged-again',
      proposal: file.row.id,
      before: { joint: told },
      after: { joint: joint.result, eligibility: eligibilityOf(call, { ...file, eligibility }) },
    },
  ];
}

async function judgeProjectsAgain(tx: Tx, desk: CallDesk): Promise<readonly CallChange[]> {
  const { call, dossier } = desk;
  const changes: CallChange[] = [];
  for (const project of dossier.projects) {
    if (project.status === 'dropped' || (project.startOn ?? null) !== null) continue;
    const regions = requestsOfProject(dossier, project).map(({ region }) => region);
    const gone = regions.filter((region) => !isInCall(call, region));
    const after = regions.filter((region) => !gone.includes(region));
    const told = { proposal: project.proposalId, before: regions };
    if (gone.length > 0 && !isEligibleWith(desk, project.proposalId, after)) {
      const droppedReason = `${gone.join(', ')} left the call; the consortium is not eligible without`;
      await changeProject(tx, project, { status: 'dropped', grants: [], unpaidBy: [], droppedReason });
      changes.push({ change: 'project-dropped', ...told, after: null, reason: droppedReason });
      continue;
    }
    for (const region of gone) {
      const reason = call.parts.find((part) => part.region === region)?.leftReason ?? '';
      await partWith(tx, desk, project, { region, way: 'left-the-call', reason });
      changes.push({ change: 'project-goes-on-without', ...told, after, region, reason });
    }
    const paysFromGone = project.grants.some(({ charges }) =>
      charges.some(({ region }) => !isInCall(call, region)),
    );
    if (paysFromGone) await reserveAnew(tx, desk, project);
  }
  return changes;
}
