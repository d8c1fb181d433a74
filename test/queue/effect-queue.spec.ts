import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '../../src/core/terms/effect.js';
import { makeEffectSender, type EffectSender } from '../../src/queue/effect-sender.js';
import {
  startEffectWorker,
  type EffectDeath,
  type EffectWorker,
  type EffectWorkerOptions,
} from '../../src/queue/effect-worker.js';
import { QUEUE_NAMES, QUEUE_POLICIES } from '../../src/queue/queue-catalog.js';
import { openQueueConnection, type QueueConnection } from '../../src/queue/queue-connection.js';
import { makeQueuePlace, QUEUE_KINDS, reminder, until, type TestQueuePlace } from './queue-fixture.js';

const REDIS_DB = 1;
const CLOSE_DEADLINE_MS = 10_000;
const QUICK = { ...QUEUE_POLICIES, coordination: { attemptsMax: 3, backoffMs: 20 } };

class Never extends Error {}

describe.each(QUEUE_KINDS)('the effect queue on %s', (kind) => {
  let place: TestQueuePlace;
  let connection: QueueConnection;
  let sender: EffectSender;
  let workers: EffectWorker[];
  let deaths: EffectDeath[];
  let log: string[];

  beforeEach(async () => {
    place = await makeQueuePlace(kind, REDIS_DB);
    log = [];
    connection = await place.open((line) => log.push(line));
    sender = makeEffectSender(connection, QUICK);
    workers = [];
    deaths = [];
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close(CLOSE_DEADLINE_MS)));
    await connection.close();
    await place.remove();
  });

  async function work(
    handle: EffectWorkerOptions['handle'],
    options: Partial<EffectWorkerOptions> = {},
  ): Promise<EffectWorker> {
    const worker = await startEffectWorker({
      connection,
      concurrency: 1,
      handle,
      isHopeless: (error) => error instanceof Never,
      onExhausted: async (death) => void deaths.push(death),
      log: (line) => log.push(line),
      ...options,
    });
    workers.push(worker);
    return worker;
  }

  async function counts(): Promise<Record<string, number>> {
    return connection.queues.coordination.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed');
  }

  it('hands out the effects of a batch in the order in which they were sent', async () => {
    const effects = Array.from({ length: 60 }, () => reminder());
    await sender.send(effects);
    const seen: string[] = [];
    await work(async ({ id }) => seen.push(id));
    await until('all are handled', () => seen.length === effects.length);
    expect(seen).toEqual(effects.map(({ id }) => id));
  });

  it('carries every type of effect unchanged, each through its queue', async () => {
    const at = '2017-03-20T08:00:00.000Z';
    const cycleId = randomUUID();
    const payloads: Effect['payload'][] = [
      { type: 'remind', taskId: randomUUID() },
      { type: 'deliver-mail', noticeId: randomUUID() },
      { type: 'sync-leave', scheme: 's', region: 'ITH4' },
      { type: 'sync-milestone', scheme: 's', region: 'ITH4', cycleId, milestone: 'm', reachedAt: at },
      {
        type: 'notify',
        scheme: 's',
        region: null,
        cycleId: null,
        audience: ['coordinator'],
        template: 'cycle.closed',
        params: { region: 'Kärnten – Koroška', days: 3, dueOn: { date: '2017-03-20' }, list: ['a', 'ž'] },
      },
    ];
    const effects = payloads.map((payload) => ({ id: randomUUID(), payload }));
    await sender.send(effects);
    const seen = new Map<string, unknown>();
    await work(async ({ id, payload }) => seen.set(id, payload));
    await until('all are handled', () => seen.size === effects.length);
    for (const { id, payload } of effects) expect(seen.get(id)).toEqual(payload);
  });

  it('makes one job of an effect that is sent twice, before and after it was handled', async () => {
    const effect = reminder();
    await sender.send([effect]);
    await sender.send([effect, reminder()]);
    const seen: string[] = [];
    await work(async ({ id }) => seen.push(id));
    await until('both are handled', () => seen.length >= 2);
    await sender.send([effect]);
    const last = reminder();
    await sender.send([last]);
    await until('the last is handled', () => seen.includes(last.id));
    expect(seen.filter((id) => id === effect.id)).toHaveLength(1);
  });

  it('tries a failing effect again after growing pauses, then reports its death once and keeps the job', async () => {
    const effect = reminder();
    await sender.send([effect]);
    const attempts: number[] = [];
    await work(async (_, attempt) => {
      attempts.push(attempt);
      throw new Error(`no luck at attempt ${attempt}`);
    });
    await until('it is given up', () => deaths.length > 0);
    expect(attempts).toEqual([1, 2, 3]);
    expect(deaths).toEqual([{ effect, reason: 'no luck at attempt 3', attempts: 3 }]);
    expect(await counts()).toMatchObject({ waiting: 0, delayed: 0, active: 0, failed: 1 });
  });

  it('forgets the failures of an effect that succeeds in the end', async () => {
    const effect = reminder();
    await sender.send([effect]);
    let done = false;
    await work(async (_, attempt) => {
      if (attempt < 3) throw new Error('not yet');
      done = true;
    });
    await until('it succeeds', async () => done && (await counts())['completed'] === 1);
    expect(deaths).toEqual([]);
  });

  it('gives up a hopeless effect after the first attempt', async () => {
    const effect = reminder();
    await sender.send([effect]);
    await work(async () => {
      throw new Never('this will never work');
    });
    await until('it is given up', () => deaths.length > 0);
    expect(deaths).toEqual([{ effect, reason: 'this will never work', attempts: 1 }]);
    expect(await counts()).toMatchObject({ failed: 1, delayed: 0 });
  });

  it('survives something thrown that is no error, and a death that cannot be reported', async () => {
    const effects = [reminder(), reminder()];
    await sender.send(effects);
    const seen = new Set<string>();
    await work(
      async ({ id }) => {
        seen.add(id);
        // oxlint-disable-next-line no-throw-literal
        throw 'a mere text';
      },
      { isHopeless: () => true, onExhausted: () => Promise.reject(new Error('the database is away')) },
    );
    await until('both have failed', async () => (await counts())['failed'] === 2);
    await until(
      'both are reported',
      () => log.filter((line) => line.includes('has no dead letter')).length === 2,
    );
    expect([...seen].toSorted()).toEqual(effects.map(({ id }) => id).toSorted());
  });

  it('sends a finished effect once more when asked to, but leaves one that waits or pauses alone', async () => {
    const failed = reminder();
    const waiting = reminder();
    await sender.send([failed]);
    const attempts: string[] = [];
    const worker = await work(async ({ id }, attempt) => {
      attempts.push(`${id} ${attempt}`);
      throw new Never('no');
    });
    await until('it has failed', () => deaths.length === 1);
    await worker.close(CLOSE_DEADLINE_MS);

    await sender.send([waiting]);
    await sender.resend([failed, waiting]);
    await sender.resend([waiting, failed]);
    expect(await counts()).toMatchObject({ waiting: 2, failed: 0 });

    const again: string[] = [];
    await work(async ({ id }, attempt) => again.push(`${id} ${attempt}`));
    await until('both are handled', () => again.length >= 2);
    expect(again).toEqual([`${waiting.id} 1`, `${failed.id} 1`]);
  });

  it('gives an effect a second job when its first one has been at work for longer than it can be', async () => {
    const effect = reminder();
    await sender.send([effect]);
    const goOn = Promise.withResolvers<void>();
    const taken: string[] = [];
    const handle = async ({ id }: { readonly id: string }): Promise<void> => {
      taken.push(id);
      if (taken.length === 1) await goOn.promise;
    };
    await work(handle, { concurrency: 2 });
    await until('it is at work', () => taken.length === 1);
    await sender.resend([{ ...effect, sends: 2 }]);
    expect(await counts()).toMatchObject({ waiting: 0, active: 1, completed: 0 });
    await sender.resend([{ ...effect, sends: 10 }]);
    await until('it is taken again, as the same effect', () => taken.length === 2);
    expect(taken).toEqual([effect.id, effect.id]);
    goOn.resolve();
  });

  it('waits for the effect at work when it closes, and takes no other', async () => {
    const [atWork, next] = [reminder(), reminder()];
    await sender.send([atWork, next]);
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const finished: string[] = [];
    const worker = await work(async ({ id }) => {
      begun.resolve();
      await goOn.promise;
      finished.push(id);
    });
    await begun.promise;
    const closing = worker.close(CLOSE_DEADLINE_MS);
    goOn.resolve();
    expect(await closing).toBe(true);
    expect(finished[0]).toBe(atWork.id);
    expect(await counts()).toMatchObject({ active: 0, completed: finished.length });

    await work(async ({ id }) => finished.push(id));
    await until('the next is handled', () => finished.length >= 2);
    expect(finished).toEqual([atWork.id, next.id]);
  });

  it('leaves an effect that does not end in time to another worker', async () => {
    const effect = reminder();
    await sender.send([effect]);
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const worker = await work(async () => {
      begun.resolve();
      await goOn.promise;
    });
    await begun.promise;
    expect(await worker.close(50)).toBe(false);

    let taken = false;
    await work(async () => {
      taken = true;
    });
    await until('another worker takes it', () => taken);
    goOn.resolve();
  }, 60_000);

  it('goes on after the server has cut its connections', async () => {
    const seen: string[] = [];
    await work(async ({ id }) => seen.push(id));
    const [before, after] = [reminder(), reminder()];
    await sender.send([before]);
    await until('the first is handled', () => seen.includes(before.id));
    await place.cut();
    await until('the second is sent', async () => {
      try {
        await sender.send([after]);
        return true;
      } catch {
        return false;
      }
    });
    await until('the second is handled', () => seen.includes(after.id));
    await connection.ping();
  });

  it('answers a ping while it is open, and names the failure when it is not', async () => {
    await connection.ping();
    const other = await place.open();
    await other.close();
    await expect(other.ping()).rejects.toMatchObject({ code: 'queue.unreachable', retry: 'later' });
  });

  it('opens from several processes at once', async () => {
    const opened = await Promise.all([place.open(), place.open(), place.open()]);
    await Promise.all(opened.map((each) => each.close()));
    expect(Object.keys(connection.queues)).toEqual([...QUEUE_NAMES]);
  });

  it('says that the server is unreachable when nobody listens there', async () => {
    const nobody = 'localhost:1';
    const opening = openQueueConnection({
      databaseUrl: `postgres://user:secret@${nobody}/none`,
      redisUrl: kind === 'Redis' ? `redis://${nobody}` : null,
      log: () => {},
    });
    await expect(opening).rejects.toMatchObject({ code: 'queue.unreachable', retry: 'later' });
  });
});
