import type { FindingCode } from '../../core/proof/finding-code.js';
import { makeFinding, type Finding } from '../../core/proof/finding.js';
import { listDeadLetters } from '../../store/dead-letter-store.js';
import {
  countPendingEffects,
  countRunningOperations,
  listLostEffects,
  listStalledOperations,
  listUnsentEffects,
  type EffectGroup,
} from '../../store/effect-health-store.js';
import { countWaitingTimers, findOverdueTimers } from '../../store/health-store.js';
import { before, type Part, type Round } from './examination.js';

/** Dead letters that are told one by one. */
const DEAD_LETTERS_MAX = 500;

/** Subject of the one finding about overdue timers. */
export const ALL_TIMERS = 'timers';

/** What was decided and does not arrive: timers, effects on their way, dead letters, operations. */
export async function examineEffects(round: Round): Promise<Part> {
  const { tx, limits } = round;
  const letters = await listDeadLetters(tx, DEAD_LETTERS_MAX);
  const unsent = await listUnsentEffects(tx, before(round, limits.effectUnsentS));
  const lost = await listLostEffects(tx, {
    sentS: limits.effectSentS,
    sends: limits.effectSends,
    recordedBefore: before(round, limits.effectUnappliedS),
    mailRecordedBefore: before(round, limits.mailUnappliedS),
  });
  return {
    findings: [
      ...(await overdueFindings(round)),
      ...unsent.map((group) => groupFinding('outbox.orphan', group)),
      ...lost.map((group) => groupFinding('effect.lost', group)),
      ...letters.map(({ effectId, type, payload, reason, attempts, diedAt }) =>
        makeFinding('dead-letter', {
          subject: effectId,
          cycleId: 'cycleId' in payload ? (payload.cycleId ?? null) : null,
          details: { effect: effectId, type, reason, attempts, diedAt },
        }),
      ),
      ...(await operationFindings(round)),
    ],
    checked: {
      timers: await countWaitingTimers(tx),
      effects: await countPendingEffects(tx),
      operations: await countRunningOperations(tx),
    },
    cut: letters.length < DEAD_LETTERS_MAX ? [] : ['dead-letter'],
  };
}

/** When one is overdue, all are: the cause is the relay, so there is one finding. */
async function overdueFindings(round: Round): Promise<readonly Finding[]> {
  const overdue = await findOverdueTimers(round.tx, before(round, round.limits.timerOverdueS));
  if (overdue === null) return [];
  return [makeFinding('timer.overdue', { subject: ALL_TIMERS, cycleId: null, details: { ...overdue } })];
}

function groupFinding(code: FindingCode, { cycleId, ...details }: EffectGroup): Finding {
  return makeFinding(code, { subject: details.type, cycleId, details });
}

async function operationFindings(round: Round): Promise<readonly Finding[]> {
  const stalled = await listStalledOperations(round.tx, before(round, round.limits.operationStalledS));
  return stalled.map(({ id, ...operation }) =>
    makeFinding('operation.stalled', {
      subject: id,
      cycleId: null,
      details: { operation: id, ...operation },
    }),
  );
}
