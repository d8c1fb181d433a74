import type { MailChannel } from './channel.js';
import { checkMail, type Mail } from './mail.js';

/**
 * The channel of development: nothing leaves the house, `keep` stores the mail where people can read it. It
 * must take the same mail twice without keeping two. Its failures pass through as they are.
 */
export function makeMailboxChannel(keep: (mail: Mail) => Promise<void>): MailChannel {
  return {
    async send(mail) {
      checkMail(mail);
      await keep(mail);
    },
    close() {},
  };
}
