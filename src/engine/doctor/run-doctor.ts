import type { FindingCode } from '../../core/proof/finding-code.js';
import type { Finding } from '../../core/proof/finding.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import type { Examination } from './examination.js';
import { examine, type ExamineOptions } from './examine.js';
import { recordFindings, type Recorded } from './record-findings.js';

/** What may be so for a moment in good health: just after a restart, or when the clock was moved. */
const PASSING: ReadonlySet<FindingCode> = new Set([
  'timer.overdue',
  'outbox.orphan',
  'effect.lost',
  'operation.stalled',
  'lock.held',
]);

const SECOND_LOOK_MS = 5_000;

export interface DoctorOptions extends ExamineOptions {
  /** Pause before a second look at what may pass by itself, in milliseconds of the machine; 5,000 when absent. */
  readonly secondLookMs?: number;
}

/** One round of the doctor, once: the examination, and what follows from it (see `recordFindings`). */
export async function runDoctor(
  deps: EngineDeps,
  effectId: string,
  options: DoctorOptions = {},
): Promise<Application> {
  const examination = await examineTwice(deps, options);
  return applyEffect(deps, { id: effectId, type: 'doctor' }, async (tx, now) => {
    await recordFindings(deps, tx, examination, now);
  });
}

/** The same without an effect, as a person asks for it. */
export async function raiseFindings(deps: EngineDeps, examination: Examination): Promise<Recorded> {
  return deps.database.transact(async (tx) =>
    recordFindings(deps, tx, examination, await deps.clock.now(tx)),
  );
}

/** Examines, and where something is found that may pass, once more after a while: only what is there twice counts. */
export async function examineTwice(deps: EngineDeps, options: DoctorOptions): Promise<Examination> {
  const first = await examine(deps, options);
  if (!first.findings.some(({ code }) => PASSING.has(code))) return first;
  await new Promise((resolve) => {
    setTimeout(resolve, options.secondLookMs ?? SECOND_LOOK_MS);
  });
  const second = await examine(deps, options);
  const seen = new Map(first.findings.map((finding) => [keyOf(finding), finding]));
  return {
    ...second,
    findings: second.findings.filter(
      (finding) => !PASSING.has(finding.code) || isTheSame(finding, seen.get(keyOf(finding))),
    ),
  };
}

/** Of a group (`details.first` names its oldest members) one at least is still there: others come and go. */
function isTheSame(later: Finding, earlier: Finding | undefined): boolean {
  if (earlier === undefined) return false;
  const [now, then] = [later.details['first'], earlier.details['first']];
  if (!Array.isArray(now) || !Array.isArray(then)) return true;
  return now.some((id) => then.includes(id));
}

function keyOf({ code, subject }: Finding): string {
  return `${code} ${subject}`;
}
