import { findRecipients } from '../engine/notices/find-recipients.js';
import { recordNotices } from '../engine/notices/record-notices.js';
import type { Job } from './job.js';

/** Writes a notice to every recipient, in the recipient's language; the mails follow as effects of their own. */
export const notifyJob: Job<'notify'> = async ({ engine, render }, effectId, effect) => {
  const { template, params } = effect;
  const recipients = await findRecipients(engine, effect);
  const notices = recipients.map(({ accountId, language }) => ({
    accountId,
    language,
    ...render({ template, language, params }),
  }));
  return recordNotices(engine, effectId, effect, notices);
};
