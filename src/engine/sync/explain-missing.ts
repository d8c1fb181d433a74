import type { MissingFact, VerdictWord } from '../../core/gates/verdict.js';
import { SCOPE_MILESTONES } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import type { StakeholderRole } from '../../core/terms/role.js';
import { findCycle } from '../../store/cycle-store.js';
import type { SyncMemberRow, SyncPointRow } from '../../store/sync-store.js';
import type { SyncSubject } from '../../store/sync-subject-store.js';
import { listOpenTasks, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import { findWay } from '../cycles/find-way.js';
import type { EngineDeps } from '../engine-deps.js';
import { memberTruths } from './member-parts.js';

/** A fact that a member waits for, and the open task that provides it; null: nobody has been asked yet. */
export interface AwaitedFact {
  readonly fact: string;
  readonly labels: Labels | null;
  readonly owner: StakeholderRole;
  readonly reason: MissingFact['reason'];
  readonly task: {
    readonly id: string;
    readonly owner: StakeholderRole;
    readonly assignee: string | null;
    readonly openedAt: Instant;
    readonly dueOn: string | null;
  } | null;
}

/**
 * Why a member has not arrived. `fact`: the milestone is a fact that nobody has recorded; `gate`: its cycle has to move
 * on, and this is the gate before it (null: none stands there, somebody has to decide); `deed`: the region has to do
 * something in the activity or the call; `predicate`: it has arrived, but what the rule asks of its facts is not known
 * or not so.
 */
export interface MissingReason {
  readonly kind: 'fact' | 'gate' | 'deed' | 'predicate' | 'resting' | 'left' | 'no-cycle';
  readonly gate: {
    readonly id: string;
    /** The state behind it. */
    readonly to: string;
    readonly verdict: VerdictWord;
    readonly failing: readonly { readonly rule: string; readonly labels: Labels | null }[];
  } | null;
  readonly facts: readonly AwaitedFact[];
  /** Since when it is so: the oldest task of these facts, else the entry into the stage, else the last change. */
  readonly since: Instant;
}

/**
 * Why a member of a sync point is missing, by the same steps that would decide about its cycle now. Null: nothing is
 * missing.
 */
export async function explainMissing(
  deps: EngineDeps,
  tx: Tx,
  {
    point,
    member,
    subject,
    now,
  }: {
    readonly point: SyncPointRow;
    readonly member: SyncMemberRow;
    readonly subject: SyncSubject | undefined;
    readonly now: Instant;
  },
): Promise<MissingReason | null> {
  const bare = { gate: null, facts: [], since: member.since };
  if (member.state === 'left' || member.state === 'resting') return { kind: member.state, ...bare };
  const cycle = subject?.cycleId == null ? null : await findCycle(tx, subject.cycleId);
  if (subject === undefined || cycle === null) return { kind: 'no-cycle', ...bare };
  if (member.state === 'arrived') return explainPredicate(deps, tx, { point, subject, now, cycle });
  if (point.scopeKind !== 'scheme' && SCOPE_MILESTONES[point.scopeKind].includes(point.milestone)) {
    return { kind: 'deed', ...bare };
  }
  const picture = await takePicture(deps, tx, cycle, now);
  const tasks = await listOpenTasks(tx, cycle.id);
  const reachedBy = picture.workflow.milestones.get(point.milestone)?.reachedBy;
  if (reachedBy !== undefined && 'fact' in reachedBy) {
    const { fact } = reachedBy;
    const owner = picture.rulebook.catalogue.get(fact)?.owner ?? 'engine';
    const facts = [awaited(picture, tasks, { fact, owner, reason: 'missing' })];
    return { kind: 'fact', gate: null, facts, since: sinceOf(facts, cycle.stageEnteredAt) };
  }
  return explainWay(picture, tasks);
}

function explainWay(picture: CyclePicture, tasks: readonly TaskRow[]): MissingReason {
  const way = findWay(picture, 'advance', null);
  const verdict = way?.verdict ?? null;
  const facts = (verdict?.missing ?? []).map((one) => awaited(picture, tasks, one));
  const gate =
    way === null || verdict === null
      ? null
      : {
          id: verdict.gate,
          to: way.event.to,
          verdict: verdict.verdict,
          failing: verdict.failing.map((rule) => ({
            rule,
            labels: picture.rulebook.rules.get(rule)?.labels ?? null,
          })),
        };
  return { kind: 'gate', gate, facts, since: sinceOf(facts, picture.cycle.stageEnteredAt) };
}

async function explainPredicate(
  deps: EngineDeps,
  tx: Tx,
  {
    point,
    subject,
    now,
    cycle,
  }: {
    readonly point: SyncPointRow;
    readonly subject: SyncSubject;
    readonly now: Instant;
    readonly cycle: CyclePicture['cycle'];
  },
): Promise<MissingReason | null> {
  const { truths, missing } = await memberTruths(deps, tx, point, { subject, now });
  if (truths.every((truth) => truth === true)) return null;
  const picture = await takePicture(deps, tx, cycle, now);
  const tasks = await listOpenTasks(tx, cycle.id);
  const facts = missing.map((fact) => {
    const owner = picture.rulebook.catalogue.get(fact)?.owner ?? 'engine';
    return awaited(picture, tasks, { fact, owner, reason: 'missing' });
  });
  return { kind: 'predicate', gate: null, facts, since: sinceOf(facts, cycle.changedAt) };
}

function awaited(
  { rulebook }: CyclePicture,
  tasks: readonly TaskRow[],
  { fact, owner, reason }: MissingFact,
): AwaitedFact {
  const task = tasks.find(({ facts }) => facts.includes(fact));
  return {
    fact,
    labels: rulebook.catalogue.get(fact)?.labels ?? null,
    owner,
    reason,
    task:
      task === undefined
        ? null
        : {
            id: task.id,
            owner: task.owner,
            assignee: task.assignee ?? null,
            openedAt: task.openedAt,
            dueOn: task.dueOn ?? null,
          },
  };
}

function sinceOf(facts: readonly AwaitedFact[], otherwise: Instant): Instant {
  const opened = facts.flatMap(({ task }) => (task === null ? [] : [task.openedAt])).toSorted();
  return opened[0] ?? otherwise;
}
