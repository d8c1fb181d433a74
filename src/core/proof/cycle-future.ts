import type { CycleEvent } from '../machines/workflow-schema.js';
import type { FindingCode } from './finding-code.js';
import type { GateProspect } from './gate-prospect.js';

/** One way on that the machine knows where the cycle stands. */
export interface ProspectiveWay {
  readonly type: CycleEvent;
  readonly to: string;
  /** Whether a living account may ask for it. */
  readonly hasMover: boolean;
  /** The gate before it; null: none. */
  readonly gate: { readonly id: string; readonly prospect: GateProspect } | null;
}

/** Everything on one live cycle that decides whether it can go on. Plain data; lists may be in any order. */
export interface CycleProspect {
  readonly definitions: 'installed' | 'unknown' | 'edited';
  /** Whether its workflow has the state in which it stands; says nothing while the definitions are not installed. */
  readonly isSnapshotValid: boolean;
  readonly ways: readonly ProspectiveWay[];
  /** Timers of its stage that wait; a reminder of a task moves nothing. */
  readonly timers: readonly { readonly isHeld: boolean }[];
  /** Tasks that wait for somebody; `isParked`: only once the cycle goes on. */
  readonly tasks: readonly { readonly isParked: boolean; readonly hasWorker: boolean }[];
  /** Sync points that are not released, at which its region has arrived. */
  readonly syncPoints: readonly { readonly id: string; readonly canHold: boolean }[];
}

/** Why one kind of way on is closed. */
export interface StuckCause {
  readonly code:
    | 'event.none'
    | 'event.nobody'
    | 'gate.shut-for-good'
    | 'timer.none'
    | 'timer.held'
    | 'task.none'
    | 'task.parked'
    | 'task.nobody'
    | 'sync-point.unreachable';
  /** What is meant, as a gate or a sync point; absent: all of the kind. */
  readonly subject?: string;
}

export type CycleFuture =
  | { readonly kind: 'future'; readonly by: 'event' | 'timer' | 'task' | 'sync-point' }
  | { readonly kind: 'stuck'; readonly code: FindingCode; readonly causes: readonly StuckCause[] };

/**
 * Events that lead on. To rest is no way on, and to withdraw gives the cycle up: both exist nearly always, so a proof
 * that counted them would prove nothing.
 */
const ONWARD: ReadonlySet<CycleEvent> = new Set(['advance', 'send-back', 'resume', 'close']);

/**
 * Whether a live cycle has a future: an enabled event (somebody living may ask for it, and its gate is open or can
 * still be opened), a timer that runs, a task with a living person, or a sync point that can still hold. If not, why:
 * one cause for each way that is closed.
 *
 * A cycle whose definitions are not here has no future that could be seen from here: its code says so, and nothing
 * else about it is judged.
 */
export function cycleFuture(prospect: CycleProspect): CycleFuture {
  const { definitions } = prospect;
  if (definitions === 'unknown') return { kind: 'stuck', code: 'cycle.unknown-version', causes: [] };
  if (definitions === 'edited') return { kind: 'stuck', code: 'cycle.definition-edited', causes: [] };
  if (!prospect.isSnapshotValid) return { kind: 'stuck', code: 'cycle.snapshot-invalid', causes: [] };

  const ways = prospect.ways.filter(({ type }) => ONWARD.has(type));
  if (ways.some(isEnabled)) return { kind: 'future', by: 'event' };
  if (prospect.timers.some(({ isHeld }) => !isHeld)) return { kind: 'future', by: 'timer' };
  if (prospect.tasks.some(({ isParked, hasWorker }) => !isParked && hasWorker)) {
    return { kind: 'future', by: 'task' };
  }
  if (prospect.syncPoints.some(({ canHold }) => canHold)) return { kind: 'future', by: 'sync-point' };
  return { kind: 'stuck', code: 'cycle.no-future', causes: [...eventCauses(ways), ...otherCauses(prospect)] };
}

function isEnabled({ hasMover, gate }: ProspectiveWay): boolean {
  return hasMover && (gate === null || gate.prospect !== 'shut');
}

function eventCauses(ways: readonly ProspectiveWay[]): readonly StuckCause[] {
  if (ways.length === 0) return [{ code: 'event.none' }];
  return ways.map(({ type, to, hasMover, gate }) =>
    !hasMover || gate === null
      ? { code: 'event.nobody', subject: `${type}:${to}` }
      : { code: 'gate.shut-for-good', subject: gate.id },
  );
}

function otherCauses({ timers, tasks, syncPoints }: CycleProspect): readonly StuckCause[] {
  return [
    { code: timers.length === 0 ? 'timer.none' : 'timer.held' },
    { code: taskCause(tasks) },
    ...syncPoints.map(({ id }): StuckCause => ({ code: 'sync-point.unreachable', subject: id })),
  ];
}

function taskCause(tasks: CycleProspect['tasks']): StuckCause['code'] {
  if (tasks.length === 0) return 'task.none';
  return tasks.every(({ isParked }) => isParked) ? 'task.parked' : 'task.nobody';
}
