import { isApplied } from '../engine/effects/is-applied.js';
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
  if (await isApplied(engine, effectId)) return 'duplicate';
  const mail = await readMail(engine, noticeId);
  if (mail !== null) await mailChannel.send(mail);
  return recordMailSent(engine, effectId, noticeId);
};
