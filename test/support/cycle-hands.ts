import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { lockCycle } from '../../src/store/cycle-store.js';
import { appendLog } from '../../src/store/log-store.js';
import { changeTask, lockTask, type SuspensionPolicy } from '../../src/store/task-store.js';
import { listWaitingTimers } from '../../src/store/timer-store.js';
import { carryOutEffects } from './carry-out.js';
import { by, instant, type TestEngine } from './engine.js';
import { taskOf } from './told.js';

const plain = { note: null, decidedOn: null } as const;

/** What a test does to the rest of a cycle, by the region's NUTS code. */
export function cycleHands(engine: TestEngine) {
  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  return {
    at: async (text: string) => {
      engine.clock.set(instant(text));
      await carryOutEffects(engine);
    },
    suspend: (nuts: string) => suspendCycle(engine.deps, command(nuts)),
    resume: (nuts: string) => resumeCycle(engine.deps, command(nuts)),
    withdraw: (nuts: string) => withdrawCycle(engine.deps, command(nuts)),
    /** Takes all other regions out of the scheme, so that nobody has to be told of their work. */
    keepOnly: async (...regions: readonly string[]) => {
      for (const nuts of engine.cycles.keys()) {
        if (!regions.includes(nuts)) await withdrawCycle(engine.deps, command(nuts));
      }
    },
    verify: async () => (await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null })).faults,
    timersOf: async (nuts: string, taskId: string) =>
      (await engine.deps.database.read((tx) => listWaitingTimers(tx, engine.cycle(nuts))))
        .filter((timer) => timer.taskId === taskId)
        .map(({ dueAt }) => dueAt)
        .toSorted(),
    /** Sets the policy of a task as its workflow file would. */
    policy: async (nuts: string, reference: string, whenSuspended: SuspensionPolicy) => {
      const { id } = await taskOf(engine, nuts, reference);
      await engine.deps.database.transact(async (tx) => {
        const cycle = await lockCycle(tx, engine.cycle(nuts));
        const task = await lockTask(tx, id);
        if (cycle === null || task === null) throw new Error('no such task');
        await changeTask(tx, task, { whenSuspended });
        const at = await engine.deps.clock.now(tx);
        await appendLog(tx, cycle, { kind: 'task', actor: SYSTEM_ACTOR, at, details: { task: id } });
      });
    },
  };
}
