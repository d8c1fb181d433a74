import type { NotifyEffect } from '../../core/terms/effect.js';
import type { Language } from '../../core/terms/language.js';
import { addNotice } from '../../store/notice-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** A notice that has been rendered for one reader. */
export interface RenderedNotice {
  readonly accountId: string;
  readonly language: Language;
  readonly subject: string;
  readonly body: string;
}

/** Puts rendered notices into their readers' inboxes, once, and has each sent as a mail. */
export async function recordNotices(
  deps: EngineDeps,
  effectId: string,
  effect: NotifyEffect,
  notices: readonly RenderedNotice[],
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'notify' }, async (tx, now) => {
    for (const notice of notices) {
      const id = deps.newId();
      addNotice(tx, {
        id,
        effectId,
        scheme: effect.scheme,
        region: effect.region,
        cycleId: effect.cycleId,
        template: effect.template,
        ...notice,
        createdAt: now,
        readAt: null,
        mailedAt: null,
      });
      await recordEffect(deps, tx, { type: 'deliver-mail', noticeId: id }, now);
    }
  });
}
