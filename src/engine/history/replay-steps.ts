import type { RowImage } from '../../core/history/row-change.js';
import { applyEvent } from '../../core/machines/advance.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import type { CycleSnapshot } from '../../core/machines/cycle-snapshot.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { LogRow } from '../../store/log-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { sameValue } from './same-value.js';

/** One command about a cycle: its row before and after, and what the log says of it. */
export interface RecordedCommand {
  /** Null: the cycle was not there. */
  readonly before: RowImage | null;
  readonly after: RowImage | null;
  readonly entries: readonly LogRow[];
}

export interface StepFault {
  readonly kind: 'step' | 'definition';
  readonly sequence: number;
  readonly what: string;
}

/**
 * Takes the steps of a command again, with the machine that the cycle went by at that time, and compares where they
 * lead with what was recorded. What somebody has put right by hand (a revert, a migration) is no step of the machine.
 */
export function replaySteps(deps: EngineDeps, command: RecordedCommand): readonly StepFault[] {
  const { before, after, entries } = command;
  const faults: StepFault[] = [];
  let snapshot = (before?.['snapshot'] ?? null) as CycleSnapshot | null;
  for (const { kind, sequence, details, workflowVersion, workflowHash } of entries) {
    if (kind === 'opened') snapshot = details['snapshot'] as CycleSnapshot;
    if (kind !== 'transition' || snapshot === null) continue;
    const id = String(after?.['workflowId'] ?? before?.['workflowId']);
    const workflow = workflowOf(deps, { id, version: workflowVersion, hash: workflowHash });
    if (workflow === null) {
      faults.push({
        kind: 'definition',
        sequence,
        what: `workflow ${id} ${workflowVersion} is not installed`,
      });
      snapshot = details['snapshot'] as CycleSnapshot;
      continue;
    }
    const step = applyEvent(workflow, snapshot, {
      type: details['type'] as Parameters<typeof applyEvent>[2]['type'],
      to: details['to'] as string,
      opens: true,
    });
    const says = details['snapshot'] as CycleSnapshot;
    if (step.kind === 'refused' || !sameValue(step.snapshot, says)) {
      const leads = step.kind === 'refused' ? step.code : JSON.stringify(step.snapshot.value);
      faults.push({
        kind: 'step',
        sequence,
        what: `recorded ${JSON.stringify(says.value)}, the machine says ${leads}`,
      });
    }
    snapshot = says;
  }
  const last = entries.at(-1);
  const moved = entries.some(({ kind }) => kind === 'opened' || kind === 'transition');
  if (last !== undefined && moved && !sameValue(snapshot, after?.['snapshot'] ?? null)) {
    faults.push({ kind: 'step', sequence: last.sequence, what: 'the row is not where its steps lead' });
  }
  return faults;
}

function workflowOf(deps: EngineDeps, pin: { id: string; version: number; hash: string }): Workflow | null {
  try {
    return deps.catalog.workflow(pin);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
