import type { EngineDeps } from '../engine/engine-deps.js';
import { keepInMailbox } from '../engine/notices/keep-in-mailbox.js';
import type { MailChannel } from '../notices/channel.js';
import { makeMailboxChannel } from '../notices/mailbox-channel.js';
import { makeSmtpChannel } from '../notices/smtp-channel.js';
import type { Settings } from '../settings/settings.js';

/** Mails go to the SMTP server that was named, or stay in the development mailbox. */
export function openMailChannel(settings: Settings, engine: EngineDeps): MailChannel {
  return settings.smtpUrl === null
    ? makeMailboxChannel((mail) => keepInMailbox(engine, mail))
    : makeSmtpChannel({ url: settings.smtpUrl, from: settings.mailFrom });
}
