import type { z } from 'zod';
import type { readInbox } from '../../engine/notices/read-inbox.js';
import type { noticeSchema } from '../schemas/notice.js';

export function noticeAnswer(
  notice: Awaited<ReturnType<typeof readInbox>>[number],
): z.output<typeof noticeSchema> {
  return {
    id: notice.id,
    scheme: notice.scheme,
    region: notice.region ?? null,
    cycle: notice.cycleId ?? null,
    template: notice.template,
    language: notice.language,
    subject: notice.subject,
    body: notice.body,
    createdAt: notice.createdAt,
    readAt: notice.readAt ?? null,
    mailedAt: notice.mailedAt ?? null,
    version: notice.version,
  };
}
