import type { Instant } from '../../core/terms/instant.js';
import type { CycleChangeRow } from '../../store/journal.js';
import { listNoticesOf } from '../../store/notice-store.js';
import { addReceipt, findReceipt } from '../../store/receipt-store.js';
import type { Tx } from '../../store/tx.js';

/** Something that had left the house before its cause was undone. */
export interface SentEffect {
  readonly effect: string;
  readonly type: string;
  readonly at: Instant;
  /** Who was told, for a notice; empty for everything else. */
  readonly notices: readonly {
    readonly id: string;
    readonly account: string;
    readonly subject: string;
    /** Null: no mail of it has gone out. */
    readonly mailedAt: Instant | null;
  }[];
}

export interface Recall {
  readonly sent: readonly SentEffect[];
  /** What had not happened yet, and now never does. */
  readonly recalled: readonly { readonly effect: string; readonly type: string }[];
}

/**
 * Takes back what a command has caused and what has not happened yet: an effect with a receipt is not applied, so the
 * receipt is written here. A job that is just applying one is waited for; then it counts as sent.
 */
export async function recallEffects(tx: Tx, page: CycleChangeRow, now: Instant): Promise<Recall> {
  const sent: SentEffect[] = [];
  const recalled: { effect: string; type: string }[] = [];
  for (const { id, type } of page.effects) {
    if (await addReceipt(tx, id, type, now)) {
      recalled.push({ effect: id, type });
      continue;
    }
    const notices = (await listNoticesOf(tx, id)).map((notice) => ({
      id: notice.id,
      account: notice.accountId,
      subject: notice.subject,
      mailedAt: notice.mailedAt ?? null,
    }));
    sent.push({ effect: id, type, at: (await findReceipt(tx, id))?.at ?? now, notices });
  }
  return { sent, recalled };
}
