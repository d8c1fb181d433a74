import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { instantFromMs } from '../../src/core/terms/instant.js';
import { LANGUAGES } from '../../src/core/terms/language.js';
import type { MailChannel } from '../../src/notices/channel.js';
import type { Mail } from '../../src/notices/mail.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { makeSmtpChannel } from '../../src/notices/smtp-channel.js';
import { openSmtpInbox } from './smtp-inbox.js';

/** A channel and a look at what arrived through it. */
interface Harness {
  readonly channel: MailChannel;
  arrived(): Mail[];
  stop(): Promise<void>;
}

const FROM = 'cordata@scheme.example';

const mail: Mail = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  to: 'ana.novak@regija.example',
  subject: 'Začetek faze »Oblikovanje agende«',
  text: 'Manjkata 2 podatka:\n- potrdilo o pooblastilu\n- poročilo o ozkih grlih',
  language: 'sl',
  date: instantFromMs(Date.UTC(2017, 2, 20, 8, 0, 0)),
};

async function smtpHarness(): Promise<Harness> {
  const inbox = await openSmtpInbox();
  const channel = makeSmtpChannel({ url: inbox.url, from: FROM });
  return {
    channel,
    arrived: () =>
      inbox.received.map(({ headers, recipients, text }) => ({
        id: headers.get('message-id')?.slice(1).split('@')[0] ?? '',
        to: recipients.join(','),
        subject: headers.get('subject') ?? '',
        text,
        language: LANGUAGES.find((language) => language === headers.get('content-language')) ?? 'en',
        date: instantFromMs(Date.parse(headers.get('date') ?? '')),
      })),
    async stop() {
      channel.close();
      await inbox.close();
    },
  };
}

async function mailboxHarness(): Promise<Harness> {
  const kept: Mail[] = [];
  const channel = makeMailboxChannel(async (given) => {
    kept.push(given);
  });
  return { channel, arrived: () => kept, stop: async () => channel.close() };
}

async function refusalOf(sending: Promise<void>): Promise<DomainError> {
  const error: unknown = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

describe.each([
  ['the SMTP channel', smtpHarness],
  ['the development mailbox', mailboxHarness],
])('%s', (_name, start) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await start();
  });
  afterEach(() => harness.stop());

  it('brings a mail over whole, in every script of the five languages', async () => {
    await harness.channel.send(mail);
    expect(harness.arrived()).toEqual([mail]);
  });

  it('keeps lines apart, those with a single dot or a leading "From" too', async () => {
    const text = 'Première ligne\n.\nFrom here\n\n..fin';
    await harness.channel.send({ ...mail, text, language: 'fr' });
    expect(harness.arrived()[0]).toEqual({ ...mail, text, language: 'fr' });
  });

  it('gives a second delivery of the same mail the same id', async () => {
    await harness.channel.send(mail);
    await harness.channel.send(mail);
    expect(new Set(harness.arrived().map(({ id }) => id))).toEqual(new Set([mail.id]));
  });

  it.each<[string, Partial<Mail>, string]>([
    ['a line break in the subject', { subject: 'Hello\r\nBcc: all@example.org' }, 'subject'],
    ['a lone carriage return in the subject', { subject: 'Hello\rBcc: all@example.org' }, 'subject'],
    ['an empty subject', { subject: ' ' }, 'subject'],
    ['a line break in the address', { to: 'a@example.org\r\nRCPT TO:<b@example.org>' }, 'to'],
    ['two addresses', { to: 'a@example.org, b@example.org' }, 'to'],
    ['an address with a name', { to: 'Ana <a@example.org>' }, 'to'],
    ['no address', { to: '' }, 'to'],
    ['an id that would leave its header', { id: 'a>\r\nBcc: b@example.org' }, 'id'],
  ])('refuses %s for ever and sends nothing', async (_what, change, field) => {
    const { code, retry, details } = await refusalOf(harness.channel.send({ ...mail, ...change }));
    expect({ code, retry, faults: details['faults'] }).toEqual({
      code: 'mail.rejected',
      retry: 'never',
      faults: [field],
    });
    expect(harness.arrived()).toEqual([]);
  });
});

describe('the SMTP channel and its server', () => {
  let inbox: Awaited<ReturnType<typeof openSmtpInbox>>;
  let channel: MailChannel;
  beforeAll(async () => {
    inbox = await openSmtpInbox();
    channel = makeSmtpChannel({ url: inbox.url, from: FROM });
  });
  afterAll(async () => {
    channel.close();
    await inbox.close();
  });
  beforeEach(() => {
    inbox.received.length = 0;
    inbox.refuseWith(null);
  });

  it('name the message after the mail and say that no person wrote it', async () => {
    await channel.send(mail);
    const headers = inbox.received[0]?.headers;
    expect(headers?.get('message-id')).toBe(`<${mail.id}@scheme.example>`);
    expect(headers?.get('content-language')).toBe('sl');
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(headers?.get('from')).toBe(FROM);
    expect(headers?.get('content-type')).toContain('text/plain');
  });

  it.each([550, 553, 501])('give a mail up that the server refuses with %d', async (reply) => {
    inbox.refuseWith(reply);
    const { code, retry, details } = await refusalOf(channel.send(mail));
    expect({ code, retry, reply: details['responseCode'] }).toEqual({
      code: 'mail.rejected',
      retry: 'never',
      reply,
    });
  });

  it.each([421, 450, 451, 530, 535])('try a mail again that the server puts off with %d', async (reply) => {
    inbox.refuseWith(reply);
    const { code, retry } = await refusalOf(channel.send(mail));
    expect({ code, retry }).toEqual({ code: 'mail.unavailable', retry: 'later' });
  });

  it('go on after a refusal', async () => {
    inbox.refuseWith(550);
    await refusalOf(channel.send(mail));
    inbox.refuseWith(null);
    await channel.send(mail);
    expect(inbox.received).toHaveLength(1);
  });

  it('try again later where nobody listens', async () => {
    const gone = await openSmtpInbox();
    await gone.close();
    const { code, retry } = await refusalOf(makeSmtpChannel({ url: gone.url, from: FROM }).send(mail));
    expect({ code, retry }).toEqual({ code: 'mail.unavailable', retry: 'later' });
  });
});

describe('the development mailbox and its store', () => {
  it('let a failure of the store through as it is', async () => {
    const failure = new DomainError('database.unreachable', {}, 'later');
    const channel = makeMailboxChannel(() => Promise.reject(failure));
    await expect(channel.send(mail)).rejects.toBe(failure);
  });
});
