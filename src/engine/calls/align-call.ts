import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { alignCalendars, type Alignment } from '../../core/calls/alignment.js';
import type { CallConstraints, RegionConstraints } from '../../core/calls/alignment-constraints.js';
import type { CallRules } from '../../core/calls/call-rules.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listCallRegions, type CallRegionRow, type CallRow } from '../../store/call-store.js';
import { findCycle } from '../../store/cycle-store.js';
import { findScheme } from '../../store/scheme-store.js';
import { requireRole } from '../access/require-role.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { isIn } from './call-parts.js';
import { callRulesOf } from './call-rules-of.js';
import { getCall, type CallRef } from './find-call.js';
import { CALL_READERS } from './read-call.js';

/** The dates that suit the regions of a call, or what is in the way of them. */
export interface CallAlignment {
  readonly scheme: string;
  readonly key: string;
  /** The days between which dates were looked for. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly regions: readonly string[];
  readonly alignment: Alignment;
}

/**
 * Looks for the dates of a call that suit all its regions: opening, deadlines, ranking, decisions and common start. It
 * takes each region's holidays with the closures in force, its blackouts, decision days, budget years and least times,
 * and the rules of the call's rulebook. Reads only; nothing is set.
 *
 * @throws DomainError `auth.role-forbidden`, `call.not-found`; `call.invalid` for a call without regions or with
 *   constraints that cannot be worked with; `calendar.out-of-range` where a calendar does not cover the days
 */
export async function alignCall(
  deps: EngineDeps,
  query: CallRef & { readonly actor: Actor },
): Promise<CallAlignment> {
  requireRole(query.actor, CALL_READERS);
  const { call, constraints } = await deps.database.read(async (tx) => {
    const found = await getCall(tx, query);
    const cycle = await findCycle(tx, found.cycleId);
    const scheme = await findScheme(tx, found.scheme);
    if (cycle === null || scheme === null) throw new DomainError('call.not-found', { ...query });
    const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    const parts = (await listCallRegions(tx, found)).filter(isIn);
    return {
      call: { ...found },
      constraints: constraintsOf(found, parts, picture, scheme.endsOn),
    };
  });
  // Outside of the transaction: a search may take seconds.
  return {
    scheme: call.scheme,
    key: call.key,
    from: constraints.earliestDay.on,
    to: constraints.lastDay.on,
    regions: constraints.regions.map(({ region }) => region),
    alignment: align(constraints),
  };
}

function align(constraints: CallConstraints): Alignment {
  try {
    return alignCalendars(constraints);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'definition.invalid') throw error;
    const what = String(error.details.what ?? error.details.reason);
    throw new DomainError('call.invalid', { reason: `Dates cannot be looked for: ${what}.` });
  }
}

function constraintsOf(
  call: CallRow,
  parts: readonly CallRegionRow[],
  picture: CyclePicture,
  endsOn: CalendarDate,
): CallConstraints {
  const { frame } = call;
  const rules = callRulesOf(picture.rulebook);
  const today = dateInZone(picture.now, call.zone);
  const office = frame.calendar ?? picture.region.calendar;
  const earliestDay = frame.earliestDay ?? { on: call.textFinalOn ?? today, leeway: null };
  const lastDay = frame.lastDay ?? { on: endsOn, leeway: null };
  if (lastDay.on < earliestDay.on) {
    const reason = `The last day on which projects may start, ${lastDay.on}, is over; set another one.`;
    throw new DomainError('call.invalid', { pointer: '/frame/lastDay', reason });
  }
  return {
    rules,
    ruleLeeways: Object.fromEntries(
      Object.entries(frame.ruleLeeways).filter(([, leeway]) => leeway !== undefined),
    ),
    earliestDay,
    lastDay,
    evaluationDays: frame.evaluationDays,
    secretariat: { calendar: picture.calendars(office), blackouts: frame.blackouts },
    regions: parts.flatMap((part) => {
      const region = picture.regions.find(({ nuts }) => nuts === part.region);
      return region === undefined ? [] : [regionConstraints(part, picture.calendars(region.calendar), rules)];
    }),
  };
}

function regionConstraints(
  { region, constraints }: CallRegionRow,
  calendar: RegionConstraints['calendar'],
  rules: CallRules,
): RegionConstraints {
  return {
    region,
    calendar,
    blackouts: constraints.blackouts,
    noticeDays: constraints.noticeDays ?? { days: 0, leeway: null },
    openDays: constraints.openDays ?? { days: 0, leeway: null },
    localLead: constraints.localLead ?? {
      least: { days: 0, leeway: null },
      most: { days: rules.localLeadDays, leeway: null },
    },
    meetings: constraints.meetings,
    decisionDays: constraints.decisionDays,
    budgetYears: constraints.budgetYears,
  };
}
