import { keepMail } from '../../store/mail-store.js';
import type { EngineDeps } from '../engine-deps.js';
import type { NoticeMail } from './read-mail.js';

/** Keeps a mail in the development mailbox instead of sending it; the same mail twice is kept once. */
export async function keepInMailbox(deps: EngineDeps, mail: NoticeMail): Promise<void> {
  await deps.database.transact(async (tx) => {
    await keepMail(tx, {
      id: mail.id,
      recipient: mail.to,
      subject: mail.subject,
      body: mail.text,
      language: mail.language,
      keptAt: await deps.clock.now(tx),
    });
  });
}
