import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { blockingView, type BlockingView } from './blocking-view.js';
import { readDossier, type Dossier } from './dossier.js';
import type { CallRecord } from './call-record.js';
import type { CallRef } from '../calls/find-call.js';
import { findCallRecord } from './find-call-record.js';
import { projectsView, type ProjectsView } from './projects-view.js';
import { rankingView, type RankingView } from './ranking-view.js';

/** The joint ranking, or what it waits for. @throws DomainError `call.not-found` */
export async function readRanking(deps: EngineDeps, query: CallRef): Promise<RankingView> {
  return deps.database.read(async (tx) => {
    const { call, cycle, dossier } = await open(deps, tx, query);
    return rankingView(call, cycle, dossier);
  });
}

/** Which region blocks which project today, since when. @throws DomainError `call.not-found` */
export async function readBlocking(deps: EngineDeps, query: CallRef): Promise<BlockingView> {
  return deps.database.read(async (tx) => {
    const { call, cycle, dossier } = await open(deps, tx, query);
    const now = await deps.clock.now(tx);
    return blockingView({ call, cycle, picture: await takePicture(deps, tx, cycle, now), now }, dossier);
  });
}

/** The projects of a call, and the table of its money. @throws DomainError `call.not-found` */
export async function readProjects(deps: EngineDeps, query: CallRef): Promise<ProjectsView> {
  return deps.database.read(async (tx) => {
    const { call, cycle, dossier } = await open(deps, tx, query);
    return projectsView(call, cycle, dossier);
  });
}

async function open(
  deps: EngineDeps,
  tx: Tx,
  query: CallRef,
): Promise<{
  readonly call: CallRecord;
  readonly cycle: NonNullable<Awaited<ReturnType<typeof findCycle>>>;
  readonly dossier: Dossier;
}> {
  const call = await findCallRecord(deps, tx, query);
  const cycle = await findCycle(tx, call.cycleId);
  if (cycle === null) throw new DomainError('cycle.not-found', { cycle: call.cycleId });
  return { call, cycle, dossier: await readDossier(tx, call) };
}
