import { z } from 'zod';

/** Who can be told by a step: whoever answers for the task, or who looks after those that do. */
export const LADDER_AUDIENCES = ['owner', 'coordinator', 'steering_group'] as const;

/** How far from the due day a step may lie, to either side: about half a year. */
export const LADDER_WORKING_DAYS_MAX = 120;
/** Steps of one ladder. */
export const LADDER_STEPS_MAX = 10;

const stepSchema = z.strictObject({
  /** From the due day, in the calendar of whoever acts; negative: before it. */
  workingDays: z.int().min(-LADDER_WORKING_DAYS_MAX).max(LADDER_WORKING_DAYS_MAX),
  audience: z.array(z.enum(LADDER_AUDIENCES)).min(1).max(LADDER_AUDIENCES.length),
  /** Of the notice. */
  template: z.string().min(1),
});

const ladderSchema = z.strictObject({ steps: z.array(stepSchema).max(LADDER_STEPS_MAX) });

const TASK_KINDS = [
  'sub-step',
  'provide-facts',
  'conditional-action',
  'standing-rule',
  'consultation',
] as const;

/** File format of `config/ladders/<id>.json`: who is told of a task that has a due day, and when. */
export const laddersSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  source: z.string().min(1),
  /** By kind of task; a kind that is left out has no ladder. */
  kinds: z.partialRecord(z.enum(TASK_KINDS), ladderSchema),
  /** By reference of a task (`A4`): instead of that of its kind. */
  tasks: z.record(z.string().min(1), ladderSchema),
});

export type Ladders = Readonly<z.infer<typeof laddersSchema>>;
export type LadderStep = Readonly<z.infer<typeof stepSchema>>;

/** Nobody is told of anything. */
export const NO_LADDERS: Ladders = { id: 'none', source: 'no file', kinds: {}, tasks: {} };

/** What a notice of a ladder may speak of: every step brings these. */
export const REMINDER_PARAMS = ['region', 'task', 'dueOn', 'daysOverdue', 'workingDaysLeft'] as const;

/** The ladder of a task: that of its reference, else that of its kind, else none. */
export function ladderOf(ladders: Ladders, kind: string, reference: string): readonly LadderStep[] {
  if (Object.hasOwn(ladders.tasks, reference)) return ladders.tasks[reference]?.steps ?? [];
  const kinds: Readonly<Record<string, { readonly steps: readonly LadderStep[] } | undefined>> =
    ladders.kinds;
  return Object.hasOwn(kinds, kind) ? (kinds[kind]?.steps ?? []) : [];
}
