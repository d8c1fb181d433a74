import { cycleFuture, type CycleProspect, type ProspectiveWay } from '../../core/proof/cycle-future.js';
import { makeFinding, type Finding } from '../../core/proof/finding.js';
import { gateProspect } from '../../core/proof/gate-prospect.js';
import { hasWorker } from '../../core/proof/living-people.js';
import { evaluateGate } from '../../core/gates/evaluate-gate.js';
import { possibleEvents } from '../../core/machines/possible-events.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { listLiveCycles } from '../../store/health-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { Part, Round } from './examination.js';
import { examineStage } from './examine-stage.js';
import { nobodyFindings, type UnattendedTasks } from './examine-tasks.js';
import { readBatch, type CycleBatch } from './read-batch.js';
import { makePinBook, type Pins } from './pin-book.js';
import type { SyncProspect } from './examine-sync-points.js';

/** Cycles that are in memory at a time. */
const BATCH_CYCLES_MAX = 200;

/** Proves for each live cycle that it has a future, or says why it has none. */
export async function examineCycles(round: Round, syncPoints: readonly SyncProspect[]): Promise<Part> {
  const pinsOf = makePinBook(round);
  const findings: Finding[] = [];
  const unattended: UnattendedTasks = new Map();
  const byScheme = new Map<string, number>();
  let tasks = 0;
  for await (const cycles of liveCycles(round)) {
    const batch = await readBatch(round, cycles, unattended);
    tasks += batch.taskCount;
    for (const cycle of cycles) {
      byScheme.set(cycle.scheme, (byScheme.get(cycle.scheme) ?? 0) + 1);
      const pins = await pinsOf(cycle);
      findings.push(...(await futureFindings(round, cycle, pins, { batch, syncPoints })));
      findings.push(...examineStage(round, cycle, pins, batch));
    }
  }
  const cycles = [...byScheme.values()].reduce((sum, count) => sum + count, 0);
  return {
    findings: [...findings, ...moverFindings(round, byScheme), ...nobodyFindings(unattended)],
    checked: { cycles, tasks },
  };
}

async function* liveCycles({ tx }: Round): AsyncGenerator<readonly CycleRow[], void> {
  let after: string | null = null;
  for (;;) {
    const batch: readonly CycleRow[] = await listLiveCycles(tx, { after, limit: BATCH_CYCLES_MAX });
    if (batch.length > 0) yield batch;
    after = batch.at(-1)?.id ?? null;
    if (batch.length < BATCH_CYCLES_MAX) return;
    // What was read is not looked at again, and a scheme may have thousands of cycles.
    tx.clear();
  }
}

/** One cause, one finding, however many cycles it holds up. */
function moverFindings({ people }: Round, byScheme: ReadonlyMap<string, number>): readonly Finding[] {
  if (people.roles.has('coordinator')) return [];
  return [...byScheme].map(([scheme, cycles]) =>
    makeFinding('cycle.nobody-to-move', { subject: scheme, cycleId: null, details: { scheme, cycles } }),
  );
}

async function futureFindings(
  round: Round,
  cycle: CycleRow,
  pins: Pins,
  known: { readonly batch: CycleBatch; readonly syncPoints: readonly SyncProspect[] },
): Promise<readonly Finding[]> {
  const about = { region: cycle.region, stage: cycle.stage, status: cycle.status };
  if (pins.faults.length > 0) {
    return pins.faults.map(({ kind, pinned, fault }) =>
      makeFinding(fault === 'not-found' ? 'cycle.unknown-version' : 'cycle.definition-edited', {
        subject: `${cycle.id}/${kind}`,
        cycleId: cycle.id,
        details: { ...about, kind, ...pinned },
      }),
    );
  }
  const prospect = prospectOf(round, cycle, pins, known);
  const first = cycleFuture(prospect);
  if (first.kind === 'future') return [];
  // Gates are dear to judge, and hardly ever what a cycle hangs by: so only where nothing else leads on.
  const gates = first.code === 'cycle.no-future' ? await gateWays(round, cycle, prospect.ways) : null;
  const future = gates === null ? first : cycleFuture({ ...prospect, ways: gates.ways });
  if (future.kind === 'future') return [];
  return [
    makeFinding(future.code, {
      subject: cycle.id,
      cycleId: cycle.id,
      details: {
        ...about,
        ...(future.causes.length === 0 ? {} : { causes: future.causes }),
        ...(gates?.fault === undefined ? {} : { fault: gates.fault }),
      },
    }),
  ];
}

/** With every gate taken for shut. */
function prospectOf(
  { people }: Round,
  cycle: CycleRow,
  { workflow, snapshot }: Pins,
  { batch, syncPoints }: { readonly batch: CycleBatch; readonly syncPoints: readonly SyncProspect[] },
): CycleProspect {
  const hasMover = people.roles.has('coordinator');
  const events = workflow === null || snapshot === null ? [] : possibleEvents(workflow, snapshot);
  return {
    definitions: 'installed',
    isSnapshotValid: snapshot !== null,
    ways: events.map(({ type, to, gate }) => ({
      type,
      to,
      hasMover,
      gate: gate === null ? null : { id: gate, prospect: 'shut' },
    })),
    timers: batch
      .timersOf(cycle.id)
      .filter(({ type }) => type === 'stage-timer')
      .map(({ isHeld }) => ({ isHeld })),
    tasks: batch.tasksOf(cycle.id).map((group) => ({
      isParked: group.status === 'parked',
      hasWorker: hasWorker(people, group),
    })),
    syncPoints: syncPoints
      .filter(({ scheme, arrived }) => scheme === cycle.scheme && arrived.has(cycle.region))
      .map(({ id, canHold }) => ({ id, canHold })),
  };
}

/** The same ways, with their gates judged; `fault` where the cycle cannot be judged at all. */
async function gateWays(
  { deps, tx, now, people }: Round,
  cycle: CycleRow,
  ways: readonly ProspectiveWay[],
): Promise<{ readonly ways: readonly ProspectiveWay[]; readonly fault?: string }> {
  try {
    const { rulebook, context, waivers } = await takePicture(deps, tx, cycle, now);
    return {
      ways: ways.map((way): ProspectiveWay => {
        if (way.gate === null || !way.hasMover) return way;
        const verdict = evaluateGate({ rulebook, gate: way.gate.id, context, waivers });
        return {
          ...way,
          gate: { id: way.gate.id, prospect: gateProspect(verdict, rulebook, people, cycle.region) },
        };
      }),
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ways, fault: error.code };
  }
}
