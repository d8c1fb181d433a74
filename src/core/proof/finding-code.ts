/** Everything that the doctor can find, in the order in which it is told: the gravest first. */
export const FINDING_CODES = [
  'history.differs',
  'cycle.snapshot-invalid',
  'cycle.definition-edited',
  'cycle.unknown-version',
  'cycle.no-future',
  'cycle.nobody-to-move',
  'cycle.suspended-too-long',
  'sync-point.unreachable',
  'task.assignee-gone',
  'task.nobody',
  'timer.overdue',
  'timer.missing',
  'standing-check.missing',
  'outbox.orphan',
  'effect.lost',
  'dead-letter',
  'operation.stalled',
  'lock.held',
  'clock.skew',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

export function isFindingCode(kind: string): kind is FindingCode {
  return (FINDING_CODES as readonly string[]).includes(kind);
}
