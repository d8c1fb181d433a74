import { addMonths } from '../../core/calendar/calendar-months.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { driftOn, driftOverTime, type Drift, type DriftQuestion } from '../../core/forecast/drift.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { listArrivals } from '../../store/forecast-store.js';
import { findScheme, listRegions } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { requirePast } from '../history/require-past.js';

/** Days on which drift is looked at again, at most: ten years, month by month. */
export const DRIFT_DAYS_MAX = 120;

/** How far ahead of the others each region is, at each milestone. */
export interface SchemeDrift {
  readonly scheme: string;
  readonly at: Instant;
  readonly asOf: CalendarDate;
  readonly milestones: readonly { readonly milestone: string; readonly labels: Labels }[];
  /** On the day itself: every region at every milestone. */
  readonly drifts: readonly Drift[];
  /** Month by month from the beginning of the scheme to the day itself; only what could be measured by then. */
  readonly overTime: readonly { readonly asOf: CalendarDate; readonly drifts: readonly Drift[] }[];
}

/**
 * How many days each region of a scheme is ahead of the others or behind them, per milestone and over time, as one could
 * know at `at`.
 *
 * @param query.at null: now
 * @throws DomainError `scheme.not-found`, `date.in-the-future`
 */
export async function readDrift(
  deps: EngineDeps,
  query: { readonly scheme: string; readonly at: Instant | null },
): Promise<SchemeDrift> {
  return deps.database.read(async (tx) => {
    const now = await deps.clock.now(tx);
    const at = query.at ?? now;
    requirePast(at, now);
    const scheme = await findScheme(tx, query.scheme);
    if (scheme === null) throw new DomainError('scheme.not-found', { scheme: query.scheme });
    const regions = await listRegions(tx, scheme.id);
    const zoneOf = new Map(regions.map(({ nuts, zone }) => [nuts, zone]));
    const milestones = await milestonesOf(deps, tx, scheme.id);
    const arrivals = await listArrivals(tx, scheme.id, at);
    const question: DriftQuestion = {
      regions: regions.map(({ nuts }) => nuts),
      milestones: milestones.map(({ milestone }) => milestone),
      arrivals: arrivals.map(({ region, milestone, at: reachedAt }) => ({
        region,
        milestone,
        on: dateInZone(reachedAt, zoneOf.get(region) ?? 'UTC'),
      })),
    };
    const asOf = dateInZone(at, regions[0]?.zone ?? 'UTC');
    const days = monthsBetween(dateInZone(scheme.openedAt, regions[0]?.zone ?? 'UTC'), asOf);
    return {
      scheme: scheme.id,
      at,
      asOf,
      milestones,
      drifts: driftOn(question, asOf),
      overTime: driftOverTime(question, days).map(({ asOf: day, drifts }) => ({
        asOf: day,
        drifts: drifts.filter(({ daysAhead }) => daysAhead !== null),
      })),
    };
  });
}

/** The milestones of the workflows by which the regions go, in the order of the newest versions. */
async function milestonesOf(deps: EngineDeps, tx: Tx, scheme: string): Promise<SchemeDrift['milestones']> {
  const ids = new Set((await listRegionCycles(tx, scheme)).map(({ workflowId }) => workflowId));
  const found = [...ids].flatMap((id) => [...deps.catalog.latestWorkflow(id).milestones]);
  return [...new Map(found)].map(([milestone, { labels }]) => ({ milestone, labels }));
}

/** The last day and the same day of the months before it, back to `from`, in order. */
function monthsBetween(from: CalendarDate, to: CalendarDate): readonly CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let months = 0; months < DRIFT_DAYS_MAX; months += 1) {
    const day = addMonths(to, -months);
    if (months > 0 && day < from) break;
    days.push(day);
  }
  return days.toReversed();
}
