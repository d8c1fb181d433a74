import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Advanced } from '../../core/machines/advance.js';
import type { CycleEffect } from '../../core/machines/cycle-effect.js';
import type { Actor } from '../../core/terms/actor.js';
import type { NoticeParam } from '../../core/terms/effect.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { recordMilestones } from '../sync/record-milestones.js';
import { closeStageTasks } from '../tasks/close-stage-tasks.js';
import { openStageTasks } from '../tasks/open-stage-tasks.js';
import { clearStageTimers } from '../timers/clear-stage-timers.js';
import { setStageTimers } from '../timers/set-stage-timers.js';
import type { CyclePicture } from './cycle-picture.js';
import { jointName, jointRegions } from './joint-name.js';
import { cancelJointPoints, placeJointPoints } from './joint-points.js';

/** A step that has been decided, and who decided it. */
export interface DecidedStep {
  /** The cycle as it stood before the step; its row already carries the new state. */
  readonly picture: CyclePicture;
  readonly actor: Actor;
  /** `from` and `to` are the same where no state was entered. */
  readonly advanced: Pick<Advanced, 'from' | 'to' | 'number' | 'effects'>;
  readonly note: string | null;
}

/** Does what the machine asked for, in its order: tasks and timers at once, everything else through the outbox. */
export async function carryOutEffects(deps: EngineDeps, tx: Tx, step: DecidedStep): Promise<void> {
  for (const effect of step.advanced.effects) await carryOut(deps, tx, step, effect);
  if (step.advanced.from !== step.advanced.to) {
    await recordMilestones(deps, tx, step.picture, { enteredState: step.advanced.to });
  }
}

async function carryOut(deps: EngineDeps, tx: Tx, step: DecidedStep, effect: CycleEffect): Promise<void> {
  const { picture, actor } = step;
  switch (effect.type) {
    case 'open-tasks':
      return openStageTasks(deps, tx, picture, effect.stage);
    case 'close-tasks':
      return closeStageTasks(tx, picture, actor, effect.stage);
    case 'set-timers':
      return setStageTimers(deps, tx, picture, { stage: effect.stage });
    case 'clear-timers':
      return clearStageTimers(tx, picture, effect.stage);
    case 'place-sync-points':
      return placeJointPoints(deps, tx, step);
    case 'leave-sync-points':
      if (picture.cycle.subject !== 'region') return cancelJointPoints(deps, tx, step);
      return recordEffect(
        deps,
        tx,
        {
          type: 'sync-leave',
          scheme: picture.cycle.scheme,
          region: picture.cycle.region,
          cycleId: picture.cycle.id,
        },
        picture.now,
      );
    case 'notify':
      return tellOfStep(deps, tx, step, effect);
  }
}

/** Tells whom the machine names: those of the region, of what is joint those of every region that takes part. */
async function tellOfStep(
  deps: EngineDeps,
  tx: Tx,
  step: DecidedStep,
  effect: Extract<CycleEffect, { type: 'notify' }>,
): Promise<void> {
  const { cycle, now } = step.picture;
  const notice = {
    type: 'notify',
    scheme: cycle.scheme,
    cycleId: cycle.id,
    template: effect.template,
    params: { ...noticeParams(step), ...(await jointName(tx, cycle)) },
  } as const;
  const regions = effect.audience.includes('authority') ? await jointRegions(tx, cycle) : [cycle.region];
  const [first = cycle.region, ...others] = regions;
  await recordEffect(deps, tx, { ...notice, region: first, audience: [...effect.audience] }, now);
  for (const region of others) {
    await recordEffect(deps, tx, { ...notice, region, audience: ['authority'] }, now);
  }
}

/** What every notice about a step may name; a template takes what it needs. */
function noticeParams(step: DecidedStep): Record<string, NoticeParam> {
  const { picture, advanced, actor, note } = step;
  const labelOf = (state: string): NoticeParam => picture.workflow.states.get(state)?.labels ?? state;
  return {
    region: picture.region.name,
    stage: labelOf(advanced.to),
    from: labelOf(advanced.from),
    to: labelOf(advanced.to),
    number: advanced.number,
    tasks: picture.workflow.tasks.get(advanced.to)?.length ?? 0,
    by: actor.name,
    date: { date: picture.today },
    enteredOn: { date: dateInZone(picture.cycle.stageEnteredAt, picture.region.zone) },
    note: note ?? '',
  };
}
