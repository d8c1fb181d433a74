import type { TaskDefinition } from '../../core/machines/workflow-schema.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listOpenTasks, type TaskRow } from '../../store/task-store.js';
import type { ModificationKind } from '../../store/modification-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** A step of the stage in which the cycle stands, and its task if one waits for somebody. */
export interface StepAtHand {
  readonly definition: TaskDefinition;
  readonly task: TaskRow | null;
}

/**
 * Whether a step can be skipped or repeated as the cycle stands now: asked when it is proposed, and again when it is
 * signed, because days may lie between.
 *
 * @throws DomainError `cycle.ended`; `modification.not-possible` for a step that is not of this stage, a skip of one
 *   that does not wait for anybody, a repetition of one that still does
 */
export async function judgeModification(
  tx: Tx,
  picture: CyclePicture,
  wish: { readonly kind: ModificationKind; readonly task: string },
): Promise<StepAtHand> {
  const { cycle, workflow } = picture;
  if (cycle.status === 'closed' || cycle.status === 'withdrawn') {
    throw new DomainError('cycle.ended', { cycle: cycle.id, status: cycle.status });
  }
  const steps = workflow.tasks.get(cycle.stage) ?? [];
  const definition = steps.find(({ id }) => id === wish.task);
  if (definition === undefined) {
    throw refusal(`${wish.task} is no step of the stage ${cycle.stage}.`, {
      steps: steps.map(({ id }) => id),
    });
  }
  const task =
    (await listOpenTasks(tx, cycle.id)).find(
      ({ kind, reference }) => kind === 'sub-step' && reference === wish.task,
    ) ?? null;
  if (wish.kind === 'skip' && task === null) throw refusal(`${wish.task} does not wait for anybody.`);
  if (wish.kind === 'repeat' && task !== null) throw refusal(`${wish.task} is still open.`);
  return { definition, task };
}

function refusal(reason: string, details: Readonly<Record<string, unknown>> = {}): DomainError {
  return new DomainError('modification.not-possible', { pointer: '/task', reason, ...details });
}
