import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  addClosureRow,
  listStandingClosures,
  lockClosures,
  type ClosureRow,
} from '../../store/closure-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/** Closures of one calendar that stand at once: every decision names them, so they are not without cost. */
export const STANDING_CLOSURES_MAX = 200;

/**
 * Closes a calendar on a day: from now on it is no working day there. Due days that are set already stay; a reminder
 * that would fall on the day waits for the next working day. Decisions that were taken before are not touched.
 *
 * @throws DomainError `auth.role-forbidden`, `calendar.not-found`, `calendar.out-of-range` for a day outside the years
 *   of the calendar, `closure.exists`, `closure.too-many`
 */
export async function addClosure(
  deps: EngineDeps,
  command: CommandContext & {
    readonly calendar: string;
    readonly date: CalendarDate;
    readonly label: string;
  },
): Promise<ClosureRow> {
  requireRole(command.actor, ['administrator', 'system']);
  const { calendar, date, label, actor } = command;
  return runCommand(deps, command, async (tx, now) => {
    const { firstDay, lastDay, coveredYears } = deps.catalog.calendar(calendar);
    if (date < firstDay || date > lastDay) {
      throw new DomainError('calendar.out-of-range', { pointer: '/date', calendar, date, coveredYears });
    }
    await lockClosures(tx);
    const standing = await listStandingClosures(tx, calendar);
    if (standing.some((closure) => closure.date === date)) {
      throw new DomainError('closure.exists', { pointer: '/date', calendar, date });
    }
    if (standing.length >= STANDING_CLOSURES_MAX) {
      throw new DomainError('closure.too-many', { calendar, limit: STANDING_CLOSURES_MAX });
    }
    const row = addClosureRow(tx, {
      id: deps.newId(),
      calendar,
      date,
      label,
      addedBy: actor.id,
      addedAt: now,
    });
    return { ...row };
  });
}
