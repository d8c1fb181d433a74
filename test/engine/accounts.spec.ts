import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashToken } from '../../src/app/tokens.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import { declareAbsence } from '../../src/engine/absences/declare-absence.js';
import { readAbsences } from '../../src/engine/absences/read-absences.js';
import { disableAccount } from '../../src/engine/accounts/disable-account.js';
import { enableAccount } from '../../src/engine/accounts/enable-account.js';
import { identifyAccount } from '../../src/engine/accounts/identify-account.js';
import { readAccounts } from '../../src/engine/accounts/read-accounts.js';
import { readDeadLetters } from '../../src/engine/effects/read-dead-letters.js';
import { retryDeadLetter } from '../../src/engine/effects/retry-dead-letter.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { delegateTask } from '../../src/engine/tasks/delegate-task.js';
import { handBackTask } from '../../src/engine/tasks/hand-back-task.js';
import { nameCandidates } from '../../src/engine/tasks/name-candidates.js';
import { reassignTask } from '../../src/engine/tasks/reassign-task.js';
import { findOrphanedTasks } from '../../src/store/orphaned-task-store.js';
import { by, instant, openTestEngine, tokenOf, type TestEngine } from '../support/engine.js';
import { changesOf, hire, taskOf } from '../support/people.js';

describe('accounts that end and live again', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-02-01T08:00:00Z'));
  });
  afterAll(() => engine.close());

  const disable = (accountId: string, reassignTo: string | null = null, actor = engine.administrator) =>
    disableAccount(engine.deps, { ...by(actor), accountId, reason: 'has left the office', reassignTo });
  const enable = (accountId: string) =>
    enableAccount(engine.deps, { ...by(engine.administrator), accountId });
  const claim = (actor: Actor, taskId: string) => claimTask(engine.deps, { ...by(actor), taskId });
  const works = async (id: string) => (await identifyAccount(engine.deps, hashToken(tokenOf(id)))) !== null;

  it('lose their token at once and get it back', async () => {
    await hire(engine, 'gone-DE1', 'authority', { region: 'DE1' });
    const { account } = await disable('gone-DE1');
    expect(account).toMatchObject({
      disabledAt: '2017-02-01T08:00:00.000Z',
      disabledBy: engine.administrator.id,
      disabledReason: 'has left the office',
    });
    expect(account).not.toHaveProperty('tokenHash');
    expect(await works('gone-DE1')).toBe(false);
    expect((await enable('gone-DE1')).disabledAt).toBeNull();
    expect(await works('gone-DE1')).toBe(true);
    await expect(disable('nobody')).rejects.toMatchObject({ code: 'account.not-found' });
    await expect(disable('gone-DE1', null, engine.coordinator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
  });

  it('leave their tasks to whoever may take them, each with an entry in the log of its cycle', async () => {
    const clerk = await hire(engine, 'clerk-SI0', 'authority', { region: 'SI0' });
    const other = await taskOf(engine, 'DE2', 'A1');
    await nameCandidates(engine.deps, { ...by(engine.coordinator), taskId: other.id, people: [clerk.id] });
    const mine = [await taskOf(engine, 'SI0', 'A1'), await taskOf(engine, 'SI0', 'A3'), other];
    for (const { id } of mine) await claim(clerk, id);
    const { tasks } = await disable(clerk.id);
    expect([...tasks].toSorted()).toEqual(mine.map(({ id }) => id).toSorted());
    expect(await taskOf(engine, 'SI0', 'A3')).toMatchObject({ status: 'open', assignee: null });
    expect((await changesOf(engine, 'DE2', other.id)).at(-1)).toMatchObject({
      by: engine.administrator.id,
      change: 'released',
      from: clerk.id,
      to: null,
      note: 'has left the office',
    });
    expect((await disable(clerk.id)).tasks).toEqual([]);
  });

  it('leave them to the one who is named, if that one lives and could do them all', async () => {
    const clerk = await hire(engine, 'clerk-ITC1', 'authority', { region: 'ITC1' });
    const heir = await hire(engine, 'heir-ITC1', 'authority', { region: 'ITC1' });
    const { id } = await taskOf(engine, 'ITC1', 'A1');
    await claim(clerk, id);
    for (const wrong of ['nobody', 'authority-ITC4', clerk.id]) {
      await expect(disable(clerk.id, wrong)).rejects.toMatchObject({
        code: 'task.delegate-unknown',
        details: { pointer: '/reassignTo' },
      });
    }
    expect(await works(clerk.id)).toBe(true);
    await disable(clerk.id, heir.id);
    expect(await taskOf(engine, 'ITC1', 'A1')).toMatchObject({ status: 'claimed', assignee: heir.id });
    expect((await changesOf(engine, 'ITC1', id)).at(-1)).toMatchObject({ change: 'reassigned', to: heir.id });
  });

  it('are given nothing more, not even at the moment in which they end', async () => {
    const clerk = await hire(engine, 'clerk-ITC4', 'authority', { region: 'ITC4' });
    const tasks = await Promise.all(['A1', 'A2', 'A3', 'A5', 'A7'].map((id) => taskOf(engine, 'ITC4', id)));
    const outcomes = await Promise.allSettled([
      ...tasks.map(({ id }) => claim(clerk, id)),
      disable(clerk.id),
      ...tasks.map(({ id }) =>
        reassignTask(engine.deps, { ...by(engine.coordinator), taskId: id, to: clerk.id, reason: 'hers' }),
      ),
    ]);
    expect(outcomes[tasks.length]?.status).toBe('fulfilled');
    expect(await engine.deps.database.read((tx) => findOrphanedTasks(tx))).toEqual([]);
    const { id: taskId } = tasks[0]!;
    await expect(
      delegateTask(engine.deps, { ...by(engine.coordinator), taskId, to: clerk.id, note: null }),
    ).rejects.toMatchObject({ code: 'task.delegate-unknown' });
    await expect(claim(clerk, taskId)).rejects.toMatchObject({ code: 'account.disabled' });
  });

  it('get nothing handed back: whoever may can take it', async () => {
    const giver = await hire(engine, 'giver-FRC2', 'authority', { region: 'FRC2' });
    const { id: taskId } = await taskOf(engine, 'FRC2', 'A1');
    await claim(giver, taskId);
    const to = 'authority-FRC2';
    await delegateTask(engine.deps, { ...by(giver), taskId, to, note: null });
    await disable(giver.id);
    const back = await handBackTask(engine.deps, { ...by(engine.authority('FRC2')), taskId });
    expect(back).toMatchObject({ status: 'open', assignee: null, delegatedBy: null });
  });

  it('stand in for nobody any more', async () => {
    const away = await hire(engine, 'away-ITH3', 'authority', { region: 'ITH3' });
    const substitute = await hire(engine, 'substitute-ITH3', 'authority', { region: 'ITH3' });
    const absence = await declareAbsence(engine.deps, {
      ...by(away),
      absence: {
        account: away.id,
        substitute: substitute.id,
        fromOn: '2017-03-01' as CalendarDate,
        toOn: '2017-03-10' as CalendarDate,
      },
    });
    expect((await disable(substitute.id)).absences).toEqual([absence.id]);
    const [found] = await readAbsences(engine.deps, { actor: away, accountId: away.id, limit: 5 });
    expect(found?.absence.endedAt).toBe('2017-02-01T08:00:00.000Z');
  });

  it('never include the last administrator, though two disable each other at once', async () => {
    const second: Actor = { ...engine.administrator, id: 'administrator2' };
    const outcomes = await Promise.allSettled([
      disable(second.id, null, engine.administrator),
      disable(engine.administrator.id, null, second),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'account.last-of-its-kind', details: { role: 'administrator' } },
    });
    for (const id of [engine.administrator.id, second.id]) {
      await enableAccount(engine.deps, { ...by(SYSTEM_ACTOR), accountId: id });
    }
  });

  it('are found by what they have left, when nobody has put it in order, and it is given to others', async () => {
    const clerk = await hire(engine, 'clerk-ITH2', 'authority', { region: 'ITH2' });
    const { id: taskId } = await taskOf(engine, 'ITH2', 'A1');
    await claim(clerk, taskId);
    const put = (to: string) =>
      reassignTask(engine.deps, { ...by(engine.coordinator), taskId, to, reason: 'nobody is there' });
    const orphans = async () =>
      (await engine.deps.database.read((tx) => findOrphanedTasks(tx))).map(({ id }) => id);
    expect(await orphans()).toEqual([]);
    // By other means than the verb: as a database that was repaired by hand.
    await engine.deps.database.transact((tx) =>
      tx.execute('update accounts set disabled_at = now() where id = ?', [clerk.id]),
    );
    expect(await orphans()).toEqual([taskId]);
    await expect(put('authority-DE1')).rejects.toMatchObject({ code: 'task.delegate-unknown' });
    expect(await put('authority-ITH2')).toMatchObject({ assignee: 'authority-ITH2' });
    expect(await orphans()).toEqual([]);
    expect((await changesOf(engine, 'ITH2', taskId)).at(-1)).toMatchObject({
      change: 'reassigned',
      from: clerk.id,
      note: 'nobody is there',
    });
  });

  it('are listed for the offices, page by page, and not for authorities', async () => {
    const list = (actor: Actor, more: object = {}) =>
      readAccounts(engine.deps, { actor, limit: 200, ...more });
    const all = await list(engine.auditor);
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['coordinator', 'authority-DE1']));
    const [first, second] = all;
    expect((await list(engine.coordinator, { after: first?.id, limit: 1 })).map(({ id }) => id)).toEqual([
      second?.id,
    ]);
    expect((await list(engine.coordinator, { role: 'administrator' })).map(({ id }) => id)).toEqual([
      'administrator',
      'administrator2',
    ]);
    await expect(list(engine.authority('DE1'))).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('of the steering group read as auditors do, and change nothing', async () => {
    const steering = await hire(engine, 'steering', 'steering_group');
    expect((await readAccounts(engine.deps, { actor: steering, limit: 1 })).length).toBe(1);
    await readDeadLetters(engine.deps, { actor: steering, limit: 1 });
    const { id: taskId } = await taskOf(engine, 'DE1', 'A1');
    const wishes: (() => Promise<unknown>)[] = [
      () => claim(steering, taskId),
      () => reassignTask(engine.deps, { ...by(steering), taskId, to: 'authority-DE1', reason: 'x' }),
      () => disable('authority-DE1', null, steering),
      () =>
        retryDeadLetter(engine.deps, { ...by(steering), effectId: '01890a5d-ac96-774b-bcce-b302099a8057' }),
    ];
    for (const wish of wishes) await expect(wish()).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('leaves a history from which every cycle can be rebuilt', async () => {
    const { differing, faults } = await verifyCycles(engine.deps, { actor: engine.auditor, cycleId: null });
    expect([differing, faults]).toEqual([0, []]);
  });
});
