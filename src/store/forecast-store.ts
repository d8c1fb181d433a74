import { instantFromMs, type Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** A cycle left one state for another; the first one leads out of the draft. */
export interface StageMove {
  readonly cycleId: string;
  readonly at: Instant;
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** A cycle whose moves are history, and by what it goes. */
export interface MovedCycle {
  readonly id: string;
  readonly scheme: string;
  readonly region: string;
  readonly subject: string;
  readonly workflowId: string;
}

/** A task of a procedure: when it was opened, and when it was done. */
export interface TaskSpan {
  readonly cycleId: string;
  readonly stage: string;
  readonly reference: string;
  readonly openedAt: Instant;
  /** Null: not done by then. */
  readonly doneAt: Instant | null;
}

/** Every cycle that goes by one of these workflows, in whatever scheme, opened by `until`; by id. */
export async function listMovedCycles(
  tx: Tx,
  workflowIds: readonly string[],
  until: Instant,
): Promise<readonly MovedCycle[]> {
  if (workflowIds.length === 0) return [];
  return tx.execute<MovedCycle[]>(
    `select id, scheme, region, subject, workflow_id as "workflowId" from cycles
     where workflow_id in (?) and opened_at <= ? order by id`,
    [[...workflowIds], until],
  );
}

/** The moves of these workflows' cycles up to `until`, cycle by cycle in order; what was reverted by then is left out. */
export async function listStageMoves(
  tx: Tx,
  workflowIds: readonly string[],
  until: Instant,
): Promise<readonly StageMove[]> {
  if (workflowIds.length === 0) return [];
  const rows = await tx.execute<(Omit<StageMove, 'at'> & { readonly at: string | Date })[]>(
    `select l.cycle_id as "cycleId", l.at, l.details->>'type' as type, l.details->>'from' as "from",
       l.details->>'to' as "to"
     from log_entries l join cycles c on c.id = l.cycle_id
     where l.kind = 'transition' and l.details->>'from' <> l.details->>'to'
       and c.workflow_id in (?) and l.at <= ?
       and not exists (
         select 1 from cycle_changes r
           join cycle_changes u on u.cycle_id = r.cycle_id and u.sequence = r.reverts
         where r.cycle_id = l.cycle_id and r.at <= ? and l.sequence between u.first_sequence and u.sequence)
     order by l.cycle_id, l.sequence`,
    [[...workflowIds], until, until],
  );
  return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
}

/** The tasks of these sub-steps in the cycles of these workflows, opened by `until`, the oldest first. */
export async function listTaskSpans(
  tx: Tx,
  of: { readonly workflowIds: readonly string[]; readonly references: readonly string[] },
  until: Instant,
): Promise<readonly TaskSpan[]> {
  if (of.workflowIds.length === 0 || of.references.length === 0) return [];
  const rows = await tx.execute<
    (Omit<TaskSpan, 'openedAt' | 'doneAt'> & {
      readonly openedAt: string | Date;
      readonly endedAt: string | Date | null;
    })[]
  >(
    `select t.cycle_id as "cycleId", t.stage, t.reference, t.opened_at as "openedAt",
       case when t.status = 'done' then t.ended_at end as "endedAt"
     from tasks t join cycles c on c.id = t.cycle_id
     where t.kind = 'sub-step' and t.reference in (?) and c.workflow_id in (?) and t.opened_at <= ?
       and t.status not in ('cancelled', 'skipped')
     order by t.opened_at, t.id`,
    [[...of.references], [...of.workflowIds], until],
  );
  return rows.map(({ openedAt, endedAt, ...task }) => {
    const doneAt = endedAt === null ? null : instantOf(endedAt);
    return {
      ...task,
      openedAt: instantOf(openedAt),
      doneAt: doneAt !== null && doneAt <= until ? doneAt : null,
    };
  });
}

/** When a region first reached a milestone in any of its cycles, by `until`. */
export interface MilestoneArrival {
  readonly region: string;
  readonly milestone: string;
  readonly at: Instant;
}

/** What the regions of a scheme have reached by `until`, by milestone and region. */
export async function listArrivals(
  tx: Tx,
  scheme: string,
  until: Instant,
): Promise<readonly MilestoneArrival[]> {
  const rows = await tx.execute<{ region: string; milestone: string; at: string | Date }[]>(
    `select c.region, m.milestone, min(m.reached_at) as at from milestones m join cycles c on c.id = m.cycle_id
     where c.scheme = ? and c.subject = 'region' and m.reached_at <= ? group by 1, 2 order by 2, 1`,
    [scheme, until],
  );
  return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
}

function instantOf(value: string | Date): Instant {
  return instantFromMs(new Date(value).getTime());
}

/** The record of an activity or a call, and the cycle that is its run. */
export interface JointKey {
  readonly kind: 'activity' | 'call';
  readonly key: string;
  readonly cycleId: string;
}

/** The activities and calls of a scheme, by kind and key. */
export async function listJointKeys(tx: Tx, scheme: string): Promise<readonly JointKey[]> {
  return tx.execute<JointKey[]>(
    `select 'activity' as kind, key, cycle_id as "cycleId" from activities where scheme = ?
     union all select 'call', key, cycle_id from calls where scheme = ? order by 1, 2`,
    [scheme, scheme],
  );
}

/** How long a region took to arrive at a sync point of an activity or a call. */
export interface ScopeArrival {
  readonly scheme: string;
  readonly region: string;
  readonly milestone: string;
  readonly placedAt: Instant;
  readonly arrivedAt: Instant;
}

/** Every arrival at a sync point of an activity or a call, in whatever scheme, by `until`. */
export async function listScopeArrivals(tx: Tx, until: Instant): Promise<readonly ScopeArrival[]> {
  const rows = await tx.execute<
    (Omit<ScopeArrival, 'placedAt' | 'arrivedAt'> & { placed: string | Date; arrived: string | Date })[]
  >(
    `select m.scheme, m.region, p.milestone, p.placed_at as placed, m.since as arrived
     from sync_members m join sync_points p on p.scheme = m.scheme and p.id = m.sync_point
     where p.scope_kind <> 'scheme' and m.state = 'arrived' and p.placed_at is not null and m.since <= ?
     order by m.scheme, p.id, m.region`,
    [until],
  );
  return rows.map(({ placed, arrived, ...row }) => ({
    ...row,
    placedAt: instantOf(placed),
    arrivedAt: instantOf(arrived),
  }));
}
