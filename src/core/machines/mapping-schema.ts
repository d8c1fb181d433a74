import { z } from 'zod';
import { definitionRefSchema } from '../terms/definition-ref.js';
import { labelsSchema } from '../terms/language.js';

const timerKeySchema = z.string().regex(/^[a-z]+(_[a-z]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const taskIdSchema = z.string().regex(/^[A-Z]{1,2}\d{1,2}$/);

/**
 * File format of `workflows/<id>/migrations/<from>-to-<to>.json`: what the cycles of one version become in another.
 * What is not named becomes what has the same name; null: it is taken away.
 */
export const mappingSchema = z.strictObject({
  from: definitionRefSchema,
  to: definitionRefSchema,
  labels: labelsSchema.optional(),
  source: z.string().min(1),
  states: z.record(z.string(), z.string()).default({}),
  tasks: z.record(taskIdSchema, taskIdSchema.nullable()).default({}),
  /** By `<stage>/<id>`. */
  timers: z.record(timerKeySchema, timerKeySchema.nullable()).default({}),
  /**
   * `keep`: timers go on as they are, and new ones count from the entry into the stage. `restart`: the time of the new
   * version counts, from the migration on.
   */
  timerPolicy: z.enum(['keep', 'restart']),
});

export type MappingDefinition = Readonly<z.infer<typeof mappingSchema>>;

/** The state of the new version for one of the old; it may not be there. */
export function mappedState({ states }: MappingDefinition, state: string): string {
  return Object.hasOwn(states, state) ? (states[state] ?? state) : state;
}

/** The sub-step of the new version for one of the old; null: it is taken away. */
export function mappedTask({ tasks }: MappingDefinition, task: string): string | null {
  return Object.hasOwn(tasks, task) ? (tasks[task] ?? null) : task;
}

/** The timer of the new version for one of the old; null: it is taken away. */
export function mappedTimer(mapping: MappingDefinition, timer: StageTimer): StageTimer | null {
  const key = `${timer.stage}/${timer.name}`;
  if (!Object.hasOwn(mapping.timers, key)) {
    return { stage: mappedState(mapping, timer.stage), name: timer.name };
  }
  const [stage, name] = mapping.timers[key]?.split('/') ?? [];
  return stage === undefined || name === undefined ? null : { stage, name };
}

/** A timer of a workflow, by where it stands. */
export interface StageTimer {
  readonly stage: string;
  /** Its id in the file. */
  readonly name: string;
}
