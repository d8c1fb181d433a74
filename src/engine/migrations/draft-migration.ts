import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { stageOf, statusOf } from '../../core/machines/cycle-snapshot.js';
import type { MappingDefinition } from '../../core/machines/mapping-schema.js';
import { planMigration, type MovablePlan } from '../../core/machines/plan-migration.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { lastSuspendedAt } from '../../store/suspension-store.js';
import { listSyncMembers, listSyncPoints } from '../../store/sync-store.js';
import { listOpenTasks, type TaskRow } from '../../store/task-store.js';
import { listWaitingTimers, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import type { MigrationWish } from './migration-wish.js';

/** What a migration would do to one cycle, with everything that it was worked out from. */
export interface MigrationDraft {
  readonly from: Workflow;
  readonly to: Workflow;
  readonly mapping: MappingDefinition;
  readonly plan: MovablePlan;
  /** Those that wait, of every kind. */
  readonly tasks: readonly TaskRow[];
  /** Of the workflow's stages alone. */
  readonly timers: readonly TimerRow[];
  readonly before: CyclePicture;
  /** From which day new tasks are due: today, or the day on which the rest of the cycle began. */
  readonly countedFrom: CalendarDate;
  /** As the cycle will stand: its row with the new version, stage and snapshot. */
  readonly after: CyclePicture;
}

/**
 * Works out what becomes of a living cycle in another version of its workflow. Writes nothing.
 *
 * @throws DomainError `cycle.ended`; `definition.not-found` and `definition.hash-mismatch` for a version that this
 *   program does not have as the cycle is pinned to it; `migration.not-found` without a mapping; and with the reason
 *   why it cannot move: `migration.not-possible`, `rulebook.not-for-workflow`
 */
export async function draftMigration(
  deps: EngineDeps,
  tx: Tx,
  { cycle, wish, now }: { readonly cycle: CycleRow; readonly wish: MigrationWish; readonly now: Instant },
): Promise<MigrationDraft> {
  if (cycle.status !== 'active' && cycle.status !== 'suspended') {
    throw new DomainError('cycle.ended', { cycle: cycle.id, status: cycle.status });
  }
  const { from, to, mapping } = passageOf(deps, cycle, wish);
  const tasks = await listOpenTasks(tx, cycle.id);
  const timers = (await listWaitingTimers(tx, cycle.id)).filter(({ name }) => (name ?? null) !== null);
  const plan = planOrRefuse(from, to, mapping, { cycle, tasks, timers });
  const before = await takePicture(deps, tx, cycle, now);
  const faults = judgePairing(to, before.rulebook);
  if (faults.length > 0) {
    const reason = faults.map(({ message }) => message).join('; ');
    throw new DomainError('rulebook.not-for-workflow', { reason, version: cycle.rulebookVersion });
  }
  await requireMilestones(tx, cycle, to);
  const after = await takePicture(deps, tx, movedRow(cycle, to, plan), now);
  const restedSince = cycle.status === 'suspended' ? await lastSuspendedAt(tx, cycle.id) : null;
  const countedFrom = dateInZone(restedSince ?? now, after.region.zone);
  return { from, to, mapping, plan, tasks, timers, before, after, countedFrom };
}

function passageOf(
  deps: EngineDeps,
  cycle: CycleRow,
  wish: MigrationWish,
): Pick<MigrationDraft, 'from' | 'to' | 'mapping'> {
  const { workflowId: id, workflowVersion: version, workflowHash: hash } = cycle;
  const from = deps.catalog.workflow({ id, version, hash });
  const to = deps.catalog.workflow({ id: wish.workflow, version: wish.toVersion });
  const mapping = deps.catalog.mapping(from, to);
  if (mapping === null) {
    const reason = `No mapping leads from ${from.id} ${from.version} to ${to.id} ${to.version}.`;
    throw new DomainError('migration.not-found', { reason, from: from.version, to: to.version });
  }
  return { from, to, mapping };
}

function planOrRefuse(
  from: Workflow,
  to: Workflow,
  mapping: MappingDefinition,
  rows: {
    readonly cycle: CycleRow;
    readonly tasks: readonly TaskRow[];
    readonly timers: readonly TimerRow[];
  },
): MovablePlan {
  const plan = planMigration({
    from,
    to,
    mapping,
    image: {
      snapshot: rows.cycle.snapshot,
      tasks: rows.tasks.map(({ id, reference, kind, stage }) => ({ id, reference, kind, stage })),
      timers: rows.timers.flatMap(({ id, stage, name }) => {
        return typeof stage === 'string' && typeof name === 'string' ? [{ id, stage, name }] : [];
      }),
    },
  });
  if (plan.kind === 'movable') return plan;
  const { code, words } = plan.reason;
  throw new DomainError('migration.not-possible', { reason: words, cause: code, mapping: plan.pointer });
}

/** A sync point that waits for this region at a milestone that no longer exists would wait for ever. */
async function requireMilestones(tx: Tx, { scheme, region }: CycleRow, to: Workflow): Promise<void> {
  for (const { id, milestone, releasedAt } of await listSyncPoints(tx, scheme)) {
    if ((releasedAt ?? null) !== null || to.milestones.has(milestone)) continue;
    const member = (await listSyncMembers(tx, scheme, id)).find((one) => one.region === region);
    if (member?.state !== 'waiting' && member?.state !== 'resting') continue;
    const reason = `Sync point ${id} waits for the milestone ${milestone}, which ${to.id} ${to.version} does not have.`;
    throw new DomainError('migration.not-possible', { reason, cause: 'milestone.lost', syncPoint: id });
  }
}

function movedRow(cycle: CycleRow, to: Workflow, { snapshot }: MovablePlan): CycleRow {
  return {
    ...cycle,
    workflowVersion: to.version,
    workflowHash: to.hash,
    snapshot,
    stage: stageOf(snapshot),
    status: statusOf(to, snapshot),
    number: snapshot.context.number,
  };
}
