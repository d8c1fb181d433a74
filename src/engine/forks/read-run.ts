import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Instant } from '../../core/terms/instant.js';
import { listCycles, type CycleRow } from '../../store/cycle-store.js';
import { listMilestones } from '../../store/milestone-store.js';
import { listStageMoves } from '../../store/forecast-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { ForkStage } from '../engine-deps.js';
import { readSyncPoints } from '../sync/read-sync-points.js';
import type { CycleRun, ForkGate, ForkRun, ForkStep } from './fork-run.js';
import { FORK_CYCLES_MAX } from './fork-wish.js';
import { surveyCycle } from './survey-cycle.js';

/** Reads what has come of a run that has been played to its end. Cycles in the order of the scheme's regions. */
export async function readRun(
  stage: ForkStage,
  about: {
    readonly scheme: string;
    readonly zone: string;
    readonly from: Instant;
    /** NUTS codes. */
    readonly regions: readonly string[];
  },
  steps: readonly ForkStep[],
): Promise<ForkRun> {
  const { deps } = stage;
  const { scheme, zone, regions } = about;
  const cycles = await deps.database.read(async (tx) => {
    const rows = await listCycles(tx, { scheme, limit: FORK_CYCLES_MAX });
    const now = await deps.clock.now(tx);
    const workflows = [...new Set(rows.map(({ workflowId }) => workflowId))];
    const moves = Map.groupBy(await listStageMoves(tx, workflows, now), ({ cycleId }) => cycleId);
    const runs: CycleRun[] = [];
    for (const row of rows) {
      const entered = (moves.get(row.id) ?? []).filter(({ at }) => at > about.from);
      const reached = (await listMilestones(tx, row.id)).filter(({ reachedAt }) => reachedAt > about.from);
      runs.push({
        cycle: row.id,
        region: row.region,
        subject: row.subject,
        stage: row.stage,
        status: row.status,
        entered: entered.map(({ to, at }) => ({ stage: to, on: dateInZone(at, zone) })),
        milestones: reached
          .toSorted((one, other) => one.reachedAt.localeCompare(other.reachedAt))
          .map(({ milestone, reachedAt }) => ({ milestone, on: dateInZone(reachedAt, zone) })),
        gate: await gateOf(stage, tx, row, now),
      });
    }
    const place = (run: CycleRun): number => regions.indexOf(run.region);
    // Rows come by id, so that of one region the older cycle stays first.
    return runs.toSorted((one, other) => place(one) - place(other));
  });
  const points = await readSyncPoints(deps, scheme);
  return {
    cycles,
    syncPoints: points.map(({ point, state }) => {
      const releasedAt = point.releasedAt ?? null;
      return {
        syncPoint: point.id,
        releasedOn: releasedAt === null ? null : dateInZone(releasedAt, zone),
        arrived: [...state.arrived],
        missing: [...state.missing],
      };
    }),
    steps,
  };
}

async function gateOf(stage: ForkStage, tx: Tx, row: CycleRow, now: Instant): Promise<ForkGate | null> {
  if (row.status !== 'active') return null;
  const { verdict, leadsTo } = surveyCycle(await takePicture(stage.deps, tx, row, now));
  if (verdict === null || leadsTo === null) return null;
  const { gate, verdict: word, failing, missing } = verdict;
  return { gate, to: leadsTo, verdict: word, failing: [...failing], missing: [...missing] };
}
