import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { initialSnapshot, stageOf, statusOf } from '../../core/machines/cycle-snapshot.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { addCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { takePicture } from './cycle-picture.js';
import { moveCycle } from './move-cycle.js';

/** What a new cycle is the run of, and by what it goes. */
export interface CyclePlan {
  readonly scheme: string;
  /** NUTS code; of a joint one that of the region that leads. */
  readonly region: string;
  readonly workflow: Workflow;
  readonly rulebook: Pick<Rulebook, 'id' | 'version' | 'hash'>;
  readonly actor: Actor;
  readonly now: Instant;
}

/**
 * Draws up a cycle in the first state of its workflow, whose subject it takes, with the first entry in its log. No
 * other living cycle of a region may be there: the database refuses a second one.
 */
export async function draftCycle(deps: EngineDeps, tx: Tx, plan: CyclePlan): Promise<CycleRow> {
  const { workflow, rulebook, actor, now } = plan;
  const { snapshot } = initialSnapshot(workflow);
  const cycle = addCycle(tx, {
    id: deps.newId(),
    scheme: plan.scheme,
    region: plan.region,
    subject: workflow.subject,
    number: snapshot.context.number,
    stage: stageOf(snapshot),
    status: statusOf(workflow, snapshot),
    snapshot,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    workflowHash: workflow.hash,
    rulebookId: rulebook.id,
    rulebookVersion: rulebook.version,
    rulebookHash: rulebook.hash,
    stageEnteredAt: now,
    openedAt: now,
    changedAt: now,
  });
  await appendLog(tx, cycle, { kind: 'opened', actor, at: now, details: { snapshot } });
  return cycle;
}

/**
 * Takes a cycle that was just drawn up into its first stage, which needs only somebody's decision.
 *
 * @throws DomainError `scheme.invalid` when the workflow wants more than that
 */
export async function enterFirstStage(
  deps: EngineDeps,
  tx: Tx,
  { actor, now }: Pick<CyclePlan, 'actor' | 'now'>,
  cycle: CycleRow,
): Promise<void> {
  const picture = await takePicture(deps, tx, cycle, now);
  const move = await moveCycle(deps, tx, actor, {
    picture,
    wish: { type: 'advance', to: null, note: null, decidedOn: dateInZone(now, picture.region.zone) },
  });
  if (move.kind === 'refused')
    throw new DomainError('scheme.invalid', { region: cycle.region, code: move.code });
}
