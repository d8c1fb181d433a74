import { makeFinding, type Finding } from '../../core/proof/finding.js';
import { databaseClockMs, findFromTheFuture, listHeldSessions } from '../../store/server-health-store.js';
import { before, type Part, type Round } from './examination.js';

const SECOND_MS = 1_000;

/**
 * Looks at the database server itself: sessions that hold others up, and clocks that disagree.
 *
 * @param machineNowMs the machine's time, in milliseconds since 1970
 */
export async function examineServer(round: Round, machineNowMs: () => number): Promise<Part> {
  const { tx, limits } = round;
  const sessions = await listHeldSessions(tx, {
    idleS: limits.idleInTransactionS,
    waitingS: limits.lockWaitingS,
  });
  return {
    findings: [
      ...sessions.map((session) =>
        makeFinding('lock.held', {
          subject: `${session.pid}@${session.since}`,
          cycleId: null,
          details: { ...session },
        }),
      ),
      ...(await skewFindings(round, machineNowMs)),
      ...(await futureFindings(round)),
    ],
    checked: {},
  };
}

async function skewFindings({ tx, limits }: Round, nowMs: () => number): Promise<readonly Finding[]> {
  const askedMs = nowMs();
  const databaseMs = await databaseClockMs(tx);
  const answeredMs = nowMs();
  // While the answer was on its way both clocks went on: only what lies outside of that time is a difference.
  const skewMs = Math.max(askedMs - databaseMs, databaseMs - answeredMs, 0);
  if (skewMs <= limits.clockSkewS * SECOND_MS) return [];
  const details = {
    seconds: Math.round(skewMs / SECOND_MS),
    ahead: databaseMs > answeredMs ? 'database' : 'machine',
  };
  return [makeFinding('clock.skew', { subject: 'database', cycleId: null, details })];
}

async function futureFindings(round: Round): Promise<readonly Finding[]> {
  const future = await findFromTheFuture(round.tx, before(round, -round.limits.futureS));
  if (future === null) return [];
  return [makeFinding('clock.skew', { subject: 'scheme', cycleId: null, details: { ...future } })];
}
