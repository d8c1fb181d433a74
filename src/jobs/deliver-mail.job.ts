import { readMail } from '../engine/notices/read-mail.js';
import { recordMailSent } from '../engine/notices/record-mail-sent.js';
import type { Job } from './job.js';

/**
 * Sends the mail of a notice. Sending and its receipt cannot be one transaction: after a crash between them the
 * mail goes out twice, under the same id. A notice that is gone, or whose reader is, needs no mail any more.
 */
export const deliverMailJob: Job<'deliver-mail'> = async (
  { engine, mailChannel },
  effectId,
  { noticeId },
) => {
  const mail = await readMail(engine, { effectId, noticeId });
  if (mail === 'sent') return 'duplicate';
  if (mail !== null) await mailChannel.send(mail);
  return recordMailSent(engine, effectId, noticeId);
};
