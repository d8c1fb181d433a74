import { DomainError } from '../core/terms/domain-error.js';
import type { Instant } from '../core/terms/instant.js';
import type { Language } from '../core/terms/language.js';

/** One mail to one person, in plain text. */
export interface Mail {
  /** Of the effect that caused it: the same for every delivery of the same mail. */
  readonly id: string;
  /** One bare address, no display name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  /** When it was caused, not when it is delivered. */
  readonly date: Instant;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Longest address that SMTP carries, in octets (RFC 5321, section 4.5.3.1.3, without the angle brackets). */
const ADDRESS_LENGTH_MAX = 254;

/** Stricter than RFC 5322 on purpose: no quotes, comments, groups or lists, so one text is one recipient. */
const ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]+@[^\s\p{C}"(),:;<>@[\\\]]+$/u;

const CONTROL_OR_BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Refuses what could turn one mail into another: a line break in a header, more than one recipient. Every
 * channel asks it first, so a mail that one of them takes is taken by all.
 *
 * @throws DomainError `mail.rejected`, for ever, with the name of the field
 */
export function checkMail(mail: Mail): void {
  const faults = [
    ID.test(mail.id) ? [] : ['id'],
    mail.to.length <= ADDRESS_LENGTH_MAX && ADDRESS.test(mail.to) ? [] : ['to'],
    mail.subject.trim() === '' || CONTROL_OR_BREAK.test(mail.subject) ? ['subject'] : [],
  ].flat();
  if (faults.length > 0) throw new DomainError('mail.rejected', { id: mail.id, faults });
}
