import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { Actor } from '../../src/core/terms/actor.js';
import type { NotifyEffect } from '../../src/core/terms/effect.js';
import { declareAbsence } from '../../src/engine/absences/declare-absence.js';
import { endAbsence } from '../../src/engine/absences/end-absence.js';
import { readAbsences } from '../../src/engine/absences/read-absences.js';
import { findRecipients } from '../../src/engine/notices/find-recipients.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { nameCandidates } from '../../src/engine/tasks/name-candidates.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { reassignTask } from '../../src/engine/tasks/reassign-task.js';
import { releaseTask } from '../../src/engine/tasks/release-task.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { hire, taskOf } from '../support/people.js';

const NOW = instant('2017-02-01T08:00:00Z');

describe('absences', () => {
  let engine: TestEngine;
  let anna: Actor;
  let bert: Actor;
  let cora: Actor;

  beforeAll(async () => {
    engine = await openTestEngine(NOW);
  });
  beforeEach(async () => {
    engine.clock.set(NOW);
  });
  afterAll(() => engine.close());

  let office = 0;
  /** Three people of DE1 for each test, so that no absence of another test is in the way. */
  beforeEach(async () => {
    office += 1;
    anna = await hire(engine, `anna${office}`, 'authority', { region: 'DE1', language: 'de' });
    bert = await hire(engine, `bert${office}`, 'authority', { region: 'DE1', language: 'fr' });
    cora = await hire(engine, `cora${office}`, 'authority', { region: 'DE1', language: 'it' });
  });

  const declare = (
    actor: Actor,
    { account = actor.id, substitute = bert.id, from = '2017-02-06', to = '2017-02-17' } = {},
  ) =>
    declareAbsence(engine.deps, {
      ...by(actor),
      absence: { account, substitute, fromOn: from as CalendarDate, toOn: to as CalendarDate },
    });
  const at = (text: string) => engine.clock.set(instant(text));

  it('let the substitute do what the absent person may, on these days and no others', async () => {
    const { id: taskId } = await taskOf(engine, 'SI0', 'A1');
    await nameCandidates(engine.deps, { ...by(engine.coordinator), taskId, people: [anna.id] });
    const claim = (actor: Actor) => claimTask(engine.deps, { ...by(actor), taskId });
    const sees = async (actor: Actor) => {
      const tasks = await readTasks(engine.deps, { actor, filter: { limit: 500 } });
      return tasks.some(({ id }) => id === taskId);
    };
    await declare(anna);

    // The days are those of Germany, where 6 February begins at 23:00 UTC.
    at('2017-02-05T22:59:59Z');
    expect(await sees(bert)).toBe(false);
    await expect(claim(bert)).rejects.toMatchObject({ code: 'task.not-found' });
    at('2017-02-05T23:00:00Z');
    expect(await sees(bert)).toBe(true);
    expect(await sees(cora)).toBe(false);
    expect(await claim(bert)).toMatchObject({ assignee: bert.id });
    await releaseTask(engine.deps, { ...by(bert), taskId });
    at('2017-02-17T22:59:59Z');
    expect(await sees(bert)).toBe(true);
    at('2017-02-17T23:00:00Z');
    expect(await sees(bert)).toBe(false);
    await expect(claim(bert)).rejects.toMatchObject({ code: 'task.not-found' });
    expect(await claim(anna)).toMatchObject({ assignee: anna.id });
  });

  it('let the substitute end what is in the hands of the absent person, without taking it', async () => {
    const { id: taskId } = await taskOf(engine, 'DE1', `A${office}`);
    await claimTask(engine.deps, { ...by(anna), taskId });
    await declare(anna);
    const complete = (actor: Actor) =>
      completeTask(engine.deps, { ...by(actor), taskId, facts: [], note: null });
    await expect(complete(bert)).rejects.toMatchObject({ code: 'task.claimed-by-another' });
    at('2017-02-10T08:00:00Z');
    await expect(complete(cora)).rejects.toMatchObject({ code: 'task.claimed-by-another' });
    expect(await claimTask(engine.deps, { ...by(bert), taskId })).toMatchObject({ assignee: anna.id });
    expect(await complete(bert)).toMatchObject({ status: 'done', assignee: bert.id });
  });

  it('send the substitute a copy of the notices, in the own language, and leave the other in the inbox', async () => {
    const { id: taskId } = await taskOf(engine, 'DE1', 'A5');
    await declare(anna);
    const give = () =>
      reassignTask(engine.deps, { ...by(engine.coordinator), taskId, to: anna.id, reason: 'she knows it' });
    const given = async (actor: Actor) => {
      await carryOutEffects(engine);
      const inbox = await readInbox(engine.deps, { actor, unread: true, after: null, limit: 200 });
      return inbox.filter(({ template }) => template === 'task.given').map(({ language }) => language);
    };
    at('2017-02-08T08:00:00Z');
    await give();
    expect([await given(anna), await given(bert), await given(cora)]).toEqual([['de'], ['fr'], []]);
    at('2017-02-20T08:00:00Z');
    await reassignTask(engine.deps, { ...by(engine.coordinator), taskId, to: cora.id, reason: 'she asked' });
    await give();
    expect([await given(anna), await given(bert), await given(cora)]).toEqual([['de', 'de'], ['fr'], ['it']]);
  });

  it('tell nobody twice, though meant as one of the audience and as a substitute', async () => {
    await declare(anna);
    at('2017-02-08T08:00:00Z');
    const effect: NotifyEffect = {
      type: 'notify',
      scheme: engine.scheme.id,
      region: 'DE1',
      cycleId: null,
      audience: ['authority'],
      people: [anna.id, 'nobody'],
      template: 'task.given',
      params: {},
    };
    const ids = (await findRecipients(engine.deps, effect)).map(({ accountId }) => accountId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([anna.id, bert.id, cora.id]));
    const inPerson = await findRecipients(engine.deps, { ...effect, audience: [] });
    expect(inPerson.map(({ accountId }) => accountId)).toEqual([anna.id, bert.id]);
  });

  it('are refused with the reason where they could not be kept', async () => {
    await declare(anna, { from: '2017-03-01', to: '2017-03-10' });
    const other = await hire(engine, `other${office}`, 'authority', { region: 'DE2' });
    const refused: [string, Parameters<typeof declare>, string, RegExp][] = [
      ['the wrong way round', [anna, { from: '2017-02-10', to: '2017-02-09' }], '/toOn', /before the first/],
      ['over', [anna, { from: '2017-01-10', to: '2017-01-31' }], '/toOn', /is over/],
      ['no other person', [anna, { substitute: anna.id }], '/substitute', /themselves/],
      ['another region', [anna, { substitute: other.id }], '/substitute', /could not do/],
      ['another role', [anna, { substitute: 'coordinator' }], '/substitute', /could not do/],
      [
        'away already',
        [anna, { substitute: cora.id, from: '2017-03-10', to: '2017-03-20' }],
        '/fromOn',
        /away/,
      ],
      [
        'away too',
        [cora, { substitute: anna.id, from: '2017-02-20', to: '2017-03-01' }],
        '/substitute',
        /too/,
      ],
      [
        'stands in',
        [bert, { substitute: cora.id, from: '2017-03-10', to: '2017-03-11' }],
        '/account',
        /stands in/,
      ],
    ];
    for (const [, wish, pointer, reason] of refused) {
      await expect(declare(...wish)).rejects.toMatchObject({
        code: 'absence.invalid',
        details: { pointer, reason: expect.stringMatching(reason) },
      });
    }
    await expect(declare(anna, { substitute: 'nobody' })).rejects.toMatchObject({
      code: 'account.not-found',
    });
    // The days beside them are free.
    await declare(anna, { substitute: cora.id, from: '2017-03-11', to: '2017-03-20' });
    await declare(bert, { substitute: cora.id, from: '2017-02-20', to: '2017-02-28' });
  });

  it('of two that would make a chain with each other one is refused, though declared at once', async () => {
    const outcomes = await Promise.allSettled([
      declare(anna, { substitute: bert.id }),
      declare(bert, { substitute: cora.id }),
      declare(cora, { substitute: anna.id }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(codes).toEqual(['absence.invalid', 'absence.invalid']);
  });

  it('are declared and ended by oneself, or by a coordinator or administrator for others', async () => {
    await expect(declare(cora, { account: anna.id })).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    const substitute = 'administrator2';
    await expect(declare(engine.auditor, { substitute })).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    const absence = await declare(engine.coordinator, { account: anna.id });
    const end = (actor: Actor) => endAbsence(engine.deps, { ...by(actor), absenceId: absence.id });
    await expect(end(bert)).rejects.toMatchObject({ code: 'absence.not-found' });
    at('2017-02-07T08:00:00Z');
    expect(await end(anna)).toMatchObject({ endedAt: '2017-02-07T08:00:00.000Z' });
    at('2017-02-08T08:00:00Z');
    expect(await end(engine.administrator)).toMatchObject({ endedAt: '2017-02-07T08:00:00.000Z' });
    // What was ended is in nobody's way.
    await declare(anna, { substitute: cora.id });

    const list = (actor: Actor) => readAbsences(engine.deps, { actor, accountId: anna.id, limit: 10 });
    expect((await list(bert)).map(({ absence: { endedAt }, today }) => [endedAt ?? null, today])).toEqual([
      ['2017-02-07T08:00:00.000Z', '2017-02-08'],
      [null, '2017-02-08'],
    ]);
    expect(await list(engine.auditor)).toHaveLength(2);
    expect(await list(engine.authority('DE2'))).toEqual([]);
  });

  it('leaves a history from which every cycle can be rebuilt', async () => {
    const { differing, faults } = await verifyCycles(engine.deps, { actor: engine.auditor, cycleId: null });
    expect([differing, faults]).toEqual([0, []]);
  });
});
