import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { readFacts } from '../../src/engine/facts/read-facts.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { markNoticeRead } from '../../src/engine/notices/mark-notice-read.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readMailbox } from '../../src/engine/notices/read-mailbox.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { delegateTask } from '../../src/engine/tasks/delegate-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';

describe('facts, tasks and notices', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-02-01T08:00:00Z'));
  });
  afterAll(() => engine.close());

  const record = (facts: ReturnType<typeof fact>[]) =>
    recordFacts(engine.deps, { ...by(engine.authority('ITH2')), cycleId: engine.cycle('ITH2'), facts });
  const taskOf = async (nuts: string, reference: string) => {
    const tasks = await readTasks(engine.deps, { actor: engine.authority(nuts), filter: { limit: 100 } });
    const task = tasks.find((each) => each.reference === reference);
    if (task === undefined) throw new Error(`no task ${reference}`);
    return task;
  };

  it('refuses a report with every fault in it, each with its pointer, and writes nothing', async () => {
    const faults = record([
      fact('gov.body_named', 'yes'),
      fact('gov.mandate_signed_on', '2017-02-30'),
      fact('no.such_fact', 1),
      fact('stresstest.score.agenda_setting', 50),
      fact('region.class', 'advanced'),
      fact('fields.predetermined', 3, { precision: 'month' }),
      fact('gov.deputy_named', true, { observedOn: '2030-01-01' as never }),
      fact('synergy.diamonds', 1),
      fact('synergy.diamonds', 2),
    ]);
    await expect(faults).rejects.toMatchObject({
      code: 'fact.wrong-type',
      details: {
        errors: [
          { pointer: '/facts/0/value', code: 'fact.wrong-type' },
          { pointer: '/facts/1/value', code: 'fact.invalid-date' },
          { pointer: '/facts/2/fact', code: 'fact.unknown' },
          { pointer: '/facts/3/fact', code: 'fact.not-recordable' },
          { pointer: '/facts/4/fact', code: 'fact.not-recordable' },
          { pointer: '/facts/5/precision', code: 'fact.precision-not-applicable' },
          { pointer: '/facts/6/observedOn', code: 'date.in-the-future' },
          { pointer: '/facts/8/fact', code: 'fact.duplicate' },
        ],
      },
    });
    const { facts } = await readFacts(engine.deps, { actor: engine.auditor, cycleId: engine.cycle('ITH2') });
    expect(facts).toEqual([]);
  });

  it('keeps who recorded a fact and when, and the value before in the log; null takes a fact back', async () => {
    await record([
      fact('gov.mandate_signed_on', '2014-06-30', { precision: 'month', evidence: 'document of June 2014' }),
    ]);
    await record([fact('gov.mandate_signed_on', '2014-07-01')]);
    const view = await record([fact('gov.mandate_signed_on', null), fact('gov.body_named', true)]);
    expect(view.facts.map(({ fact: name, recordedBy }) => [name, recordedBy])).toEqual([
      ['gov.body_named', 'authority-ITH2'],
    ]);
    const log = await readHistory(engine.deps, {
      actor: engine.auditor,
      cycleId: engine.cycle('ITH2'),
      after: 0,
      limit: 500,
    });
    const changes = log.filter(({ kind }) => kind === 'facts').map(({ details }) => details['facts']);
    expect(changes).toMatchObject([
      [{ fact: 'gov.mandate_signed_on', value: '2014-06-30', precision: 'month', before: null }],
      [{ value: '2014-07-01', before: '2014-06-30' }],
      [
        { value: null, before: '2014-07-01' },
        { value: true, before: null },
      ],
    ]);
  });

  it('lets one person claim a task, and tells the other', async () => {
    const task = await taskOf('ITH3', 'A1');
    const both = await Promise.allSettled([
      claimTask(engine.deps, { ...by(engine.authority('ITH3')), taskId: task.id }),
      claimTask(engine.deps, { ...by(engine.coordinator), taskId: task.id }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'task.claimed-by-another' },
    });
  });

  it('delegates only to somebody who could do the task', async () => {
    const task = await taskOf('ITC4', 'A1');
    const delegate = (to: string) =>
      delegateTask(engine.deps, { ...by(engine.coordinator), taskId: task.id, to, note: null });
    await expect(delegate('authority-ITC1')).rejects.toMatchObject({ code: 'task.delegate-unknown' });
    await expect(delegate('nobody')).rejects.toMatchObject({ code: 'task.delegate-unknown' });
    expect(await delegate('authority-ITC4')).toMatchObject({ status: 'claimed', assignee: 'authority-ITC4' });
  });

  it('completes a task together with the facts that it has produced, or not at all', async () => {
    const task = await taskOf('FRC2', 'A1');
    const complete = (value: unknown) =>
      completeTask(engine.deps, {
        ...by(engine.authority('FRC2')),
        taskId: task.id,
        facts: [fact('gov.body_named', value)],
        note: 'letter of the region',
      });
    await expect(complete('no boolean')).rejects.toMatchObject({ code: 'fact.wrong-type' });
    expect((await taskOf('FRC2', 'A1')).status).toBe('open');
    expect(await complete(true)).toMatchObject({ status: 'done', assignee: 'authority-FRC2' });
    await expect(complete(true)).rejects.toMatchObject({ code: 'task.not-open' });
  });

  it('tells the authority in its own language, in the inbox and by mail, and reminds it on the day a task is due', async () => {
    await carryOutEffects(engine);
    const inbox = () =>
      readInbox(engine.deps, { actor: engine.authority('SI0'), unread: true, after: null, limit: 100 });
    const [entered] = (await inbox()).filter(({ template }) => template === 'stage.entered');
    expect(entered).toMatchObject({ language: 'sl', accountId: 'authority-SI0' });
    expect(entered?.subject).toMatch(/oblikovanj/i);
    const mails = await readMailbox(engine.deps, 200);
    expect(mails.find(({ id }) => id === entered?.id)).toMatchObject({
      recipient: 'authority-si0@cordata.example',
    });

    // The first of the stage's tasks to fall due.
    const { dueOn } = await taskOf('SI0', 'A7');
    engine.clock.set(instant(`${dueOn}T06:59:59Z`));
    await carryOutEffects(engine);
    const reminders = async () => (await inbox()).filter(({ template }) => template === 'task.due');
    expect(await reminders()).toEqual([]);
    engine.clock.set(instant(`${dueOn}T07:00:00Z`));
    await carryOutEffects(engine);
    expect(await reminders()).toHaveLength(1);
  });

  it('lets a person read only the own notices, and keeps the first time of reading', async () => {
    const [notice] = await readInbox(engine.deps, {
      actor: engine.authority('DE1'),
      unread: true,
      after: null,
      limit: 1,
    });
    const read = (nuts: string) =>
      markNoticeRead(engine.deps, { ...by(engine.authority(nuts)), noticeId: notice!.id });
    await expect(read('DE2')).rejects.toMatchObject({ code: 'notice.not-found' });
    const first = await read('DE1');
    engine.clock.advanceDays(1);
    expect((await read('DE1')).readAt).toBe(first.readAt);
  });
});
