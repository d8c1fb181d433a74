import { initialTransition } from 'xstate';
import { z } from 'zod';
import { DomainError } from '../terms/domain-error.js';
import type { Workflow } from './compile-workflow.js';
import { effectsOf, type CycleEffect } from './cycle-effect.js';

const snapshotSchema = z.strictObject({
  /** A draft or final state by its id; a stage as `{<stage>: 'active' | 'suspended'}`. */
  value: z.union([z.string(), z.record(z.string(), z.enum(['active', 'suspended']))]),
  /** `number`: which cycle of the region this is, from 1. */
  context: z.strictObject({ number: z.int().positive() }),
  /** `done` exactly in a final state. */
  status: z.enum(['active', 'done']),
});

/** Where a cycle stands, as plain JSON: what is stored with the cycle and handed back to `applyEvent`. */
export type CycleSnapshot = Readonly<z.infer<typeof snapshotSchema>>;

export type CycleStatus = 'active' | 'suspended' | 'withdrawn' | 'closed';

/** The beginning of a region's first cycle, and the effects of entering the first state. */
export function initialSnapshot(workflow: Workflow): {
  readonly snapshot: CycleSnapshot;
  readonly effects: readonly CycleEffect[];
} {
  const [snapshot, actions] = initialTransition(workflow.machine);
  return { snapshot: toCycleSnapshot(snapshot), effects: effectsOf(actions) };
}

/**
 * Reads a stored snapshot for this version of its workflow. XState would throw without a name, or accept a
 * half-known value, so shape and states are looked at here.
 *
 * @throws DomainError `definition.hash-mismatch` when the JSON is not a snapshot of this workflow: another
 *   shape, a state that the workflow does not have, a status that is not that of its state
 */
export function readSnapshot(workflow: Workflow, json: unknown): CycleSnapshot {
  const parsed = snapshotSchema.safeParse(json);
  if (!parsed.success || !fits(workflow, parsed.data)) {
    const { id, version, hash } = workflow;
    throw new DomainError('definition.hash-mismatch', { workflow: { id, version, hash }, snapshot: json });
  }
  return parsed.data;
}

/** Id of the state in which the cycle stands, suspended or not: a stage, the draft or a final state. */
export function stageOf(snapshot: CycleSnapshot): string {
  if (typeof snapshot.value === 'string') return snapshot.value;
  return Object.keys(snapshot.value)[0] ?? '';
}

/** Whether the cycle moves, rests or has ended. A draft counts as active. */
export function statusOf(workflow: Workflow, snapshot: CycleSnapshot): CycleStatus {
  if (isSuspended(snapshot)) return 'suspended';
  const state = workflow.states.get(stageOf(snapshot));
  return state?.kind === 'final' ? state.status : 'active';
}

/** Whether the cycle rests within its stage. */
export function isSuspended(snapshot: CycleSnapshot): boolean {
  return typeof snapshot.value !== 'string' && Object.values(snapshot.value)[0] === 'suspended';
}

/** Takes from XState's snapshot what is kept; the rest follows from the machine. */
export function toCycleSnapshot(snapshot: {
  readonly value: unknown;
  readonly context: unknown;
  readonly status: string;
}): CycleSnapshot {
  const { value, context, status } = snapshot;
  return snapshotSchema.parse({ value, context, status });
}

function fits(workflow: Workflow, snapshot: CycleSnapshot): boolean {
  const { value, status } = snapshot;
  if (typeof value !== 'string' && Object.keys(value).length !== 1) return false;
  const state = workflow.states.get(stageOf(snapshot));
  if (state === undefined) return false;
  return (
    (state.kind === 'stage') === (typeof value !== 'string') &&
    (state.kind === 'final') === (status === 'done')
  );
}
