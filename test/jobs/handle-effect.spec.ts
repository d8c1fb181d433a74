import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { buryEffect } from '../../src/jobs/bury-effect.js';
import { handleEffect } from '../../src/jobs/handle-effect.js';
import { isHopeless } from '../../src/jobs/hopeless.js';
import { NOTICE_TEMPLATES } from '../../src/notices/notice-templates.js';
import { AT, effectOf, makeJobsWorld, SCHEME, type JobsWorld } from './jobs-fixture.js';

const never = expect.objectContaining({ name: 'Hopeless' });

describe('handling an effect', () => {
  let world: JobsWorld;

  beforeEach(async () => {
    world = await makeJobsWorld();
  });
  afterEach(async () => world.close());

  const closed = (region: string | null, audience: ('coordinator' | 'authority')[]) =>
    effectOf({
      type: 'notify',
      scheme: SCHEME,
      region,
      cycleId: world.cycleId,
      audience,
      template: 'cycle.closed',
      params: {
        ...Object.fromEntries(NOTICE_TEMPLATES['cycle.closed'].params.map((name) => [name, name])),
        region: { de: 'AA', fr: 'BB', it: 'CC', sl: 'DD', en: 'EE' },
      },
    });

  async function noticeMail(): Promise<{ effect: { id: string; payload: unknown }; noticeId: string }> {
    await handleEffect(world.deps, closed('AT21', ['authority']));
    const [effect] = await world.outbox();
    if (effect?.payload.type !== 'deliver-mail') throw new Error('no mail was recorded');
    return { effect, noticeId: effect.payload.noticeId };
  }

  describe('notify', () => {
    it('writes to each reader in the language of each, and has each told by mail', async () => {
      expect(await handleEffect(world.deps, closed(null, ['coordinator', 'authority']))).toBe('applied');
      const notices = await world.query<{
        id: string;
        account_id: string;
        language: string;
        subject: string;
      }>('select id, account_id, language, subject from notices order by account_id');
      expect(notices).toMatchObject([
        { account_id: 'carinthia', language: 'de' },
        { account_id: 'coordinator', language: 'en' },
        { account_id: 'salzburg', language: 'de' },
        { account_id: 'slovenia', language: 'sl' },
      ]);
      const subjects = notices.map(({ subject }) => subject);
      expect(subjects[0]).toContain('AA');
      expect(subjects[1]).toContain('EE');
      expect(subjects[0]).toBe(subjects[2]);
      expect(new Set(subjects).size).toBe(3);
      const mails = (await world.outbox()).map(({ payload }) => payload);
      expect(mails).toHaveLength(notices.length);
      for (const { id } of notices) expect(mails).toContainEqual({ type: 'deliver-mail', noticeId: id });
    });

    it('tells only the authorities of the region that it is about', async () => {
      await handleEffect(world.deps, closed('AT21', ['authority']));
      expect(await world.query('select account_id from notices')).toEqual([{ account_id: 'carinthia' }]);
    });

    it('writes once when it is delivered twice, also at the same time', async () => {
      const effect = closed('AT21', ['authority', 'coordinator']);
      const outcomes = await Promise.all([1, 2, 3].map(() => handleEffect(world.deps, effect)));
      expect(outcomes.toSorted()).toEqual(['applied', 'duplicate', 'duplicate']);
      expect(await world.query('select id from notices')).toHaveLength(2);
      expect(await world.outbox()).toHaveLength(2);
    });

    it('is done with nobody to tell', async () => {
      const effect = closed('FR', ['authority']);
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(await handleEffect(world.deps, effect)).toBe('duplicate');
    });

    it('is hopeless with a template that does not exist, and leaves nothing behind', async () => {
      const effect = closed('AT21', ['authority']);
      const unknown = { ...effect, payload: { ...effect.payload, template: 'no.such' } };
      await expect(handleEffect(world.deps, unknown)).rejects.toEqual(never);
      expect(await world.query('select effect_id from receipts')).toEqual([]);
    });
  });

  describe('deliver-mail', () => {
    it('hands the mail over once, under the id of the notice, and notes when', async () => {
      const { effect, noticeId } = await noticeMail();
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(await handleEffect(world.deps, effect)).toBe('duplicate');
      expect(world.mails).toMatchObject([{ id: noticeId, to: 'carinthia@example.eu', language: 'de' }]);
      expect(await world.query('select mailed_at from notices')).toEqual([{ mailed_at: expect.anything() }]);
    });

    it('is tried again when the mail server is away', async () => {
      const { effect } = await noticeMail();
      world.refusals.push(new DomainError('mail.unavailable', {}, 'later'));
      const failure: unknown = await handleEffect(world.deps, effect).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'mail.unavailable' });
      expect(isHopeless(failure)).toBe(false);
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(world.mails).toHaveLength(1);
    });

    it('is hopeless when the mail server refuses the mail for good', async () => {
      const { effect } = await noticeMail();
      world.refusals.push(new DomainError('mail.rejected'));
      await expect(handleEffect(world.deps, effect)).rejects.toEqual(never);
    });

    it('writes to nobody when the reader has gone meanwhile', async () => {
      const { effect } = await noticeMail();
      await world.database.transact((tx) => tx.execute('update accounts set disabled_at = now()'));
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(world.mails).toEqual([]);
    });
  });

  describe('remind', () => {
    it('tells the owner of a task that is due and open, once', async () => {
      const taskId = await world.addOpenTask('2017-03-20' as never);
      const effect = effectOf({ type: 'remind', taskId });
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(await handleEffect(world.deps, effect)).toBe('duplicate');
      expect(await world.outbox()).toMatchObject([
        { payload: { type: 'notify', region: 'AT21', audience: ['authority'] } },
      ]);
    });

    it('tells nobody of a task that is not there any more', async () => {
      expect(await handleEffect(world.deps, effectOf({ type: 'remind', taskId: randomUUID() }))).toBe(
        'applied',
      );
      expect(await world.outbox()).toEqual([]);
    });
  });

  it.each(['sync-milestone', 'sync-leave'] as const)(
    'applies %s once, also when no sync point waits',
    async (type) => {
      const effect =
        type === 'sync-leave'
          ? effectOf({ type, scheme: SCHEME, region: 'AT21' })
          : effectOf({
              type,
              scheme: SCHEME,
              region: 'AT21',
              cycleId: world.cycleId,
              milestone: 'm',
              reachedAt: AT,
            });
      expect(await handleEffect(world.deps, effect)).toBe('applied');
      expect(await handleEffect(world.deps, effect)).toBe('duplicate');
    },
  );

  describe('what it does not understand', () => {
    it.each([
      ['an unknown type', { type: 'dance' }, 'effect.unknown'],
      ['a name of the language itself', { type: 'constructor' }, 'effect.unknown'],
      ['a missing field', { type: 'remind' }, 'effect.invalid'],
      ['a field too many', { type: 'remind', taskId: randomUUID(), loud: true }, 'effect.invalid'],
    ])('is left to a program that may: %s', async (_, payload, code) => {
      const faults: string[] = [];
      const deps = { ...world.deps, onLeftAlone: (fault: { code: string }) => faults.push(fault.code) };
      expect(await handleEffect(deps, { id: randomUUID(), payload })).toBe('left-alone');
      expect(faults).toEqual([code]);
      expect(await world.query('select effect_id from dead_letters')).toEqual([]);
    });

    it.each([
      ['no object', 'remind'],
      ['nothing', null],
      ['no name', { taskId: randomUUID() }],
    ])('is hopeless and becomes a dead letter where no program ever will: %s', async (_, payload) => {
      const effect = { id: randomUUID(), payload };
      const failure: unknown = await handleEffect(world.deps, effect).catch((error: unknown) => error);
      expect(isHopeless(failure)).toBe(true);
      expect(failure).toMatchObject({ cause: { code: 'effect.invalid' } });
      await buryEffect(world.deps, { effect, reason: String(failure), attempts: 1 });
      expect(await world.query('select effect_id, attempts from dead_letters')).toEqual([
        { effect_id: effect.id, attempts: 1 },
      ]);
    });
  });

  describe('burying', () => {
    it('keeps the effect as it was, with the reason', async () => {
      const effect = closed('AT21', ['authority']);
      await buryEffect(world.deps, { effect, reason: 'mail.unavailable', attempts: 9 });
      await buryEffect(world.deps, { effect, reason: 'again', attempts: 9 });
      expect(
        await world.query('select effect_id, type, payload, reason, attempts from dead_letters'),
      ).toEqual([
        {
          effect_id: effect.id,
          type: 'notify',
          payload: effect.payload,
          reason: 'mail.unavailable',
          attempts: 9,
        },
      ]);
    });

    it('does not bury what was applied after all', async () => {
      const effect = closed('AT21', ['authority']);
      await handleEffect(world.deps, effect);
      await buryEffect(world.deps, { effect, reason: 'the connection was lost', attempts: 9 });
      expect(await world.query('select effect_id from dead_letters')).toEqual([]);
    });
  });
});
