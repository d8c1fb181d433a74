import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { proposeModification } from '../../src/engine/way-back/propose-modification.js';
import { readModifications } from '../../src/engine/way-back/read-modifications.js';
import { signModification } from '../../src/engine/way-back/sign-modification.js';
import { withdrawModification } from '../../src/engine/way-back/withdraw-modification.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';

const reason = 'The region held the survey before the scheme began.';

describe('modifying a cycle by hand', () => {
  let engine: TestEngine;
  let second: Actor;

  beforeEach(async () => {
    engine = await openTestEngine();
    second = { ...engine.administrator, id: 'administrator2', name: 'administrator2' };
  });
  afterEach(() => engine.close());

  const propose = (kind: 'skip' | 'repeat', task: string) =>
    proposeModification(engine.deps, {
      ...by(engine.administrator),
      cycleId: engine.cycle('DE1'),
      kind,
      task,
      reason,
    });
  const sign = (modificationId: string, actor: Actor) =>
    signModification(engine.deps, { ...by(actor), cycleId: engine.cycle('DE1'), modificationId });
  const tasksOf = async (reference: string) =>
    (
      await readTasks(engine.deps, { actor: engine.coordinator, filter: { limit: 500, region: 'DE1' } })
    ).filter((task) => task.reference === reference);

  it('skips a step when a second person has signed, not before, and tells region and coordinator', async () => {
    const { id } = await propose('skip', 'A4');
    expect((await tasksOf('A4')).map(({ status }) => status)).toEqual(['open']);
    await sign(id, second);
    expect((await tasksOf('A4')).map(({ status, note }) => [status, note])).toEqual([['skipped', reason]]);
    await carryOutEffects(engine);
    const inbox = await readInbox(engine.deps, {
      actor: engine.authority('DE1'),
      unread: false,
      after: null,
      limit: 50,
    });
    expect(inbox.filter(({ template }) => template === 'cycle.modified')).toHaveLength(1);
    expect((await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null })).differing).toBe(0);
  });

  it('repeats a step that has ended, due as long after today as its definition says', async () => {
    await sign((await propose('skip', 'A1')).id, second);
    engine.clock.set(instant('2017-03-01T09:00:00Z'));
    await sign((await propose('repeat', 'A1')).id, engine.coordinator);
    const tasks = await tasksOf('A1');
    expect(tasks.map(({ status }) => status)).toEqual(['skipped', 'open']);
    // Twenty working days in Baden-Württemberg after Wednesday, 1 March 2017.
    expect(tasks[1]?.dueOn).toBe('2017-03-29');
  });

  it('is never signed by whoever has proposed it', async () => {
    const { id } = await propose('skip', 'A4');
    await expect(sign(id, engine.administrator)).rejects.toMatchObject({ code: 'modification.same-person' });
    for (const actor of [engine.authority('DE1'), engine.auditor]) {
      await expect(sign(id, actor)).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    }
    expect((await tasksOf('A4')).map(({ status }) => status)).toEqual(['open']);
  });

  it('is signed once, and not after it was withdrawn', async () => {
    const { id } = await propose('skip', 'A4');
    await sign(id, second);
    await expect(sign(id, engine.coordinator)).rejects.toMatchObject({ code: 'modification.not-possible' });
    const other = await propose('skip', 'A3');
    await withdrawModification(engine.deps, {
      ...by(engine.administrator),
      cycleId: engine.cycle('DE1'),
      modificationId: other.id,
    });
    await expect(sign(other.id, second)).rejects.toMatchObject({ code: 'modification.not-possible' });
    const all = await readModifications(engine.deps, {
      actor: engine.auditor,
      cycleId: engine.cycle('DE1'),
    });
    expect(all.map((one) => [one.task, one.signedBy ?? null, one.withdrawnAt === null])).toEqual([
      ['A4', 'administrator2', true],
      ['A3', null, false],
    ]);
  });

  it('refuses what makes no sense: another stage, an open step to repeat, an ended one to skip', async () => {
    for (const [kind, task] of [
      ['skip', 'D1'],
      ['skip', 'X9'],
      ['repeat', 'A4'],
    ] as const) {
      await expect(propose(kind, task)).rejects.toMatchObject({ code: 'modification.not-possible' });
    }
    await expect(
      proposeModification(engine.deps, {
        ...by(engine.coordinator),
        cycleId: engine.cycle('DE1'),
        kind: 'skip',
        task: 'A4',
        reason,
      }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('is judged again when it is signed: the cycle may have moved on', async () => {
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    const { id } = await propose('skip', 'A4');
    await recordFacts(engine.deps, {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: agendaSettingFacts(),
    });
    const command = { ...by(engine.coordinator), cycleId: engine.cycle('DE1'), note: null, decidedOn: null };
    await advanceCycle(engine.deps, { ...command, to: null });
    await expect(sign(id, second)).rejects.toMatchObject({ code: 'modification.not-possible' });
    await withdrawCycle(engine.deps, command);
    await expect(propose('skip', 'D1')).rejects.toMatchObject({ code: 'cycle.ended' });
  });
});
