import type { Actor } from '../../core/terms/actor.js';
import { listNotices, type NoticePage, type NoticeRow } from '../../store/notice-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** The inbox of whoever asks, the newest first. */
export async function readInbox(
  deps: EngineDeps,
  query: { readonly actor: Actor } & Omit<NoticePage, 'accountId'>,
): Promise<readonly NoticeRow[]> {
  const { actor, ...page } = query;
  return deps.database.read((tx) => listNotices(tx, { ...page, accountId: actor.id }));
}
