import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Verdict } from '../../core/gates/verdict.js';
import type { PossibleEvent } from '../../core/machines/possible-events.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import type { CycleEvent } from '../../core/machines/workflow-schema.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { takePicture } from './cycle-picture.js';
import { cycleView, type CycleView } from './cycle-view.js';
import { moveCycle, type TransitionRecord } from './move-cycle.js';

/** What every wish to move a cycle carries. */
export interface MoveCommand extends CommandContext {
  readonly cycleId: string;
  /** Why; null when nothing was said. */
  readonly note: string | null;
  /** The day of the decision in the world; null: today. */
  readonly decidedOn: CalendarDate | null;
}

/** The decision on a wish: moved, or refused with the reasons. Both are normal answers, and both are logged. */
export type Decision = {
  /** By which it was decided; the cycle may have been pinned to another one since. */
  readonly rulebook: PinnedDefinition;
} & (
  | {
      readonly kind: 'moved';
      readonly cycle: CycleView;
      readonly transition: TransitionRecord;
      readonly verdict: Verdict | null;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'gate.refused';
      readonly cycle: CycleView;
      /** Where the step would have led. */
      readonly to: string;
      readonly verdict: Verdict;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'event.not-possible';
      readonly cycle: CycleView;
      readonly possible: readonly PossibleEvent[];
    }
);

/**
 * One wish, one transaction, one decision: the common path of all verbs that move a cycle. Only coordinators
 * move cycles.
 *
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`, `version.stale`, `event.target-unknown`,
 *   `date.in-the-future`, `idempotency.key-reused`
 */
export async function decideMove(
  deps: EngineDeps,
  command: MoveCommand,
  wish: { readonly type: CycleEvent; readonly to: string | null },
): Promise<Decision> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now): Promise<Decision> => {
    const cycle = await getCycleForChange(tx, command.actor, command.cycleId, command.expectedVersion);
    const picture = await takePicture(deps, tx, cycle, now);
    const move = await moveCycle(deps, tx, command.actor, {
      picture,
      wish: { ...wish, note: command.note, decidedOn: command.decidedOn },
    });
    const { id, version, hash } = picture.rulebook;
    return { ...move, cycle: cycleView(cycle), rulebook: { id, version, hash } };
  });
}
