import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import { standingRules } from '../../core/gates/standing-lapses.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findAccount } from '../../store/account-store.js';
import { appendLog } from '../../store/log-store.js';
import { addTimer } from '../../store/timer-store.js';
import { addWaiver, type WaiverRow } from '../../store/waiver-store.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkStandingRules } from '../standing/check-standing-rules.js';
import { MORNING } from '../standing/set-standing-timer.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/**
 * Lets one cycle pass a gate against one rule until a day: with a reason and a second person, and visible in
 * every verdict. A standing rule that has lapsed counts as holding meanwhile. When the day has passed, the cycle is
 * looked at again (see `endWaiver`).
 *
 * @throws DomainError `waiver.same-person`; `waiver.invalid` for a rule that the rulebook does not have, an empty
 *   reason or a day that has passed; `account.not-found` for the second person; `cycle.not-found`,
 *   `version.stale`, `auth.role-forbidden`
 */
export async function grantWaiver(
  deps: EngineDeps,
  command: CommandContext & {
    readonly cycleId: string;
    readonly rule: string;
    readonly reason: string;
    /** Account id of the second person. */
    readonly secondedBy: string;
    /** The last day on which it counts. */
    readonly endsOn: CalendarDate;
  },
): Promise<WaiverRow> {
  requireRole(command.actor, ['coordinator', 'administrator', 'system']);
  const { actor, rule, reason, secondedBy, endsOn } = command;
  if (secondedBy === actor.id) throw new DomainError('waiver.same-person', { pointer: '/secondedBy' });
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, actor, command.cycleId, command.expectedVersion);
    const picture = await takePicture(deps, tx, cycle, now);
    if (!picture.rulebook.rules.has(rule))
      throw new DomainError('waiver.invalid', { pointer: '/rule', rule });
    if (reason.trim() === '') throw new DomainError('waiver.invalid', { pointer: '/reason' });
    if (endsOn < picture.today) throw new DomainError('waiver.invalid', { pointer: '/endsOn', endsOn });
    if ((await findAccount(tx, secondedBy)) === null) {
      throw new DomainError('account.not-found', { pointer: '/secondedBy', account: secondedBy });
    }
    const waiver: WaiverRow = {
      id: deps.newId(),
      cycleId: cycle.id,
      cycleNumber: cycle.number,
      rule,
      reason,
      grantedBy: actor.id,
      secondedBy,
      endsOn,
      grantedAt: now,
    };
    addWaiver(tx, waiver);
    addTimer(tx, {
      id: deps.newId(),
      taskId: null,
      cycleId: cycle.id,
      effect: { type: 'waiver-end', waiverId: waiver.id },
      dueAt: instantAt(fromDayNumber(toDayNumber(endsOn) + 1), MORNING, picture.region.zone),
    });
    await appendLog(tx, cycle, { kind: 'waiver', actor, at: now, details: { ...waiver } });
    if (standingRules(picture.rulebook, cycle.stage).some(({ id }) => id === rule)) {
      await checkStandingRules(deps, tx, await takePicture(deps, tx, cycle, now));
    }
    return waiver;
  });
}
