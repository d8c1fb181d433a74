import type { Language } from '../../core/terms/language.js';
import type { Instant } from '../../core/terms/instant.js';
import { findAccount } from '../../store/account-store.js';
import { findNotice } from '../../store/notice-store.js';
import { hasReceipt } from '../../store/receipt-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** A notice as a mail, ready to be sent. */
export interface NoticeMail {
  /** The notice's id: the same mail keeps it however often it is sent. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  readonly date: Instant;
}

/**
 * The mail that an effect is to send. Null when the notice or its reader is gone: then there is nobody to write to;
 * `sent` when the effect has its receipt.
 */
export async function readMail(
  deps: EngineDeps,
  { effectId, noticeId }: { readonly effectId: string; readonly noticeId: string },
): Promise<NoticeMail | 'sent' | null> {
  return deps.database.read(async (tx) => {
    if (await hasReceipt(tx, effectId)) return 'sent';
    const notice = await findNotice(tx, noticeId);
    const account = notice === null ? null : await findAccount(tx, notice.accountId);
    if (notice === null || account === null || (account.disabledAt ?? null) !== null) return null;
    const { id, subject, body, language, createdAt } = notice;
    return { id, to: account.email, subject, text: body, language, date: createdAt };
  });
}
