import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { RegionRow } from '../../store/scheme-store.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** Where somebody acts: whose days and hours count. */
export interface ActingPlace {
  readonly region: RegionRow;
  /** With the closures in force. */
  readonly calendar: WorkingCalendar;
  /** IANA name. */
  readonly zone: string;
}

/** The place of a region of the scheme. @throws DomainError `region.not-found` */
export function actingPlace(
  { regions, calendars }: Pick<CyclePicture, 'regions' | 'calendars'>,
  nuts: string,
): ActingPlace {
  const region = regions.find((one) => one.nuts === nuts);
  if (region === undefined) throw new DomainError('region.not-found', { region: nuts });
  return { region, calendar: calendars(region.calendar), zone: region.zone };
}
