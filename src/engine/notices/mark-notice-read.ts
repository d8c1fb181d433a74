import { DomainError } from '../../core/terms/domain-error.js';
import { changeNotice, lockNotice, type NoticeRow } from '../../store/notice-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/**
 * Marks a notice as read by its reader; reading it again keeps the first time.
 *
 * @throws DomainError `notice.not-found` for another person's notice as well; `version.stale`
 */
export async function markNoticeRead(
  deps: EngineDeps,
  command: CommandContext & { readonly noticeId: string },
): Promise<NoticeRow> {
  return runCommand(deps, command, async (tx, now) => {
    const notice = await lockNotice(tx, command.noticeId);
    if (notice === null || notice.accountId !== command.actor.id) {
      throw new DomainError('notice.not-found', { notice: command.noticeId });
    }
    if (command.expectedVersion !== null && command.expectedVersion !== notice.version) {
      throw new DomainError('version.stale', { expected: command.expectedVersion, current: notice.version });
    }
    if ((notice.readAt ?? null) === null) await changeNotice(tx, notice, { readAt: now });
    return { ...notice };
  });
}
