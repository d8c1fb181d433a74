import type { FindingCode } from '../../core/proof/finding-code.js';
import { markRetried } from '../../store/dead-letter-store.js';
import { resendEffects } from '../../store/effect-health-store.js';
import { addEffect, resendEffect } from '../../store/outbox-store.js';
import { takeDueTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import { RULE_LAPSED } from '../standing/check-standing-rules.js';
import { judgePointAgain } from './judge-point-again.js';
import { checkAgain, releaseOrphan, setMissingTimer } from './mend-cycle.js';
import type { Remedy, RemedyOutcome } from './remedy-request.js';

/** Timers that one retry fires; the doctor finds the rest again. */
const TIMERS_FIRED_MAX = 1_000;

/**
 * The remedies that the program can apply by itself, by kind of incident. What is not here needs a person outside of
 * it: a version to be installed, an account, a backup.
 */
export const REMEDIES: Readonly<Partial<Record<FindingCode | typeof RULE_LAPSED, Remedy>>> = {
  'task.assignee-gone': releaseOrphan,
  'timer.missing': setMissingTimer,
  'standing-check.missing': async (deps, tx, request) => checkAgain(deps, tx, request, true),
  // It resolves itself if the rule holds by now.
  [RULE_LAPSED]: async (deps, tx, request) => checkAgain(deps, tx, request, false),
  'sync-point.unreachable': judgePointAgain,
  'timer.overdue': async (_deps, tx, { now }) => {
    const due = await takeDueTimers(tx, now, TIMERS_FIRED_MAX);
    for (const effect of due) await addEffect(tx, effect, now);
    return { done: `${due.length} fired`, settled: due.length < TIMERS_FIRED_MAX };
  },
  'outbox.orphan': (_deps, tx, { incident }) => resend(tx, { type: incident.subject, sent: false }),
  'effect.lost': (_deps, tx, { incident }) => resend(tx, { type: incident.subject, sent: true }),
  'dead-letter': async (_deps, tx, { incident, now }) => {
    if (!(await markRetried(tx, incident.subject, now))) return { done: 'nothing', settled: true };
    await resendEffect(tx, incident.subject);
    return { done: 'sent again', settled: true };
  },
  'operation.stalled': async (deps, tx, { incident, now }) => {
    // Should its last job still be there after all, the two take turns.
    await recordEffect(deps, tx, { type: 'run-operation', operationId: incident.subject, batch: 1 }, now);
    return { done: 'goes on', settled: true };
  },
};

async function resend(
  tx: Tx,
  about: { readonly type: string; readonly sent: boolean },
): Promise<RemedyOutcome> {
  return { done: `${await resendEffects(tx, about)} sent again`, settled: true };
}

/** Null where there is none for this kind. */
export function remedyOf(kind: string): Remedy | null {
  const remedies: Readonly<Partial<Record<string, Remedy>>> = REMEDIES;
  return Object.hasOwn(remedies, kind) ? (remedies[kind] ?? null) : null;
}
