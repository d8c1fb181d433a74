import { listMails, type MailRow } from '../../store/mail-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** The mails that the development mailbox has kept, the newest first. */
export async function readMailbox(deps: EngineDeps, limit: number): Promise<readonly MailRow[]> {
  return deps.database.read((tx) => listMails(tx, limit));
}
