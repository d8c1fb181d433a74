import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR, type Actor } from '../../src/core/terms/actor.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { commentTask } from '../../src/engine/tasks/comment-task.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { delegateTask } from '../../src/engine/tasks/delegate-task.js';
import { delegationChain } from '../../src/engine/tasks/delegation-chain.js';
import { handBackTask } from '../../src/engine/tasks/hand-back-task.js';
import { mayWork } from '../../src/engine/tasks/may-work.js';
import { nameCandidates } from '../../src/engine/tasks/name-candidates.js';
import { readTask } from '../../src/engine/tasks/read-task.js';
import { readTaskComments } from '../../src/engine/tasks/read-task-comments.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { reassignTask } from '../../src/engine/tasks/reassign-task.js';
import { releaseTask } from '../../src/engine/tasks/release-task.js';
import { appendLog } from '../../src/store/log-store.js';
import { lockCycle } from '../../src/store/cycle-store.js';
import { changeTask, lockTask, type TaskChanges } from '../../src/store/task-store.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';
import { changesOf, hire, taskOf } from '../support/people.js';

describe('who may work on a task', () => {
  const work = {
    actingRegion: 'DE1',
    candidateRoles: ['regional_authority', 'cluster_manager'] as const,
    candidatePeople: ['named'],
    assignee: null,
  };
  const person = (id: string, role: Actor['role'], region: string | null = null) => ({ id, role, region });
  const administrators = { ...work, candidateRoles: ['administrator'] as const };
  const coordinators = { ...work, candidateRoles: ['coordinator'] as const };

  it.each([
    ['an authority of the acting region', person('a', 'authority', 'DE1'), work, true],
    ['an authority of another region', person('a', 'authority', 'DE2'), work, false],
    ['an authority on what the coordinator does', person('a', 'authority', 'DE1'), coordinators, false],
    ['a coordinator on what an authority does', person('c', 'coordinator'), work, true],
    ['a coordinator on what the administrator does', person('c', 'coordinator'), administrators, false],
    ['an administrator on the own tasks', person('d', 'administrator'), administrators, true],
    ['an administrator on what an authority does', person('d', 'administrator'), work, false],
    ['an auditor', person('e', 'auditor'), coordinators, false],
    ['an auditor who was named', person('named', 'auditor'), work, false],
    ['the steering group', person('f', 'steering_group'), coordinators, false],
    ['whoever was named', person('named', 'authority', 'SI0'), work, true],
  ])('%s', (_, actor, task, expected) => {
    expect(mayWork(actor, task, [])).toBe(expected);
  });

  it('a substitute, whatever the absent person may', () => {
    const substitute = person('s', 'authority', 'SI0');
    expect(mayWork(substitute, work, [])).toBe(false);
    expect(mayWork(substitute, work, [person('named', 'authority', 'SI0')])).toBe(true);
  });
});

describe('the way of a task through many hands', () => {
  const step = (change: string, from: string | null, by = 'x') => ({ change, from, by });

  it('is remembered hand by hand, and begins anew when somebody takes the task', () => {
    const there = [step('opened', null), step('delegated', null, 'a'), step('delegated', 'b')];
    expect(delegationChain(there, 'b')).toEqual(['a', 'b']);
    expect(delegationChain([...there, step('handed-back', 'c')], 'a')).toEqual(['a']);
    expect(delegationChain([...there, step('reassigned', 'c')], null)).toEqual([]);
  });

  it('is that of the task where a decision that the log tells of was reverted', () => {
    expect(delegationChain([step('delegated', null, 'a')], null)).toEqual([]);
    expect(delegationChain([step('delegated', null, 'a')], 'z')).toEqual(['z']);
  });
});

describe('tasks and people', () => {
  let engine: TestEngine;
  let deputy: Actor;
  let third: Actor;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-02-01T08:00:00Z'));
    deputy = await hire(engine, 'deputy-DE1', 'authority', { region: 'DE1', language: 'de' });
    third = await hire(engine, 'third-DE1', 'authority', { region: 'DE1', language: 'de' });
  });
  afterAll(() => engine.close());

  const alter = (nuts: string, taskId: string, changes: TaskChanges) =>
    engine.deps.database.transact(async (tx) => {
      const cycle = await lockCycle(tx, engine.cycle(nuts));
      const task = await lockTask(tx, taskId);
      await changeTask(tx, task!, changes);
      const details = { task: taskId, change: 'altered', reference: task!.reference };
      await appendLog(tx, cycle!, {
        kind: 'task',
        actor: SYSTEM_ACTOR,
        at: await engine.deps.clock.now(tx),
        details,
      });
    });
  const of = async (nuts: string, reference: string) => (await taskOf(engine, nuts, reference)).id;
  const claim = (actor: Actor, taskId: string) => claimTask(engine.deps, { ...by(actor), taskId });
  const release = (actor: Actor, taskId: string) => releaseTask(engine.deps, { ...by(actor), taskId });
  const delegate = (actor: Actor, taskId: string, to: string) =>
    delegateTask(engine.deps, { ...by(actor), taskId, to, note: 'please' });
  const handBack = (actor: Actor, taskId: string) => handBackTask(engine.deps, { ...by(actor), taskId });
  const complete = (actor: Actor, taskId: string, more: object = {}) =>
    completeTask(engine.deps, { ...by(actor), taskId, facts: [], note: null, ...more });
  const inbox = (actor: Actor) => readInbox(engine.deps, { actor, unread: true, after: null, limit: 200 });

  it('of many who claim at once one has it, and every other is told', async () => {
    const taskId = await of('DE2', 'A1');
    const people = [engine.authority('DE2'), engine.coordinator];
    for (const n of [1, 2, 3, 4, 5, 6]) {
      people.push(await hire(engine, `clerk${n}-DE2`, 'authority', { region: 'DE2' }));
    }
    const outcomes = await Promise.allSettled(people.map((actor) => claim(actor, taskId)));
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    const codes = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set(codes)).toEqual(new Set(['task.claimed-by-another']));
    const changes = await changesOf(engine, 'DE2', taskId);
    expect(changes.filter(({ change }) => change === 'claimed')).toHaveLength(1);
    expect((await readTask(engine.deps, { actor: engine.auditor, taskId })).version).toBe(2);
  });

  it('gives a task back, by its assignee or a coordinator and nobody else', async () => {
    const taskId = await of('DE1', 'A1');
    const authority = engine.authority('DE1');
    await expect(release(authority, taskId)).rejects.toMatchObject({ code: 'task.not-claimed' });
    await claim(authority, taskId);
    await expect(release(deputy, taskId)).rejects.toMatchObject({ code: 'task.not-yours' });
    await expect(complete(deputy, taskId)).rejects.toMatchObject({ code: 'task.claimed-by-another' });
    expect(await release(authority, taskId)).toMatchObject({ status: 'open', assignee: null });
    await claim(deputy, taskId);
    expect(await release(engine.coordinator, taskId)).toMatchObject({ status: 'open', assignee: null });
    expect((await changesOf(engine, 'DE1', taskId)).map(({ change, from }) => [change, from])).toEqual([
      ['opened', undefined],
      ['claimed', null],
      ['released', authority.id],
      ['claimed', null],
      ['released', deputy.id],
    ]);
  });

  it('goes from hand to hand and back the same way, and tells each into whose hands it comes', async () => {
    const taskId = await of('DE1', 'A2');
    const authority = engine.authority('DE1');
    await claim(authority, taskId);
    expect(await delegate(authority, taskId, deputy.id)).toMatchObject({
      assignee: deputy.id,
      delegatedBy: authority.id,
    });
    await expect(delegate(authority, taskId, third.id)).rejects.toMatchObject({ code: 'task.not-yours' });
    expect(await delegate(deputy, taskId, third.id)).toMatchObject({ delegatedBy: deputy.id });
    for (const to of [authority.id, deputy.id]) {
      await expect(delegate(third, taskId, to)).rejects.toMatchObject({ code: 'task.delegated-in-circle' });
    }
    await expect(handBack(deputy, taskId)).rejects.toMatchObject({ code: 'task.not-yours' });
    expect(await handBack(third, taskId)).toMatchObject({ assignee: deputy.id, delegatedBy: authority.id });
    expect(await handBack(deputy, taskId)).toMatchObject({ assignee: authority.id, delegatedBy: null });
    await expect(handBack(authority, taskId)).rejects.toMatchObject({ code: 'task.not-delegated' });

    await carryOutEffects(engine);
    const given = (await inbox(third)).filter(({ template }) => template === 'task.given');
    expect(given).toHaveLength(1);
    expect(given[0]).toMatchObject({ language: 'de' });
    expect(given[0]?.body).toContain(deputy.name);
    expect(await inbox(deputy)).toHaveLength(
      (await inbox(third)).length + 1, // once from the authority, once back from the third person
    );
  });

  it('is handed on only to living people who could do it, and not to oneself', async () => {
    const taskId = await of('DE1', 'A3');
    const authority = engine.authority('DE1');
    for (const to of ['authority-DE2', 'nobody', 'auditor', 'administrator', authority.id]) {
      await expect(delegate(authority, taskId, to)).rejects.toMatchObject({ code: 'task.delegate-unknown' });
    }
  });

  it('is done by people who were named for it, whatever their role, and only while they are', async () => {
    const taskId = await of('FRC2', 'A2');
    const stranger = engine.authority('SI0');
    const name = (people: readonly string[], actor = engine.coordinator) =>
      nameCandidates(engine.deps, { ...by(actor), taskId, people });
    await expect(claim(stranger, taskId)).rejects.toMatchObject({ code: 'task.not-found' });
    await expect(name(['auditor'])).rejects.toMatchObject({
      code: 'task.delegate-unknown',
      details: { pointer: '/people/0' },
    });
    await expect(name([stranger.id], engine.authority('FRC2'))).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    expect(await name([stranger.id, stranger.id])).toMatchObject({ candidatePeople: [stranger.id] });
    const found = await readTasks(engine.deps, { actor: stranger, filter: { limit: 500 } });
    expect(found.map(({ id }) => id)).toContain(taskId);
    await name([]);
    await expect(claim(stranger, taskId)).rejects.toMatchObject({ code: 'task.not-found' });
    await name([stranger.id]);
    await claim(stranger, taskId);
    // The cycle is not theirs: they record what the task asks for, and it asks for nothing.
    await expect(complete(stranger, taskId, { facts: [fact('gov.body_named', true)] })).rejects.toMatchObject(
      { code: 'fact.not-recordable' },
    );
    expect(await complete(stranger, taskId)).toMatchObject({ status: 'done', assignee: stranger.id });
  });

  it('of a consultation is found and done by the region that is asked, and read by the one that asks', async () => {
    const taskId = await of('AT32', 'A3');
    await alter('AT32', taskId, { actingRegion: 'SI0' });
    const [asking, asked, other] = ['AT32', 'SI0', 'ITC4'].map((nuts) => engine.authority(nuts));
    const list = async (actor: Actor, region?: string) => {
      const tasks = await readTasks(engine.deps, {
        actor,
        filter: { limit: 500, ...(region === undefined ? {} : { region }) },
      });
      return tasks.map(({ id }) => id);
    };
    expect(await list(asked!)).toContain(taskId);
    expect(await list(asking!)).toContain(taskId);
    expect(await list(other!)).not.toContain(taskId);
    expect(await list(engine.coordinator, 'SI0')).toContain(taskId);
    await expect(claim(asking!, taskId)).rejects.toMatchObject({ code: 'task.not-yours' });
    await expect(claim(other!, taskId)).rejects.toMatchObject({ code: 'task.not-found' });
    await claim(asked!, taskId);
    await expect(complete(asked!, taskId, { facts: [fact('gov.body_named', true)] })).rejects.toMatchObject({
      code: 'fact.not-recordable',
    });
    const own = [fact('evidence.report_published_on', '2016-12-01')];
    expect(await complete(asked!, taskId, { facts: own })).toMatchObject({ status: 'done' });
  });

  it('refuses work while its cycle rests, but can change hands', async () => {
    const taskId = await of('ITH3', 'A1');
    const authority = engine.authority('ITH3');
    const colleague = await hire(engine, 'colleague-ITH3', 'authority', { region: 'ITH3' });
    await claim(authority, taskId);
    await alter('ITH3', taskId, { status: 'parked' });
    for (const work of [claim, release, handBack, complete]) {
      await expect(work(authority, taskId)).rejects.toMatchObject({ code: 'task.parked' });
    }
    await expect(delegate(authority, taskId, colleague.id)).rejects.toMatchObject({ code: 'task.parked' });
    const wish = { taskId, to: colleague.id, reason: 'moved to another office' };
    expect(await reassignTask(engine.deps, { ...by(engine.administrator), ...wish })).toMatchObject({
      status: 'parked',
      assignee: colleague.id,
    });
    expect((await changesOf(engine, 'ITH3', taskId)).at(-1)).toMatchObject({
      by: engine.administrator.id,
      change: 'reassigned',
      from: authority.id,
      to: colleague.id,
      note: wish.reason,
    });
    await expect(reassignTask(engine.deps, { ...by(authority), ...wish })).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
  });

  it('keeps where the document lies that shows that it is done', async () => {
    const taskId = await of('ITC1', 'A2');
    const done = await complete(engine.authority('ITC1'), taskId, {
      evidence: 'https://example.org/minutes',
    });
    expect(done.evidenceGiven).toBe('https://example.org/minutes');
    await expect(complete(engine.authority('ITC1'), taskId)).rejects.toMatchObject({ code: 'task.not-open' });
  });

  it('is talked about by those who find it, the oldest word first', async () => {
    const taskId = await of('ITC4', 'A1');
    const say = (actor: Actor, text: string) => commentTask(engine.deps, { ...by(actor), taskId, text });
    await say(engine.authority('ITC4'), 'Who signs?');
    await say(engine.coordinator, 'The deputy does.');
    await expect(say(engine.auditor, 'So?')).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    await expect(say(engine.authority('ITC1'), 'And we?')).rejects.toMatchObject({ code: 'task.not-found' });
    const read = (actor: Actor, after?: string) =>
      readTaskComments(engine.deps, { actor, taskId, limit: 10, ...(after === undefined ? {} : { after }) });
    const comments = await read(engine.auditor);
    expect(comments.map(({ accountId, text }) => [accountId, text])).toEqual([
      ['authority-ITC4', 'Who signs?'],
      ['coordinator', 'The deputy does.'],
    ]);
    expect(await read(engine.auditor, comments[0]?.id)).toHaveLength(1);
    await expect(read(engine.authority('ITC1'))).rejects.toMatchObject({ code: 'task.not-found' });
  });

  it('is listed by its assignee, kind, priority and by whether it is overdue where its people act', async () => {
    const { id: taskId, dueOn } = await taskOf(engine, 'SI0', 'A7');
    const clerk = await hire(engine, 'clerk-SI0', 'authority', { region: 'SI0' });
    await claim(clerk, taskId);
    await alter('SI0', taskId, { priority: 'urgent' });
    const list = async (filter: object) =>
      (
        await readTasks(engine.deps, {
          actor: engine.authority('SI0'),
          filter: { limit: 500, kind: 'sub-step', ...filter },
        })
      ).map(({ reference }) => reference);
    expect(await list({ assignee: clerk.id })).toEqual(['A7']);
    expect(await list({ priority: 'urgent' })).toEqual(['A7']);
    expect(await list({ kind: 'consultation' })).toEqual([]);
    // The day ends at midnight in Slovenia, which is an hour before it does in UTC.
    engine.clock.set(instant(`${dueOn}T22:59:59Z`));
    expect(await list({ isOverdue: true })).not.toContain('A7');
    engine.clock.set(instant(`${dueOn}T23:00:00Z`));
    expect(await list({ isOverdue: true })).toContain('A7');
  });

  it('leaves a history from which every cycle can be rebuilt', async () => {
    const { differing, faults } = await verifyCycles(engine.deps, { actor: engine.auditor, cycleId: null });
    expect([differing, faults]).toEqual([0, []]);
  });
});
