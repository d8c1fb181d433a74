import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { workingDaysBetween } from '../../core/calendar/working-days.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { CALENDAR_DAYS, NEVER, workingDayCounter } from '../../core/forecast/day-counter.js';
import { medianDuration } from '../../core/forecast/median-duration.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { forecastRecords } from '../forecast/forecast-records.js';
import { FORECAST_SEED_DEFAULT } from '../forecast/read-forecast.js';
import { stageKindId } from '../forecast/stage-kinds.js';
import type { ForkPace } from './fork-wish.js';
import type { Script } from './play-fork.js';

/**
 * Works out how a fork is paced: by `medians` the day on which a region's stage is over in the middle of all futures, as
 * the forecast of the moment sees it; by `gates` never. What is joint has no pace: its steps wait for its regions.
 */
export async function readPaces(
  deps: EngineDeps,
  tx: Tx,
  query: {
    readonly scheme: string;
    readonly at: Instant;
    readonly isPast: boolean;
    readonly pace: ForkPace;
  },
): Promise<Script['paceOf']> {
  if (query.pace === 'gates') return () => null;
  const { travellers, regions, kinds, completed } = await forecastRecords(deps, tx, query);
  const kindsById = new Map(kinds.map((kind) => [kind.id, kind]));
  return ({ region, subject, stage, workflowId, stageEnteredAt }: CycleRow, today: CalendarDate) => {
    const traveller = travellers.find(({ id }) => id === region);
    const zone = regions.find(({ nuts }) => nuts === region)?.zone;
    const kind = kindsById.get(stageKindId(workflowId, stage));
    if (subject !== 'region' || traveller === undefined || zone === undefined || kind === undefined)
      return null;
    const since = dateInZone(stageEnteredAt, zone);
    const { calendar } = traveller;
    const isCalendar = kind.counts === 'calendar-days';
    const elapsed = isCalendar
      ? toDayNumber(today) - toDayNumber(since)
      : workingDaysBetween(calendar, since, today);
    const days = medianDuration({
      step: { region, class: traveller.class },
      kind,
      completed,
      elapsedDays: today > since ? elapsed : null,
      seed: FORECAST_SEED_DEFAULT,
    });
    if (days === null) return null;
    const counter = isCalendar ? CALENDAR_DAYS : workingDayCounter(calendar);
    const day = counter.after(toDayNumber(since), days);
    return day === NEVER ? null : fromDayNumber(day);
  };
}
