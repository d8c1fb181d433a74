import { makeFinding, type Finding } from '../../core/proof/finding.js';
import { instantToMs, type Instant } from '../../core/terms/instant.js';
import { findCycle } from '../../store/cycle-store.js';
import { countLog } from '../../store/log-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { verifyCycle } from '../history/verify-cycle.js';
import { DOCTOR_EVERY_MS } from './doctor-timer.js';

/** Faults of one cycle that are told. */
const FAULTS_TOLD_MAX = 5;

/** Which of all cycles it is the turn of: by the time, so that all have theirs without anything being remembered. */
export function sampleOf(ids: readonly string[], now: Instant, size: number): readonly string[] {
  if (size >= ids.length) return ids;
  const turn = Math.floor(instantToMs(now) / DOCTOR_EVERY_MS);
  return Array.from({ length: size }, (_, index) => ids[(turn * size + index) % ids.length] ?? '').filter(
    (id) => id !== '',
  );
}

/**
 * Verifies the history of cycles, each on a picture of its own: a long history must not keep the database from
 * tidying up for as long as all of them together take.
 *
 * @param entriesMax cycles with longer logs are passed over
 * @returns the findings, and the cycles that were verified
 */
export async function examineHistories(
  deps: EngineDeps,
  ids: readonly string[],
  entriesMax: number,
): Promise<{ readonly findings: readonly Finding[]; readonly verified: ReadonlySet<string> }> {
  const findings: Finding[] = [];
  const verified = new Set<string>();
  for (const id of ids) {
    await deps.database.read(async (tx) => {
      const cycle = await findCycle(tx, id);
      if (cycle === null || (await countLog(tx, id)).entries > entriesMax) return;
      verified.add(id);
      // That a version is not installed here is another finding.
      const faults = (await verifyCycle(deps, tx, cycle)).filter(({ kind }) => kind !== 'definition');
      if (faults.length === 0) return;
      const first = faults.slice(0, FAULTS_TOLD_MAX).map(({ kind, sequence, what }) => ({
        kind,
        sequence,
        what,
      }));
      findings.push(
        makeFinding('history.differs', {
          subject: id,
          cycleId: id,
          details: { region: cycle.region, faults: faults.length, first },
        }),
      );
    });
  }
  return { findings, verified };
}
