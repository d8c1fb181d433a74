import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { Language } from '../core/terms/language.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const noticeTable = defineEntity({
  name: 'Notice',
  tableName: 'notices',
  properties: {
    id: p.uuid().primary(),
    effectId: p.string(),
    accountId: p.string(),
    scheme: p.string(),
    region: p.string().nullable(),
    cycleId: p.uuid().nullable(),
    template: p.string(),
    language: p.string().$type<Language>(),
    subject: p.text(),
    body: p.text(),
    version: p.integer().version(),
    createdAt: instantColumn(),
    readAt: instantColumn().nullable(),
    mailedAt: instantColumn().nullable(),
  },
});

type NoticeEntity = InferEntity<typeof noticeTable>;
export type NoticeRow = Readonly<NoticeEntity>;

export function addNotice(tx: Tx, notice: Omit<NoticeRow, 'version'>): void {
  tx.persist(tx.create(noticeTable, { ...notice }));
}

export async function findNotice(tx: Tx, id: string): Promise<NoticeRow | null> {
  return tx.findOne(noticeTable, { id });
}

/** The notice, locked until the transaction ends; null when there is none. */
export async function lockNotice(tx: Tx, id: string): Promise<NoticeRow | null> {
  return tx.findOne(noticeTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

export async function changeNotice(
  tx: Tx,
  notice: NoticeRow,
  changes: Partial<Pick<NoticeEntity, 'readAt' | 'mailedAt'>>,
): Promise<void> {
  Object.assign(notice, changes);
  await tx.flush();
}

export interface NoticePage {
  readonly accountId: string;
  /** Only those that have not been read. */
  readonly unread: boolean;
  /** The last notice of the page before; null for the first page. */
  readonly after: { readonly createdAt: NoticeEntity['createdAt']; readonly id: string } | null;
  readonly limit: number;
}

/** The inbox of one account, the newest first. */
export async function listNotices(tx: Tx, page: NoticePage): Promise<readonly NoticeRow[]> {
  return tx.find(
    noticeTable,
    {
      accountId: page.accountId,
      ...(page.unread ? { readAt: null } : {}),
      ...(page.after === null
        ? {}
        : {
            $or: [
              { createdAt: { $lt: page.after.createdAt } },
              { createdAt: page.after.createdAt, id: { $lt: page.after.id } },
            ],
          }),
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: page.limit },
  );
}

/** The notices that an effect has put into inboxes, by reader. */
export async function listNoticesOf(tx: Tx, effectId: string): Promise<readonly NoticeRow[]> {
  return tx.find(noticeTable, { effectId }, { orderBy: { accountId: 'asc' } });
}
