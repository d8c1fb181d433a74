import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Language } from '../core/terms/language.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** The development mailbox: mails that would have been sent if an SMTP server had been named. */
export const mailTable = defineEntity({
  name: 'Mail',
  tableName: 'mails',
  properties: {
    id: p.uuid().primary(),
    recipient: p.string(),
    subject: p.text(),
    body: p.text(),
    language: p.string().$type<Language>(),
    keptAt: instantColumn(),
  },
});

export type MailRow = Readonly<InferEntity<typeof mailTable>>;

/** Keeps a mail; the same mail a second time changes nothing. */
export async function keepMail(tx: Tx, mail: MailRow): Promise<void> {
  await tx.execute(
    `insert into mails (id, recipient, subject, body, language, kept_at) values (?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
    [mail.id, mail.recipient, mail.subject, mail.body, mail.language, mail.keptAt],
  );
}

/** The newest mails first, at most `limit`. */
export async function listMails(tx: Tx, limit: number): Promise<readonly MailRow[]> {
  return tx.find(mailTable, {}, { orderBy: { keptAt: 'desc', id: 'asc' }, limit });
}
