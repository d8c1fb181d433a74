import type { FindingText } from './finding-text.js';

/** What the doctor says in English, by the code of the finding. */
export const FINDING_WORDS_EN: FindingText = {
  'history.differs': {
    cause:
      "The cycle's rows are not what its journal says: somebody or something has changed them past the program.",
    remedy:
      'Compare with `cycles verify --cycle <id>` and put the rows back by hand, or restore a backup; nothing repairs this by itself.',
  },
  'cycle.snapshot-invalid': {
    cause: 'The cycle stands in a state that its workflow does not have.',
    remedy: "Restore the cycle's row from its journal, or migrate it to a version that has the state.",
  },
  'cycle.definition-edited': {
    cause:
      'The workflow or rulebook that the cycle is pinned to has been edited: it is installed with another content.',
    remedy: 'Undo the edit and give the change a new version; then migrate the cycle to it.',
  },
  'cycle.unknown-version': {
    cause:
      'The version of the workflow or rulebook that the cycle is pinned to is not installed here. The cycle is left alone.',
    remedy:
      'Finish the rolling update or install the version; or migrate the cycle to a version that is installed.',
  },
  'cycle.no-future': {
    cause:
      'Nothing can move the cycle any more: no event that a living account may bring about, no timer, no task with a living person, no sync point.',
    remedy:
      'Look at the causes in the details: give the missing person an account, reassign the tasks, grant a waiver, or withdraw the cycle.',
  },
  'cycle.nobody-to-move': {
    cause: 'There is no living coordinator: nobody may move the cycles of the scheme.',
    remedy: 'Create an account with the role coordinator, or let a disabled one live again.',
  },
  'cycle.suspended-too-long': {
    cause: 'The cycle has rested for very long, and no timer will remind anybody of it.',
    remedy: 'Resume the cycle, or withdraw it.',
  },
  'sync-point.unreachable': {
    cause: 'Too few members can still arrive at the sync point: it will never be released.',
    remedy:
      'Have it judged again (retry): members whose cycle has ended leave the count. If it still cannot hold, change its rule with the scheme.',
  },
  'task.assignee-gone': {
    cause: 'The task is with an account that does not exist any more or is disabled.',
    remedy: 'Release the task (retry), so that somebody else can take it, or reassign it.',
  },
  'task.nobody': {
    cause:
      'Tasks wait in a region in which no living account could do them; at best the coordinator stands in.',
    remedy:
      "Create an account of the region's authority, let a disabled one live again, or delegate the tasks.",
  },
  'timer.overdue': {
    cause: 'Timers are due and have not fired.',
    remedy: 'Start a worker, or look into its log; retry fires them now.',
  },
  'timer.missing': {
    cause: "A timer of the cycle's stage neither waits nor has fired since the stage was entered.",
    remedy: 'Set it again (retry): its time is counted from now.',
  },
  'standing-check.missing': {
    cause:
      "Rules must hold in the cycle's stage, but no daily check of them is set: their lapse would go unseen.",
    remedy: "Check them now and set the next morning's check (retry).",
  },
  'outbox.orphan': {
    cause: 'Effects of decisions have waited for long and were not handed to the queue.',
    remedy:
      'Start a worker, or look at the queue that refuses them; retry makes them wait for the next turn of the relay.',
  },
  'effect.lost': {
    cause: 'Effects were handed to the queue long ago and were neither applied nor given up.',
    remedy:
      'Send them again (retry): an effect that was applied after all is not applied twice. If they come back, look at the workers.',
  },
  'dead-letter': {
    cause: 'An effect could not be applied and was given up.',
    remedy: 'Remove the reason that the details name, then send it again (retry).',
  },
  'operation.stalled': {
    cause: 'An operation over many items is under way and has made no progress for long.',
    remedy: 'Have it go on (retry), or cancel it: what is done stays done.',
  },
  'lock.held': {
    cause:
      'A session of the database has held a transaction open, or waited for a lock, for long; others may wait for it.',
    remedy: 'Find out whose session it is; end it with pg_terminate_backend(pid) if nobody needs it.',
  },
  'clock.skew': {
    cause:
      'Clocks disagree: that of the database and of this machine, or that of the scheme with what was written already.',
    remedy: 'Set the clocks by NTP. What is dated ahead is right again when the clock has caught up.',
  },
};
