import { changeNotice, lockNotice } from '../../store/notice-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Notes that the mail of a notice has been handed over. */
export async function recordMailSent(
  deps: EngineDeps,
  effectId: string,
  noticeId: string,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'deliver-mail' }, async (tx, now) => {
    const notice = await lockNotice(tx, noticeId);
    if (notice !== null) await changeNotice(tx, notice, { mailedAt: now });
  });
}
