import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeBarrier } from '../../src/core/sync/barrier.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { cancelSyncPoint, releaseByHand } from '../../src/engine/sync/end-sync-point.js';
import { joinScope } from '../../src/engine/sync/join-scope.js';
import { leaveScope } from '../../src/engine/sync/leave-scope.js';
import { passDeadline } from '../../src/engine/sync/pass-deadline.js';
import { placePoint } from '../../src/engine/sync/place-point.js';
import { reachMilestone } from '../../src/engine/sync/reach-milestone.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { stepSyncPoint } from '../../src/engine/sync/step-sync-point.js';
import { lockSyncPoint } from '../../src/store/sync-store.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { PointEvent } from '../../src/core/sync/point-state.js';
import type { Tx } from '../../src/store/tx.js';
import { MEMBERS, schedules, stepAt, type ScheduledStep } from '../core/sync/random-point.js';
import { ModelPoint } from '../core/sync/reference-model.js';
import { by, openTestEngine, type TestEngine } from '../support/engine.js';

const SEED = Number(process.env['CORDATA_SYNC_SEED'] ?? 20171031);
const SCHEDULES = 200;
const AT_ONCE = 60;
const STEPS_MAX = 12;
const TIMEOUT_MS = 180_000;
const MILESTONE = 'activity-confirmed';
const LAST_DAY = '2030-01-01' as CalendarDate;
const LABELS = { de: 'Punkt', fr: 'Point', it: 'Punto', sl: 'Točka', en: 'Point' };

class Crash extends Error {}

/** The same engine, but what it does is rolled back at the last moment. */
function crashing(deps: EngineDeps): EngineDeps {
  const database = Object.create(deps.database) as EngineDeps['database'];
  Object.assign(database, {
    transact: <T>(work: (tx: Tx) => Promise<T>) =>
      deps.database.transact(async (tx) => {
        await work(tx);
        await tx.flush();
        throw new Crash();
      }),
  });
  return { ...deps, database };
}

describe(`a sync point on PostgreSQL under random schedules (seed ${SEED})`, () => {
  let engine: TestEngine;
  let scheme: string;
  let serial = 0;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(stepAt(0));
    scheme = engine.scheme.id;
  });
  afterAll(() => engine.close());

  type Schedule = typeof schedules extends fc.Arbitrary<infer One> ? One : never;

  const place = async ({ terms, members }: Schedule): Promise<string> => {
    serial += 1;
    const id = `X-${serial}`;
    const { policy, ...rest } = terms;
    await engine.deps.database.transact((tx) =>
      placePoint(engine.deps, tx, {
        scheme,
        definition: {
          id,
          labels: LABELS,
          milestone: MILESTONE,
          members: MEMBERS.slice(0, members).map(({ region }) => region),
          deadline: { on: LAST_DAY, policy },
          releases: [{ effect: 'notify', template: 'sync-point.released', audience: ['authority'] }],
          ...rest,
        },
        scope: { kind: 'activity', key: id },
        template: null,
        now: stepAt(0),
      }),
    );
    return id;
  };

  /** One step by the verb that jobs and people use; with the id of its effect, so that it can be delivered again. */
  const take = async (deps: EngineDeps, id: string, step: ScheduledStep, at: number): Promise<void> => {
    const { type, region } = step;
    const now = stepAt(at);
    const scope = { kind: 'activity', key: id } as const;
    const move = { scheme, scope, region, now };
    const hand = { ...by(engine.coordinator), id, scheme, reason: 'random' };
    const event = async (happens: PointEvent): Promise<void> =>
      deps.database.transact(async (tx) => {
        const point = await lockSyncPoint(tx, scheme, id);
        if (point !== null) await stepSyncPoint(deps, tx, point, { event: happens, region, now });
      });
    const arrive = (reachedAt: typeof now) =>
      reachMilestone(deps, `${id}-${at}`, {
        type: 'sync-milestone',
        milestone: MILESTONE,
        reachedAt,
        ...move,
      });
    switch (type) {
      case 'arrive':
        await arrive(now);
        return;
      case 'arrive-earlier':
        await arrive(stepAt(Math.max(0, at - 5)));
        return;
      case 'retreat':
        return event({ type, at: now });
      case 'rest':
      case 'resume':
        return event({ type, at: now, reachedAt: null });
      case 'resume-reached':
        return event({ type: 'resume', at: now, reachedAt: stepAt(Math.max(0, at - 1)) });
      case 'leave':
        return deps.database.transact((tx) => leaveScope(deps, tx, move));
      case 'join':
        return deps.database.transact((tx) => joinScope(deps, tx, move));
      case 'deadline':
        await passDeadline(deps, `${id}-${at}`, {
          type: 'sync-deadline',
          scheme,
          syncPoint: id,
          on: LAST_DAY,
        });
        return;
      case 'release':
      case 'cancel': {
        const end = type === 'release' ? releaseByHand : cancelSyncPoint;
        await end(deps, hand).catch((error: unknown) => {
          if (error instanceof Crash) throw error;
          expect(error).toMatchObject({ code: 'sync-point.ended' });
        });
      }
    }
  };

  const deliver = async (id: string, step: ScheduledStep, at: number): Promise<void> => {
    engine.clock.set(stepAt(at));
    if (step.delivery === 'crash') {
      // What was refused before it could crash changes nothing either.
      await take(crashing(engine.deps), id, step, at).catch((error: unknown) =>
        expect(error).toBeInstanceOf(Crash),
      );
    }
    await take(engine.deps, id, step, at);
    if (step.delivery === 'twice') await take(engine.deps, id, step, at);
  };

  /** What the outbox has of the release: how many effects for each member. */
  const fanOuts = (id: string) =>
    engine.deps.database.read(async (tx) => {
      const rows = await tx.execute<{ regions: string[] }[]>(
        `select payload->'regions' as regions from outbox
         where payload->>'type' = 'sync-fan-out' and payload->>'syncPoint' = ?`,
        [id],
      );
      return rows.flatMap(({ regions }) => regions).toSorted();
    });

  it(
    'does what the reference model does, and forgets what crashed',
    async () => {
      const samples = fc.sample(schedules, { seed: SEED, numRuns: SCHEDULES });
      let released = 0;
      for (const schedule of samples) {
        const { terms, members, steps } = schedule;
        engine.clock.set(stepAt(0));
        const id = await place(schedule);
        const model = new ModelPoint(terms, MEMBERS.slice(0, members));
        let presentAtRelease: readonly string[] = [];
        for (const [index, step] of steps.slice(0, STEPS_MAX).entries()) {
          const before = model.status;
          await deliver(id, step, index + 1);
          model.play(step, index + 1);
          if (before === 'open' && model.status === 'released') {
            presentAtRelease = model.members
              .filter(({ state }) => state !== 'left')
              .map(({ region }) => region);
          }
          if (step.delivery === 'twice') model.play(step, index + 1);
        }
        const { point, members: rows } = await readSyncPoint(engine.deps, { id, scheme });
        const status =
          (point.cancelledAt ?? null) !== null
            ? 'cancelled'
            : (point.releasedAt ?? null) !== null
              ? 'released'
              : 'open';
        const note = `schedule ${id}: ${JSON.stringify(schedule)}`;
        expect({ note, status, by: point.releasedWith?.by ?? null }).toEqual({
          note,
          status: model.status,
          by: model.releases[0] ?? null,
        });
        expect(rows.map(({ region, state }) => `${region} ${state}`)).toEqual(
          model.members.map(({ region, state }) => `${region} ${state}`).toSorted(),
        );
        // Every member that was there when it was released is told of it, once; of no release nobody.
        expect(await fanOuts(id)).toEqual(presentAtRelease.toSorted());
        released += model.releases.length;
      }
      expect(released).toBeGreaterThan(SCHEDULES / 4);
    },
    TIMEOUT_MS,
  );

  it(
    'is released once and never below its rule when everything comes at once',
    async () => {
      const samples = fc.sample(schedules, { seed: SEED + 1, numRuns: AT_ONCE });
      for (const schedule of samples) {
        engine.clock.set(stepAt(0));
        const id = await place(schedule);
        const steps = schedule.steps.slice(0, STEPS_MAX).map((step, index) => ({ step, at: index + 1 }));
        const again = steps.filter(({ step }) => step.delivery === 'twice');
        await Promise.all(
          [...steps, ...again].map(({ step, at }) =>
            take(engine.deps, id, { ...step, delivery: 'once' }, at),
          ),
        );
        const { point, members } = await readSyncPoint(engine.deps, { id, scheme });
        expect((point.releasedAt ?? null) !== null && (point.cancelledAt ?? null) !== null).toBe(false);
        const told = await fanOuts(id);
        expect(new Set(told).size).toBe(told.length);
        expect((point.releasedAt ?? null) === null && told.length > 0).toBe(false);
        const { by: released, arrived = [], missing = [] } = point.releasedWith ?? {};
        if (released !== 'rule') continue;
        const atRelease = [...arrived, ...missing].map((region) => ({
          region,
          state: arrived.includes(region) ? ('arrived' as const) : ('waiting' as const),
          parts: members.find((member) => member.region === region)?.parts,
        }));
        expect(judgeBarrier(point.rule, atRelease, point.leaver).holds).toBe(true);
      }
    },
    TIMEOUT_MS,
  );
});
