import type { Catalog } from '../../catalog/catalog.js';
import type { Realm } from '../../core/gates/rule-universe.js';
import { DomainError } from '../../core/terms/domain-error.js';

/**
 * Where rulebooks are reasoned about: in one calendar, for working days differ from region to region by single days
 * only.
 *
 * @throws DomainError `calendar.not-found` in an installation without any
 */
export function proofRealm({ calendars }: Pick<Catalog, 'calendars'>): Realm {
  const [calendar] = calendars.values();
  if (calendar === undefined) throw new DomainError('calendar.not-found', {});
  return { calendar, neighbourCalendars: [] };
}
