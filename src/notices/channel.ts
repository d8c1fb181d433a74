import type { Mail } from './mail.js';

/** A way on which mails leave. Every implementation passes the same suite of tests. */
export interface MailChannel {
  /**
   * Hands the mail over; once it resolves, the other side answers for it. A mail may be handed over twice
   * (a crash after the first time): both carry the same id, so the second can be recognised.
   *
   * Throws DomainError `mail.rejected` (never: this mail will not be taken, however often) or
   * `mail.unavailable` (later: the way is closed at the moment).
   */
  send(mail: Mail): Promise<void>;
  /** Lets go of connections; no mail is sent afterwards. */
  close(): void;
}
