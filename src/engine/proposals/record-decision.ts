import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { grant, release, reserve, type CallBudget } from '../../core/calls/commitments.js';
import { compareMoney, parseMoney, type Money } from '../../core/calls/money.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { pointerTo } from '../../core/terms/problem.js';
import { putCallDecision } from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { arriveDecided, awaitingRegions } from './arrive-decided.js';
import { blockingView, type BlockingView } from './blocking-view.js';
import { callBudget } from './call-budget.js';
import { openCallDesk, requireCallStage, settleCall, type CallChange, type CallDesk } from './call-desk.js';
import { readDossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { projectFiles, type ProjectFile } from './project-file.js';
import { requireOwnPart } from '../access/require-own-part.js';
import { readMoney, storedMoney } from './stored-money.js';
import { writeGrants } from './write-grants.js';

export interface ProjectDecision {
  /** Id of the proposal. */
  readonly proposal: string;
  readonly result: 'funds' | 'refuses';
  /** A decimal in the region's currency, at most what is set aside; null: all of that, or nothing where it refuses. */
  readonly amount: string | null;
}

/** What the body of a region has decided in one sitting. */
export interface RegionDecisions {
  readonly decidedOn: CalendarDate;
  /** Number or address of the decision. */
  readonly reference: string;
  readonly decisions: readonly ProjectDecision[];
}

/**
 * Records what a region has decided about its partners of ranked projects. What it funds is granted from what is set
 * aside; what it cuts is free again. A decision after the window (R26) is recorded, and blocks its project until the
 * coordinator settles that. Until the start is set it may be recorded anew. A region with nothing left to decide arrives
 * at the sync points that wait for the decisions (S6).
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `region.not-leading`, `ranking.not-found`,
 *   `project.not-found`, `call-decision.invalid` with the reason, `date.in-the-future`, `call.not-possible`,
 *   `auth.role-forbidden`; then nothing is recorded
 */
export async function recordDecision(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly region: string; readonly made: RegionDecisions },
): Promise<BlockingView> {
  const { actor, region, made } = command;
  requireRole(actor, ['authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    requireOwnPart(actor, region);
    if (desk.dossier.ranking === null) throw new DomainError('ranking.not-found', { call: command.key });
    requireCallStage(desk, ['evaluated', 'ranked', 'decided']);
    checkDay(desk, region, made.decidedOn, desk.dossier.ranking.approvedOn);
    const awaited = awaitingRegions(desk.call, desk.dossier);
    const changes: CallChange[] = [];
    let budget = callBudget(desk.call, desk.dossier);
    const seen = new Set<string>();
    for (const [index, decision] of made.decisions.entries()) {
      const pointer = pointerTo('/decisions', index);
      if (seen.has(decision.proposal)) refuse(pointer, 'The project is named twice.');
      seen.add(decision.proposal);
      const file = projectToDecide(desk, region, decision, pointer);
      const amount = amountOf(file, region, decision, pointer);
      budget = amount === null ? budget : granted(budget, file, region, amount);
      changes.push(await writeDecision(tx, desk, file, { region, made, decision, amount }));
    }
    await writeGrants(tx, desk, budget);
    await settleCall(deps, tx, desk, changes);
    await arriveDecided(deps, tx, desk, awaited);
    return blockingView(desk, await readDossier(tx, desk.call));
  });
}

function checkDay({ picture, now }: CallDesk, region: string, day: CalendarDate, ranked: CalendarDate): void {
  const zone = picture.regions.find(({ nuts }) => nuts === region)?.zone ?? picture.region.zone;
  if (day > dateInZone(now, zone)) throw new DomainError('date.in-the-future', { pointer: '/decidedOn' });
  if (day < ranked) refuse('/decidedOn', `The ranking was approved on ${ranked}, after that day.`);
}

function projectToDecide(
  { dossier }: CallDesk,
  region: string,
  { proposal }: ProjectDecision,
  pointer: string,
): ProjectFile {
  const file = projectFiles(dossier).find(({ project }) => project.proposalId === proposal);
  if (file === undefined) {
    throw new DomainError('project.not-found', { pointer: pointerTo(pointer, 'proposal'), proposal });
  }
  if (!file.regions.includes(region)) {
    refuse(pointerTo(pointer, 'proposal'), `${file.acronym} has nothing to ask of ${region}.`);
  }
  if ((file.project.startOn ?? null) !== null) {
    refuse(pointerTo(pointer, 'proposal'), `The start of ${file.acronym} is set.`);
  }
  return file;
}

/** What is granted; null where the region refuses. */
function amountOf(
  file: ProjectFile,
  region: string,
  { result, amount }: ProjectDecision,
  pointer: string,
): Money | null {
  const at = pointerTo(pointer, 'amount');
  if (result === 'refuses') {
    if (amount !== null) refuse(at, 'Who refuses grants no amount.');
    return null;
  }
  const stored = file.project.grants.find((each) => each.region === region);
  if (stored === undefined) throw new DomainError('internal', { region, project: file.project.proposalId });
  const reserved = readMoney(stored);
  if (amount === null) return reserved;
  if (!/^(0|[1-9]\d{0,12})(\.\d{1,2})?$/.test(amount))
    refuse(at, 'An amount is a decimal with at most two places.');
  const money = parseMoney(amount, reserved.currency);
  if (compareMoney(money, reserved) > 0)
    refuse(at, `For ${file.acronym} ${stored.amount} ${stored.currency} are set aside.`);
  return money;
}

/** Grants an amount; where it is less than what was set aside, the project's money is set aside anew with it. */
function granted(budget: CallBudget, { project }: ProjectFile, region: string, amount: Money): CallBudget {
  const id = project.proposalId;
  const own = budget.grants.filter(({ proposal }) => proposal === id);
  const mine = own.find((each) => each.region === region);
  if (mine !== undefined && compareMoney(mine.amount, amount) === 0) {
    return mine.state === 'granted' ? budget : grant(budget, id, region);
  }
  const requests = own.map((each) => ({
    region: each.region,
    amount: each.region === region ? amount : each.amount,
  }));
  const change = reserve(release(budget, id), id, requests);
  if (change.kind === 'refused')
    throw new DomainError('internal', { project: id, reasons: 'less money lacks' });
  const before = own.filter(({ state }) => state === 'granted').map((each) => each.region);
  return [...new Set([...before, region])].reduce((sum, each) => grant(sum, id, each), change.budget);
}

async function writeDecision(
  tx: Tx,
  { dossier, actor, now }: CallDesk,
  { project }: ProjectFile,
  made: {
    readonly region: string;
    readonly made: RegionDecisions;
    readonly decision: ProjectDecision;
    readonly amount: Money | null;
  },
): Promise<CallChange> {
  const { region, decision } = made;
  const { decidedOn, reference } = made.made;
  const money = made.amount === null ? null : storedMoney(made.amount);
  const before = dossier.decisions.find(
    (each) => each.proposalId === project.proposalId && each.region === region,
  );
  const told = before === undefined ? null : { result: before.result, decidedOn: before.decidedOn };
  await putCallDecision(tx, before, {
    proposalId: project.proposalId,
    region,
    result: decision.result,
    decidedOn,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    reference,
    lateReason: null,
    recordedBy: actor.id,
    recordedAt: now,
  });
  return {
    change: 'decision-recorded',
    proposal: project.proposalId,
    region,
    before: told,
    after: { result: decision.result, decidedOn, ...money },
    reference,
  };
}

function refuse(pointer: string, reason: string): never {
  throw new DomainError('call-decision.invalid', { pointer, reason });
}
