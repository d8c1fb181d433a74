import { createTransport } from 'nodemailer';
import { DomainError } from '../core/terms/domain-error.js';
import type { MailChannel } from './channel.js';
import { checkMail, type Mail } from './mail.js';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string;
  /** Bare address of the sender; its domain also names the messages. */
  readonly from: string;
}

const DNS_TIMEOUT_MS = 5_000;
const CONNECTION_TIMEOUT_MS = 10_000;
const GREETING_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;

/**
 * Replies that speak of our account or connection and not of this mail (RFC 4954 and RFC 3207): encryption or
 * authentication needed, mechanism too weak, credentials wrong. An administrator can mend them.
 */
const ABOUT_OUR_ACCOUNT: ReadonlySet<unknown> = new Set([530, 534, 535, 538]);

/**
 * Sends by SMTP, one connection per mail. The Message-ID is made from the mail's id, so a mail server or a
 * reader's program can drop a second delivery; `Auto-Submitted` (RFC 3834) keeps absence notes from answering.
 *
 * A reply of 500 to 599 about the mail becomes `mail.rejected`, everything else `mail.unavailable`.
 */
export function makeSmtpChannel({ url, from }: SmtpSettings): MailChannel {
  const transport = createTransport({
    url,
    dnsTimeout: DNS_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    async send(mail) {
      checkMail(mail);
      try {
        await transport.sendMail({
          from: { name: '', address: from },
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          date: mail.date,
          messageId: `<${mail.id}@${domain}>`,
          headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
        });
      } catch (cause) {
        throw translated(cause, mail);
      }
    },
    close() {
      transport.close();
    },
  };
}

function translated(cause: unknown, mail: Mail): DomainError {
  const { responseCode, code, message } = cause as Partial<Record<string, unknown>>;
  const details = { id: mail.id, responseCode, code, message };
  return aboutThisMail(responseCode, code)
    ? new DomainError('mail.rejected', details)
    : new DomainError('mail.unavailable', details, 'later');
}

function aboutThisMail(responseCode: unknown, code: unknown): boolean {
  if (typeof responseCode !== 'number') return code === 'EENVELOPE' || code === 'EMESSAGE';
  return (
    responseCode >= 500 && responseCode <= 599 && code !== 'EAUTH' && !ABOUT_OUR_ACCOUNT.has(responseCode)
  );
}
