import type { FindingCode } from '../../core/proof/finding-code.js';
import { sortFindings } from '../../core/proof/finding.js';
import { livingPeople } from '../../core/proof/living-people.js';
import { listCycleIds, listLivingPeople } from '../../store/health-store.js';
import { listOpenOfKinds } from '../../store/incident-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { DOCTOR_LIMITS, type DoctorLimits } from './doctor-limits.js';
import { examineCycles } from './examine-cycles.js';
import { examineEffects } from './examine-effects.js';
import { examineHistories, sampleOf } from './examine-history.js';
import { examineServer } from './examine-server.js';
import { examineSyncPoints } from './examine-sync-points.js';
import { examineAssignees } from './examine-tasks.js';
import type { Checked, Examination, Part, Round } from './examination.js';

const HISTORY: FindingCode = 'history.differs';

export interface ExamineOptions {
  /** Verify the history of every cycle, not of a few in turn. */
  readonly deep?: boolean;
  readonly limits?: Partial<DoctorLimits>;
  /** The machine's time, in milliseconds since 1970; the system's when absent. */
  readonly machineNowMs?: () => number;
}

/**
 * Looks for everything that stands still without anybody being told: on one unchanging picture of the database, and
 * then verifies histories. Writes nothing. The same state of things gives the same findings in the same order.
 */
export async function examine(deps: EngineDeps, options: ExamineOptions = {}): Promise<Examination> {
  const limits = { ...DOCTOR_LIMITS, ...options.limits };
  const picture = await deps.database.read(async (tx) => {
    const now = await deps.clock.now(tx);
    const people = livingPeople(await listLivingPeople(tx));
    const ids = await listCycleIds(tx);
    // What has differed is looked at until it does not: its incident must not end because it is others' turn.
    const differing = (await listOpenOfKinds(tx, [HISTORY])).map(({ subject }) => subject);
    const sample = options.deep === true ? ids : sampleOf(ids, now, limits.historySample);
    const parts = await examineParts({ deps, tx, now, limits, people }, options);
    return { now, parts, histories: [...new Set([...differing, ...sample])] };
  });
  const entriesMax = options.deep === true ? Infinity : limits.historyEntries;
  const history = await examineHistories(deps, picture.histories, entriesMax);
  const cut = new Set(picture.parts.flatMap((part) => part.cut ?? []));
  return {
    examinedAt: picture.now,
    findings: sortFindings([...picture.parts.flatMap(({ findings }) => findings), ...history.findings]),
    checked: counts(picture.parts, history.verified.size),
    covers: (code, subject) => (code === HISTORY ? history.verified.has(subject) : !cut.has(code)),
  };
}

async function examineParts(
  round: Round,
  { machineNowMs = Date.now }: ExamineOptions,
): Promise<readonly Part[]> {
  const syncPoints = await examineSyncPoints(round);
  return [
    syncPoints,
    await examineCycles(round, syncPoints.prospects),
    await examineAssignees(round),
    await examineEffects(round),
    await examineServer(round, machineNowMs),
  ];
}

function counts(parts: readonly Part[], histories: number): Checked {
  const none = { cycles: 0, tasks: 0, timers: 0, syncPoints: 0, effects: 0, operations: 0 };
  return Object.assign({}, none, ...parts.map(({ checked }) => checked), { histories }) as Checked;
}
