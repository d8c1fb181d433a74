/** From when on the doctor speaks of a thing. Ages by the scheme's clock, unless it says otherwise. */
export interface DoctorLimits {
  /** A timer fires within a sweep of the relay, some seconds. */
  readonly timerOverdueS: number;
  /** An effect is handed to the queue within a second. */
  readonly effectUnsentS: number;
  /** By the database's clock: the relay sends again what has no receipt after a minute. */
  readonly effectSentS: number;
  /** The queue gives up after two minutes, */
  readonly effectUnappliedS: number;
  /** but on a mail only after hours. */
  readonly mailUnappliedS: number;
  /** So often an effect is sent before its age counts: about as many minutes of the real clock. */
  readonly effectSends: number;
  /** An operation does an item in less than a second. */
  readonly operationStalledS: number;
  /** Half a year. */
  readonly suspendedDays: number;
  /** By the database's clock: no transaction of Cordata lasts so long. */
  readonly idleInTransactionS: number;
  readonly lockWaitingS: number;
  /** Between the database's machine and this one. */
  readonly clockSkewS: number;
  /** Dated ahead of the scheme's clock. */
  readonly futureS: number;
  /** Cycles whose history is verified in one run, in turn; */
  readonly historySample: number;
  /** those with longer logs only in a deep examination. */
  readonly historyEntries: number;
}

export const DOCTOR_LIMITS: DoctorLimits = {
  timerOverdueS: 60,
  effectUnsentS: 300,
  effectSentS: 600,
  effectUnappliedS: 900,
  mailUnappliedS: 21_600,
  effectSends: 5,
  operationStalledS: 600,
  suspendedDays: 182,
  idleInTransactionS: 60,
  lockWaitingS: 30,
  clockSkewS: 5,
  futureS: 60,
  historySample: 5,
  historyEntries: 5_000,
};
