import type { CycleStatus } from '../../core/machines/cycle-snapshot.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';

/** A cycle as the outside sees it. */
export interface CycleView {
  readonly id: string;
  readonly scheme: string;
  readonly region: string;
  readonly number: number;
  readonly stage: string;
  readonly status: CycleStatus;
  readonly version: number;
  readonly workflow: PinnedDefinition;
  readonly rulebook: PinnedDefinition;
  readonly stageEnteredAt: Instant;
}

export function cycleView(cycle: CycleRow): CycleView {
  return {
    id: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    number: cycle.number,
    stage: cycle.stage,
    status: cycle.status,
    version: cycle.version,
    workflow: { id: cycle.workflowId, version: cycle.workflowVersion, hash: cycle.workflowHash },
    rulebook: { id: cycle.rulebookId, version: cycle.rulebookVersion, hash: cycle.rulebookHash },
    stageEnteredAt: cycle.stageEnteredAt,
  };
}
