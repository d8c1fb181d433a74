/** What a template's texts may speak of. */
export interface NoticeTemplate {
  /** Names that a notice must bring; a value may be null where the template is about something unsaid. */
  readonly params: readonly string[];
  /**
   * Placeholders that stand for a counted phrase ("2 facts are missing"), by the parameter that is counted:
   * a whole number, or a list, whose length counts.
   */
  readonly counted: Readonly<Record<string, string>>;
}

const STEP = ['region', 'number', 'date'] as const;
const DECISION = [...STEP, 'by', 'note'] as const;
const TASK = ['region', 'task', 'dueOn'] as const;
/** An activity, and the region that leads it. */
const ACTIVITY = ['name', 'region'] as const;
const ACTIVITY_DECISION = [...ACTIVITY, 'date', 'by', 'note'] as const;

/** A joint call, and the region that leads it. */
const CALL = ['name', 'region'] as const;
const CALL_DECISION = [...CALL, 'date', 'by', 'note'] as const;

/**
 * Every notice that Cordata can send: a closed set, because the texts of each are judged against it.
 *
 * | parameter                              | what                                                          |
 * |----------------------------------------|---------------------------------------------------------------|
 * | `region`                               | its name, or labels                                           |
 * | `number`                               | of the cycle                                                  |
 * | `stage`, `from`, `to`                  | labels of states                                              |
 * | `task`, `syncPoint`                    | labels                                                        |
 * | `rule`                                 | labels                                                        |
 * | `enteredOn`                            | the day on which the stage was entered                        |
 * | `endsOn`                               | the last day of a waiver                                      |
 * | `facts`                                | labels of facts, a list                                       |
 * | `missing`                              | labels of facts, names of regions at a sync point; a list     |
 * | `failing`                              | labels of rules, a list                                       |
 * | `arrived`                              | names of regions, a list                                      |
 * | `arrivedNumber`, `missingNumber`       | how many regions                                              |
 * | `date`                                 | of the step or the last attempt: date or instant              |
 * | `rulebook`                             | its labels; `number` is of its version then                   |
 * | `endsOn`                               | the last day, a date                                          |
 * | `dueOn`                                | a date; null where there is none                              |
 * | `tasks`, `attempts`, `daysOverdue`     | counts; the last in calendar days                             |
 * | `workingDaysLeft`                      | until the due day, in the calendar of whoever acts            |
 * | `until`                                | the day until which more time is asked for                    |
 * | `neighbour`                            | name of the region that has answered                          |
 * | `by`, `note`                           | texts; a note may be empty or null                            |
 * | `effect`, `effectId`, `error`          | texts                                                         |
 * | `name`                                 | labels of an activity or a call                               |
 * | `regions`                              | names of the regions that remain, a list                      |
 * | `kind`, `cause`, `remedy`              | of an incident: its code, and labels                          |
 * | `incidents`, `subjects`                | how many, and what the first are about                        |
 */
export const NOTICE_TEMPLATES = {
  'stage.entered': { params: [...STEP, 'stage', 'tasks'], counted: { tasksCount: 'tasks' } },
  'stage.lasting': { params: [...STEP, 'stage', 'enteredOn'], counted: {} },
  'cycle.suspended': { params: [...DECISION, 'stage'], counted: {} },
  'cycle.resumed': { params: [...DECISION, 'stage'], counted: {} },
  'cycle.sent-back': { params: [...DECISION, 'from', 'to'], counted: {} },
  'cycle.reverted': { params: [...DECISION, 'stage', 'from', 'to'], counted: {} },
  'cycle.modified': { params: [...DECISION, 'stage', 'task', 'signedBy'], counted: {} },
  'cycle.withdrawn': { params: [...DECISION, 'from'], counted: {} },
  'cycle.closed': { params: DECISION, counted: {} },
  'gate.refused': {
    params: ['region', 'number', 'from', 'to', 'missing', 'failing'],
    counted: { missingCount: 'missing', failingCount: 'failing' },
  },
  'task.opened': { params: ['region', 'stage', 'task', 'facts'], counted: { factsCount: 'facts' } },
  'task.due': { params: TASK, counted: {} },
  'task.overdue': { params: [...TASK, 'daysOverdue'], counted: { daysOverdueCount: 'daysOverdue' } },
  'task.due-soon': {
    params: [...TASK, 'workingDaysLeft'],
    counted: { workingDaysLeftCount: 'workingDaysLeft' },
  },
  'task.escalated': { params: [...TASK, 'daysOverdue'], counted: { daysOverdueCount: 'daysOverdue' } },
  'task.extension-requested': { params: [...TASK, 'until', 'by', 'note'], counted: {} },
  'task.extension-granted': { params: [...TASK, 'by', 'note'], counted: {} },
  'task.extension-refused': { params: [...TASK, 'until', 'by', 'note'], counted: {} },
  'consultation.asked': { params: [...TASK, 'by', 'note'], counted: {} },
  'consultation.answered': { params: ['region', 'neighbour', 'date', 'by', 'note'], counted: {} },
  'sync-point.released': {
    params: ['syncPoint', 'arrived', 'missing'],
    counted: { arrivedCount: 'arrived', missingCount: 'missing' },
  },
  'sync-point.released-many': {
    params: ['syncPoint', 'arrivedNumber', 'missingNumber'],
    counted: { arrivedCount: 'arrivedNumber', missingCount: 'missingNumber' },
  },
  'sync-point.deadline-passed': { params: ['syncPoint', 'missing'], counted: {} },
  'sync-point.dropped': { params: ['syncPoint', 'missing'], counted: {} },
  'sync-point.cancelled': { params: ['syncPoint', 'by', 'note'], counted: {} },
  'sync-point.unreachable': { params: ['syncPoint'], counted: {} },
  'rule.lapsed': { params: [...STEP, 'stage', 'rule', 'facts'], counted: { factsCount: 'facts' } },
  'waiver.ended': {
    params: ['region', 'number', 'stage', 'rule', 'endsOn', 'failing'],
    counted: { failingCount: 'failing' },
  },
  'dead-letter': {
    params: ['effect', 'effectId', 'attempts', 'date', 'error'],
    counted: { attemptsCount: 'attempts' },
  },
  'rulebook.emergency': { params: ['rulebook', 'number', 'date', 'endsOn', 'by', 'note'], counted: {} },
  'task.reminded': { params: [...TASK, 'by', 'note'], counted: {} },
  'task.given': { params: ['region', 'task', 'by', 'note'], counted: {} },
  'incident.raised': {
    params: ['kind', 'cause', 'remedy', 'date', 'incidents', 'subjects'],
    counted: { incidentsCount: 'incidents' },
  },
  'activity.stage-entered': { params: [...ACTIVITY, 'stage', 'date'], counted: {} },
  'activity.suspended': { params: [...ACTIVITY_DECISION, 'stage'], counted: {} },
  'activity.resumed': { params: [...ACTIVITY_DECISION, 'stage'], counted: {} },
  'activity.sent-back': { params: [...ACTIVITY_DECISION, 'from', 'to'], counted: {} },
  'activity.dropped': { params: [...ACTIVITY_DECISION, 'from'], counted: {} },
  'activity.closed': { params: ACTIVITY_DECISION, counted: {} },
  'activity.theme-lock-due': { params: [...ACTIVITY, 'stage', 'enteredOn'], counted: {} },
  'activity.region-asked': { params: ACTIVITY_DECISION, counted: {} },
  'activity.region-left': { params: [...ACTIVITY_DECISION, 'regions'], counted: {} },
  'call.stage-entered': { params: [...CALL, 'stage', 'date'], counted: {} },
  'call.suspended': { params: [...CALL_DECISION, 'stage'], counted: {} },
  'call.resumed': { params: [...CALL_DECISION, 'stage'], counted: {} },
  'call.sent-back': { params: [...CALL_DECISION, 'from', 'to'], counted: {} },
  'call.cancelled': { params: [...CALL_DECISION, 'from'], counted: {} },
  'call.reviewed': { params: CALL_DECISION, counted: {} },
  'call.evaluation-late': { params: [...CALL, 'stage', 'enteredOn'], counted: {} },
  'call.evaluation-escalated': { params: [...CALL, 'stage', 'enteredOn'], counted: {} },
  'call.decision-due': { params: [...CALL, 'stage', 'enteredOn'], counted: {} },
  'call.decision-window-over': { params: [...CALL, 'stage', 'enteredOn'], counted: {} },
  'call.decision-parting': { params: [...CALL, 'stage', 'enteredOn'], counted: {} },
  'call.region-joined': { params: CALL_DECISION, counted: {} },
  'call.region-left': { params: [...CALL_DECISION, 'regions'], counted: {} },
  'call.mass-lost': { params: ['name', 'date', 'regions'], counted: {} },
} as const satisfies Record<string, NoticeTemplate>;

export type NoticeTemplateName = keyof typeof NOTICE_TEMPLATES;
