import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCatalog, type Catalog } from '../../src/catalog/catalog.js';
import { compileWorkflow } from '../../src/core/machines/compile-workflow.js';
import { workflowSchema } from '../../src/core/machines/workflow-schema.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readCycles } from '../../src/engine/cycles/read-cycles.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { readBoard } from '../../src/engine/schemes/read-board.js';
import { readSyncPoints } from '../../src/engine/sync/read-sync-points.js';
import { buryEffect } from '../../src/jobs/bury-effect.js';
import { handleEffect } from '../../src/jobs/handle-effect.js';
import { isHopeless } from '../../src/jobs/hopeless.js';
import { tellLeftAlone } from '../../src/jobs/left-alone.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { makeEffectSender } from '../../src/queue/effect-sender.js';
import { startEffectWorker, type EffectWorker } from '../../src/queue/effect-worker.js';
import { openQueueConnection, type QueueConnection } from '../../src/queue/queue-connection.js';
import { drainOnce } from '../../src/relay/drain-once.js';
import { RESEND_AFTER_MS } from '../../src/relay/move-effects.js';
import { changeCycle, lockCycle } from '../../src/store/cycle-store.js';
import { appendLog } from '../../src/store/log-store.js';
import { addEffect } from '../../src/store/outbox-store.js';
import { emptyRedis, QUEUE_KINDS, until } from '../queue/queue-fixture.js';
import { makeMachineTime } from '../relay/outbox-fixture.js';
import { by, openTestEngine, PATHS, shippedDefinitions, type TestEngine } from '../support/engine.js';

const REDIS_DB = 5;
const CLOSE_DEADLINE_MS = 10_000;
const TEST_MAX_MS = 60_000;
/** Higher than any that is shipped. */
const NEXT_VERSION = 99;
const NEXT_HASH = 'of the next version';

/** The shipped workflow as the version that comes with the next program. */
function nextWorkflow(hash: string) {
  const json = JSON.parse(readFileSync(`${PATHS.workflows}/region-cycle/1.json`, 'utf8')) as object;
  return compileWorkflow(workflowSchema.parse({ ...json, version: NEXT_VERSION }), hash);
}

function catalogOf(hash: string): Catalog {
  const { catalog } = shippedDefinitions();
  return makeCatalog({ ...catalog, workflows: [...catalog.workflows, nextWorkflow(hash)] });
}

describe.each(QUEUE_KINDS)('two versions of the program at once, with the queue on %s', (kind) => {
  let engine: TestEngine;
  let connection: QueueConnection;
  let workers: EffectWorker[];
  let lines: string[];
  let time: ReturnType<typeof makeMachineTime>;

  beforeEach(async () => {
    engine = await openTestEngine();
    const redisUrl = kind === 'Redis' ? await emptyRedis(REDIS_DB) : null;
    connection = await openQueueConnection({ databaseUrl: engine.url, redisUrl, log: () => {} });
    workers = [];
    lines = [];
    time = makeMachineTime();
    await moveToNext('DE1');
    // What the opening has left would only be in the way.
    await engine.deps.database.transact((tx) => tx.execute('delete from outbox'));
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close(CLOSE_DEADLINE_MS)));
    await connection.close();
    await engine.close();
  });

  /** As a migration of the cycle by the next program leaves it. */
  async function moveToNext(nuts: string): Promise<void> {
    await engine.deps.database.transact(async (tx) => {
      const cycle = await lockCycle(tx, engine.cycle(nuts));
      if (cycle === null) throw new Error('no cycle');
      const at = await engine.clock.now();
      await changeCycle(tx, cycle, { workflowVersion: NEXT_VERSION, workflowHash: NEXT_HASH, changedAt: at });
      await appendLog(tx, cycle, { kind: 'migrated', actor: SYSTEM_ACTOR, at, details: {} });
    });
  }

  async function startProgram(catalog: Catalog): Promise<EngineDeps> {
    const deps: EngineDeps = { ...engine.deps, catalog };
    const jobDeps = {
      engine: deps,
      render: shippedDefinitions().render,
      mailChannel: makeMailboxChannel(async () => {}),
      onLeftAlone: tellLeftAlone((line) => lines.push(line)),
    };
    const worker = await startEffectWorker({
      connection,
      concurrency: 4,
      handle: (effect) => handleEffect(jobDeps, effect),
      isHopeless,
      onExhausted: (death) => buryEffect(jobDeps, death),
      log: () => {},
    });
    workers.push(worker);
    return deps;
  }

  const recordChecks = (ids: readonly string[], nuts: string) =>
    engine.deps.database.transact(async (tx) => {
      for (const id of ids) {
        const payload = { type: 'standing-check', cycleId: engine.cycle(nuts) } as const;
        await addEffect(tx, { id, payload }, await engine.clock.now());
      }
    });
  const sweep = () =>
    drainOnce(
      {
        database: engine.deps.database,
        sender: makeEffectSender(connection),
        clock: engine.deps.clock,
        machineNow: time.now,
      },
      { sweep: true },
    );
  const idle = async (): Promise<boolean> => {
    const counts = await connection.queues.coordination.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).every((count) => count === 0);
  };
  const receipts = async (): Promise<string[]> => {
    const sql = 'select effect_id from receipts order by effect_id';
    const rows = await engine.deps.database.read((tx) => tx.execute<{ effect_id: string }[]>(sql));
    return rows.map(({ effect_id: id }) => id);
  };
  const count = async (table: string): Promise<number> => {
    const sql = `select count(*)::int as n from ${table}`;
    const rows = await engine.deps.database.read((tx) => tx.execute<{ n: number }[]>(sql));
    return rows[0]?.n ?? 0;
  };

  it(
    'leaves effects about a cycle of an unknown version alone until the program comes that knows it',
    async () => {
      await startProgram(shippedDefinitions().catalog);
      await recordChecks(['unknown-1', 'unknown-2'], 'DE1');
      await recordChecks(['known'], 'DE2');
      await sweep();
      await until('the known one is applied', async () => (await receipts()).includes('known'));
      await until('all are handled', idle);
      for (let round = 0; round < 3; round += 1) {
        time.advance(RESEND_AFTER_MS + 1_000);
        expect((await sweep()).effectsSent).toBe(2);
        await until('both are handled again', idle);
      }
      expect(await receipts()).toEqual(['known']);
      expect(await count('dead_letters')).toBe(0);
      expect(lines).toEqual([
        'effects about cycles of workflow region-cycle 99 are left alone: definition.not-found; a process that can read them will take them',
      ]);

      await startProgram(catalogOf(NEXT_HASH));
      await until('the new program takes them, though the old one still runs', async () => {
        time.advance(RESEND_AFTER_MS + 1_000);
        await sweep();
        await until('they are handled', idle);
        return (await receipts()).length === 3;
      });
      expect(await count('dead_letters')).toBe(0);
      time.advance(RESEND_AFTER_MS + 1_000);
      expect((await sweep()).effectsSent).toBe(0);
    },
    TEST_MAX_MS,
  );

  it('does not go by a definition that was edited', async () => {
    await startProgram(catalogOf('of an edited file'));
    await recordChecks(['edited'], 'DE1');
    await sweep();
    await until('it is handled', async () => lines.length > 0 && (await idle()));
    expect(await receipts()).toEqual([]);
    expect(await count('dead_letters')).toBe(0);
    expect(lines[0]).toContain('definition.hash-mismatch');
  });

  it('shows the cycle on the board and in the lists, and goes on with every other one', async () => {
    const old = await startProgram(shippedDefinitions().catalog);
    const board = await readBoard(old, engine.scheme.id);
    expect(board).toHaveLength(11);
    expect(board.find(({ region }) => region === 'DE1')).toMatchObject({
      stage: 'agenda_setting',
      gate: null,
      unreadable: 'definition.not-found',
      tasksOpen: 7,
    });
    const others = board.filter(({ region }) => region !== 'DE1');
    expect(others.filter(({ gate, unreadable }) => gate === null || unreadable !== null)).toEqual([]);
    const cycles = await readCycles(old, { actor: engine.auditor, filter: { limit: 100 } });
    expect(cycles).toHaveLength(11);
    expect((await readSyncPoints(old, engine.scheme.id)).length).toBeGreaterThan(0);

    const wish = { ...by(engine.coordinator), to: null, note: null, decidedOn: null };
    const decision = await advanceCycle(old, { ...wish, cycleId: engine.cycle('DE2') });
    expect(decision).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    await expect(advanceCycle(old, { ...wish, cycleId: engine.cycle('DE1') })).rejects.toMatchObject({
      code: 'definition.not-found',
    });
  });
});
