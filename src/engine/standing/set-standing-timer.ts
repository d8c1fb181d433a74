import { fromDayNumber, toDayNumber } from '../../core/calendar/calendar-date.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import { standingRules } from '../../core/gates/standing-lapses.js';
import { addStandingTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';

/** The time of day, in the region's zone, at which what depends on the day is looked at again. */
export const MORNING = '06:00';

/** Sets the check of the next morning, if a rule must stand in the cycle's stage and none is set yet. */
export async function setStandingTimer(deps: EngineDeps, tx: Tx, picture: CyclePicture): Promise<void> {
  const { cycle, rulebook, region, today } = picture;
  const isLiving = cycle.status === 'active' || cycle.status === 'suspended';
  if (!isLiving || standingRules(rulebook, cycle.stage).length === 0) return;
  const tomorrow = fromDayNumber(toDayNumber(today) + 1);
  await addStandingTimer(tx, {
    id: deps.newId(),
    cycleId: cycle.id,
    dueAt: instantAt(tomorrow, MORNING, region.zone),
  });
}
