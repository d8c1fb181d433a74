import type { Actor } from '../core/terms/actor.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { readInbox } from '../engine/notices/read-inbox.js';
import type { NoticeReader } from './rehearsal-event.js';

/** A notice that has come in since the last look. */
export interface NewNotice {
  readonly template: string;
  readonly region: string | null;
  /** Notices with the same one are copies for several readers. */
  readonly effectId: string;
  readonly reader: NoticeReader;
}

/** Notices that one inbox is asked for at once; a rehearsal never has more of them between two looks. */
const PAGE_NOTICES_MAX = 200;

/** Looks into inboxes, and gives each notice once: the oldest first, by reader within the same effect. */
export function watchNotices(deps: EngineDeps): (readers: readonly Actor[]) => Promise<readonly NewNotice[]> {
  const seen = new Map<string, string>();
  return async (readers) => {
    const found: (NewNotice & { readonly id: string })[] = [];
    for (const actor of readers) {
      const page = await readInbox(deps, { actor, unread: false, after: null, limit: PAGE_NOTICES_MAX });
      const last = seen.get(actor.id) ?? '';
      for (const { id, template, region, effectId, language, subject } of page) {
        if (id <= last) continue;
        found.push({
          id,
          template,
          region: region ?? null,
          effectId,
          reader: { account: actor.id, language, subject },
        });
      }
      const [newest] = page;
      if (newest !== undefined) seen.set(actor.id, newest.id);
    }
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
}
