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

/** Notices that an inbox is asked for at once: mostly one or two are new. */
const PAGE_NOTICES_MAX = 10;

/** Looks into inboxes, and gives each notice once: the oldest first, by reader within the same effect. */
export function watchNotices(deps: EngineDeps): (readers: readonly Actor[]) => Promise<readonly NewNotice[]> {
  const seen = new Map<string, string>();
  return async (readers) => {
    const found: (NewNotice & { readonly id: string })[] = [];
    for (const actor of readers) {
      const unseen = await readUnseen(deps, actor, seen.get(actor.id) ?? '');
      const [newest] = unseen;
      if (newest !== undefined) seen.set(actor.id, newest.id);
      for (const { id, template, region, effectId, language, subject } of unseen) {
        const reader = { account: actor.id, language, subject };
        found.push({ id, template, region: region ?? null, effectId, reader });
      }
    }
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
}

type Notice = Awaited<ReturnType<typeof readInbox>>[number];

/** The notices that have come in after `last`, the newest first. */
async function readUnseen(deps: EngineDeps, actor: Actor, last: string): Promise<readonly Notice[]> {
  const unseen: Notice[] = [];
  for (;;) {
    const { createdAt, id } = unseen.at(-1) ?? {};
    const after = createdAt === undefined || id === undefined ? null : { createdAt, id };
    const page = await readInbox(deps, { actor, unread: false, after, limit: PAGE_NOTICES_MAX });
    const news = page.filter((notice) => notice.id > last);
    unseen.push(...news);
    if (news.length < PAGE_NOTICES_MAX) return unseen;
  }
}
