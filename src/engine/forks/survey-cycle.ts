import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { gateHorizon, HORIZON_YEARS } from '../../core/gates/gate-horizon.js';
import { possibleSteps } from '../../core/machines/possible-events.js';
import type { Verdict } from '../../core/gates/verdict.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { findWay, isOpen } from '../cycles/find-way.js';

/** How the next step of a cycle stands on one day. */
export interface Survey {
  /** Where it can go at once; null: nowhere. */
  readonly to: string | null;
  /** The first day on which a gate that is shut opens if no fact changes; null: none does. */
  readonly opensOn: CalendarDate | null;
  /** Of the gate before its next step; null: none stands there. */
  readonly verdict: Verdict | null;
  /** Where that gate leads; null: there is none. */
  readonly leadsTo: string | null;
}

const NOWHERE: Survey = { to: null, opensOn: null, verdict: null, leadsTo: null };

/**
 * Looks at the next step of a cycle, as an advance without a target would. A step without a gate needs somebody's
 * decision, which no play can know: it is not taken.
 */
export function surveyCycle(picture: CyclePicture): Survey {
  if (picture.cycle.status !== 'active') return NOWHERE;
  const way = findWay(picture, 'advance', null);
  if (way === null || way.verdict === null) return NOWHERE;
  const { verdict, event } = way;
  if (isOpen(way)) return { to: event.to, opensOn: null, verdict, leadsTo: event.to };
  const { rulebook, context, waivers } = picture;
  const days = possibleSteps(picture.workflow, picture.snapshot).flatMap(({ type, gate }) => {
    if (type !== 'advance' || gate === null) return [];
    return gateHorizon({ rulebook, gate, context, waivers, years: HORIZON_YEARS }).turnsOn ?? [];
  });
  return { to: null, opensOn: days.toSorted()[0] ?? null, verdict, leadsTo: event.to };
}
