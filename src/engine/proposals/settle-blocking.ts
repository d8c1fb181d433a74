import { DomainError } from '../../core/terms/domain-error.js';
import { changeProject, putCallDecision, type RankingRow } from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { arriveDecided, awaitingRegions } from './arrive-decided.js';
import { blockingView, type BlockingView } from './blocking-view.js';
import { openCallDesk, requireCallStage, settleCall, type CallChange, type CallDesk } from './call-desk.js';
import { readDossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { fundProjects } from './fund-projects.js';
import {
  keepsCriticalMass,
  lateDecisions,
  projectFiles,
  standingOf,
  type ProjectFile,
} from './project-file.js';
import { isEligibleWith } from './judge-proposal.js';
import { partWith } from './part-with.js';

/**
 * How a blocked project goes on. `accept-late`: a decision that came after the window counts. `go-on-without`: the others
 * go on without a region that refuses, or has not decided in twice the window (S6), if they have critical mass (R14).
 * `drop`: the project is given up, and its money goes to the next in the ranking.
 */
export type SettlingWay =
  | { readonly way: 'accept-late' | 'go-on-without'; readonly region: string }
  | { readonly way: 'drop'; readonly region: null };

/**
 * The coordinator settles what blocks a project, with a reason.
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `ranking.not-found`, `project.not-found`,
 *   `project.not-possible` with the reason, `call.not-possible`, `auth.role-forbidden`
 */
export async function settleBlocking(
  deps: EngineDeps,
  command: CommandContext &
    CallRef & {
      readonly proposalId: string;
      readonly settling: SettlingWay;
      readonly reason: string;
    },
): Promise<BlockingView> {
  const { settling, reason } = command;
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    const { ranking } = desk.dossier;
    if (ranking === null) throw new DomainError('ranking.not-found', { call: command.key });
    requireCallStage(desk, ['evaluated', 'ranked', 'decided']);
    const file = projectFiles(desk.dossier).find(({ project }) => project.proposalId === command.proposalId);
    if (file === undefined) throw new DomainError('project.not-found', { proposal: command.proposalId });
    if ((file.project.startOn ?? null) !== null) refuse('The start of the project is set.');
    const awaited = awaitingRegions(desk.call, desk.dossier);
    const changes = await settle(tx, desk, ranking, { file, settling, reason });
    await settleCall(deps, tx, desk, changes);
    await arriveDecided(deps, tx, desk, awaited);
    return blockingView(desk, await readDossier(tx, desk.call));
  });
}

interface Settlement {
  readonly file: ProjectFile;
  readonly settling: SettlingWay;
  readonly reason: string;
}

async function settle(
  tx: Tx,
  desk: CallDesk,
  ranking: RankingRow,
  { file, settling, reason }: Settlement,
): Promise<readonly CallChange[]> {
  const { project } = file;
  const told = { proposal: project.proposalId, region: settling.region, reason };
  if (settling.way === 'accept-late') {
    const late = lateDecisions(desk.call, ranking, file).find(({ region }) => region === settling.region);
    if (late === undefined) return refuse(`${settling.region} has not decided late.`);
    await putCallDecision(tx, late, {
      proposalId: late.proposalId,
      region: late.region,
      result: late.result,
      decidedOn: late.decidedOn,
      amount: late.amount ?? null,
      currency: late.currency ?? null,
      reference: late.reference,
      lateReason: reason,
      recordedBy: late.recordedBy,
      recordedAt: late.recordedAt,
    });
    return [
      { change: 'late-decision-accepted', ...told, before: null, after: { decidedOn: late.decidedOn } },
    ];
  }
  if (settling.way === 'go-on-without') {
    checkParting(desk, ranking, file, settling.region);
    await partWith(tx, desk, project, { region: settling.region, way: 'went-on', reason });
    return [
      {
        change: 'project-goes-on-without',
        ...told,
        before: file.regions,
        after: remaining(file, settling.region),
      },
      ...(await fundProjects(tx, desk.call, await readDossier(tx, desk.call))),
    ];
  }
  await changeProject(tx, project, { status: 'dropped', grants: [], droppedReason: reason });
  return [
    { change: 'project-dropped', ...told, before: 'funded', after: 'dropped' },
    ...(await fundProjects(tx, desk.call, await readDossier(tx, desk.call))),
  ];
}

function checkParting(desk: CallDesk, ranking: RankingRow, file: ProjectFile, region: string): void {
  const { call, picture } = desk;
  const standing = standingOf(call, ranking, file, picture.today).regions.find(
    (each) => each.region === region,
  )?.standing;
  if (standing === undefined) refuse(`${file.acronym} does not wait for ${region}.`);
  if (standing !== 'refuses' && standing !== 'may-be-left') {
    refuse(
      `${region} has ${call.rules.partingDays} days from the ranking before the others go on without it.`,
    );
  }
  if (!keepsCriticalMass(call, remaining(file, region), picture.regions)) {
    refuse(`Without ${region} the project has no critical mass.`);
  }
  if (!isEligibleWith(desk, file.project.proposalId, remaining(file, region))) {
    refuse(`Without ${region} the consortium is not eligible.`);
  }
}

function remaining({ regions }: ProjectFile, region: string): readonly string[] {
  return regions.filter((each) => each !== region);
}

function refuse(reason: string): never {
  throw new DomainError('project.not-possible', { reason });
}
