import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { agreeingVerdict } from '../../core/gates/agreeing-verdict.js';
import type { Verdict } from '../../core/gates/verdict.js';
import { applyEvent } from '../../core/machines/advance.js';
import { possibleEvents, type PossibleEvent } from '../../core/machines/possible-events.js';
import { statusOf } from '../../core/machines/cycle-snapshot.js';
import type { StepEvent } from '../../core/machines/workflow-schema.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { changeCycle, type CycleRow } from '../../store/cycle-store.js';
import { addIncident } from '../../store/incident-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { recordDecision } from '../decisions/record-decision.js';
import { watchStage } from '../standing/watch-stage.js';
import { openActionTasks } from '../tasks/open-action-tasks.js';
import { openFactTasks } from '../tasks/open-fact-tasks.js';
import { carryOutEffects } from './carry-out-effects.js';
import type { CyclePicture } from './cycle-picture.js';
import { endCycleWork } from './end-cycle-work.js';
import { findWay, isOpen, type Way } from './find-way.js';
import { pinForStage } from './pin-for-stage.js';
import { restCycle } from './rest-cycle.js';
import { wakeCycle } from './wake-cycle.js';

/** The wish to move a cycle, as a person expresses it, or a timer that is due. */
export interface MoveWish {
  readonly type: StepEvent;
  /** The target; null leaves the choice to the gates (see `findWay`). */
  readonly to: string | null;
  /** Why; for the log and the notices. Null when nothing was said. */
  readonly note: string | null;
  /** The day on which the region or the scheme took the decision, if not today; null: today. */
  readonly decidedOn: CalendarDate | null;
}

/** The step that was taken, as the log keeps it. */
export interface TransitionRecord {
  readonly sequence: number;
  readonly event: StepEvent;
  readonly from: string;
  readonly to: string;
  readonly number: number;
}

export type Move =
  | {
      readonly kind: 'moved';
      readonly cycle: CycleRow;
      readonly transition: TransitionRecord;
      /** Null for a step without a gate. */
      readonly verdict: Verdict | null;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'gate.refused';
      readonly cycle: CycleRow;
      /** Where the step would have led. */
      readonly to: string;
      readonly verdict: Verdict;
    }
  | {
      readonly kind: 'refused';
      readonly code: 'event.not-possible';
      readonly cycle: CycleRow;
      readonly possible: readonly PossibleEvent[];
    };

/**
 * Decides on one wish about a cycle that this transaction has locked, and writes the decision: step or refusal
 * into the log, state, tasks, timers and effects. A refusal is a normal answer. A gate opens only if both
 * evaluators say so; if they differ it stays shut, and an incident is raised.
 *
 * @throws DomainError `date.in-the-future` for a decision that has not been taken yet
 */
export async function moveCycle(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  request: { readonly picture: CyclePicture; readonly wish: MoveWish },
): Promise<Move> {
  const { picture, wish } = request;
  if (wish.decidedOn !== null && wish.decidedOn > picture.today) {
    throw new DomainError('date.in-the-future', {
      pointer: '/decidedOn',
      date: wish.decidedOn,
      today: picture.today,
    });
  }
  const way = findWay(picture, wish.type, wish.to);
  if (way === null) return refuseEvent(tx, actor, picture, wish);
  if (!isOpen(way)) return refuseGate(deps, tx, actor, { picture, wish, way });
  if (!(await bothAgree(deps, tx, picture, way))) return refuseGate(deps, tx, actor, { picture, wish, way });
  return takeWay(deps, tx, actor, { picture, wish, way });
}

interface Choice {
  readonly picture: CyclePicture;
  readonly wish: MoveWish;
  readonly way: Way;
}

async function bothAgree(deps: EngineDeps, tx: Tx, picture: CyclePicture, way: Way): Promise<boolean> {
  if (way.verdict === null) return true;
  const second = await agreeingVerdict(
    { rulebook: picture.rulebook, gate: way.verdict.gate, context: picture.context },
    way.verdict,
  );
  if (second.agreed) return true;
  addIncident(tx, {
    id: deps.newId(),
    kind: 'evaluators.disagree',
    cycleId: picture.cycle.id,
    details: { gate: way.verdict.gate, differences: second.differences },
    raisedAt: picture.now,
  });
  return false;
}

async function refuseEvent(tx: Tx, actor: Actor, picture: CyclePicture, wish: MoveWish): Promise<Move> {
  const possible = possibleEvents(picture.workflow, picture.snapshot);
  await appendLog(tx, picture.cycle, {
    kind: 'refusal',
    actor,
    at: picture.now,
    details: { ...wish, code: 'event.not-possible', possible },
  });
  return { kind: 'refused', code: 'event.not-possible', cycle: picture.cycle, possible };
}

async function refuseGate(deps: EngineDeps, tx: Tx, actor: Actor, choice: Choice): Promise<Move> {
  const { picture, wish, way } = choice;
  if (way.verdict === null) throw new DomainError('gate.none', { to: way.event.to });
  await recordDecision(deps, tx, actor, {
    picture,
    way,
    outcome: 'refused',
    details: { ...wish, to: way.event.to, code: 'gate.refused' },
  });
  await openFactTasks(deps, tx, picture, way.verdict);
  return {
    kind: 'refused',
    code: 'gate.refused',
    cycle: picture.cycle,
    to: way.event.to,
    verdict: way.verdict,
  };
}

async function takeWay(deps: EngineDeps, tx: Tx, actor: Actor, choice: Choice): Promise<Move> {
  const { picture, wish, way } = choice;
  const { cycle, workflow } = picture;
  const advanced = applyEvent(workflow, picture.snapshot, {
    type: wish.type,
    to: way.event.to,
    opens: isOpen(way),
  });
  // `findWay` has asked the same machine: a refusal here would be a fault of the program, not of the wish.
  if (advanced.kind === 'refused') throw new DomainError(advanced.code, { possible: advanced.possible });

  await changeCycle(tx, cycle, {
    snapshot: advanced.snapshot,
    stage: advanced.to,
    status: statusOf(workflow, advanced.snapshot),
    number: advanced.number,
    stageEnteredAt: advanced.from === advanced.to ? cycle.stageEnteredAt : picture.now,
    changedAt: picture.now,
  });
  const { from, to, number, snapshot } = advanced;
  const details = { ...wish, from, to, number, snapshot };
  const sequence =
    way.verdict === null
      ? await appendLog(tx, cycle, {
          kind: 'transition',
          actor,
          at: picture.now,
          details: { ...details, verdict: null },
        })
      : await recordDecision(deps, tx, actor, { picture, way, outcome: 'moved', details });
  if (way.verdict !== null) await openActionTasks(deps, tx, picture, way.verdict);
  await carryOutEffects(deps, tx, { picture, actor, advanced, note: wish.note });
  await followStatus(deps, tx, { picture, actor }, wish);
  // After the step is in the log: it was decided by the version that the cycle had until now.
  if (advanced.from !== advanced.to) await pinForStage(deps, tx, actor, picture);
  await watchStage(deps, tx, { picture, from, to });
  return {
    kind: 'moved',
    cycle,
    verdict: way.verdict,
    transition: { sequence, event: wish.type, from, to, number },
  };
}

/** What a rest, its end and the end of the cycle do to everything that waits for people or for time. */
async function followStatus(
  deps: EngineDeps,
  tx: Tx,
  step: { readonly picture: CyclePicture; readonly actor: Actor },
  wish: MoveWish,
): Promise<void> {
  const { status } = step.picture.cycle;
  if (wish.type === 'suspend') await restCycle(deps, tx, step);
  else if (wish.type === 'resume') await wakeCycle(deps, tx, step);
  else if (status === 'withdrawn' || status === 'closed') await endCycleWork(deps, tx, step);
}
