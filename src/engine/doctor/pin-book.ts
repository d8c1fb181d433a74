import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { readSnapshot, stageOf, statusOf, type CycleSnapshot } from '../../core/machines/cycle-snapshot.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { pinOf } from '../cycles/cycle-picture.js';
import { pinFault, type PinFault } from '../cycles/pin-fault.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import type { Round } from './examination.js';

/** The definitions of a cycle and where it stands by them. */
export interface Pins {
  readonly faults: readonly {
    readonly kind: 'workflow' | 'rulebook';
    readonly pinned: PinnedDefinition;
    readonly fault: PinFault;
  }[];
  /** Null where it is at fault. */
  readonly workflow: Workflow | null;
  readonly rulebook: Rulebook | null;
  /** Null where the workflow is at fault, or has no such state, or the row says another one. */
  readonly snapshot: CycleSnapshot | null;
}

/** Looks definitions up, each version once in a round: thousands of cycles share a few. */
export function makePinBook({ deps, tx }: Round): (cycle: CycleRow) => Promise<Pins> {
  const faults = new Map<string, PinFault | null>();
  const faultOf = async (
    kind: 'workflow' | 'rulebook',
    pinned: PinnedDefinition,
  ): Promise<PinFault | null> => {
    const key = `${kind}/${pinned.id}/${pinned.version}/${pinned.hash}`;
    const known = faults.get(key);
    if (known !== undefined) return known;
    const fault = await pinFault(deps, tx, kind, pinned);
    faults.set(key, fault);
    return fault;
  };
  return async (cycle) => {
    const pins = {
      workflow: { id: cycle.workflowId, version: cycle.workflowVersion, hash: cycle.workflowHash },
      rulebook: pinOf(cycle),
    };
    const workflowFault = await faultOf('workflow', pins.workflow);
    const rulebookFault = await faultOf('rulebook', pins.rulebook);
    const workflow = workflowFault === null ? deps.catalog.workflow(pins.workflow) : null;
    return {
      faults: [
        ...(workflowFault === null
          ? []
          : [{ kind: 'workflow' as const, pinned: pins.workflow, fault: workflowFault }]),
        ...(rulebookFault === null
          ? []
          : [{ kind: 'rulebook' as const, pinned: pins.rulebook, fault: rulebookFault }]),
      ],
      workflow,
      rulebook: rulebookFault === null ? await rulebookOf(deps, tx, pins.rulebook) : null,
      snapshot: workflow === null ? null : snapshotOf(workflow, cycle),
    };
  };
}

function snapshotOf(workflow: Workflow, cycle: CycleRow): CycleSnapshot | null {
  try {
    const snapshot = readSnapshot(workflow, cycle.snapshot);
    const fits = stageOf(snapshot) === cycle.stage && statusOf(workflow, snapshot) === cycle.status;
    return fits ? snapshot : null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
