import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { consultRegions, type ConsultationWish } from '../../src/engine/consultations/consult-regions.js';
import { readConsultations } from '../../src/engine/consultations/read-consultations.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { readFacts } from '../../src/engine/facts/read-facts.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

describe('a consultation of the neighbours', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    await recordFacts(engine.deps, {
      ...by(engine.authority('ITH2')),
      cycleId: engine.cycle('ITH2'),
      facts: agendaSettingFacts(),
    });
    const move = { cycleId: engine.cycle('ITH2'), to: null, note: null, decidedOn: null };
    expect((await advanceCycle(engine.deps, { ...by(engine.coordinator), ...move })).kind).toBe('moved');
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const ask = (nuts: string, wish: Partial<ConsultationWish>, actor = engine.authority(nuts)) =>
    consultRegions(engine.deps, {
      ...by(actor),
      cycleId: engine.cycle(nuts),
      regions: null,
      question: null,
      answerWithinWorkingDays: null,
      ...wish,
    });
  const counted = async (nuts: string) => {
    const { facts } = await readFacts(engine.deps, { actor: engine.auditor, cycleId: engine.cycle(nuts) });
    return Object.fromEntries(
      facts.flatMap(({ fact: name, value }) => (name.startsWith('neighbours.') ? [[name, value]] : [])),
    );
  };

  it('opens a task for each neighbour in the scheme, due in the calendar of the one that answers', async () => {
    const asked = await ask('ITH2', { question: 'Do our fields overlap?' });
    // As long as R18 has the region wait: fifteen working days after 3 July 2017.
    expect(asked.map(({ region, dueOn, question }) => [region, dueOn, question])).toEqual([
      ['ITC4', '2017-07-24', 'Do our fields overlap?'],
      ['ITH3', '2017-07-24', 'Do our fields overlap?'],
    ]);
    const tasks = await readTasks(engine.deps, { actor: engine.authority('ITC4'), filter: { limit: 200 } });
    const task = tasks.find(({ kind }) => kind === 'consultation');
    expect(task).toMatchObject({ region: 'ITH2', actingRegion: 'ITC4', owner: 'regional_authority' });
    expect(Object.keys(task?.labels ?? {}).toSorted()).toEqual(['de', 'en', 'fr', 'it', 'sl']);
    expect(task?.labels.it).toContain('regione vicina');
  });

  it('is recorded as facts of the region that asks, with who asked', async () => {
    expect(await counted('ITH2')).toEqual({
      'neighbours.asked': 2,
      'neighbours.notified_on': '2017-07-03',
    });
    const { facts } = await readFacts(engine.deps, { actor: engine.auditor, cycleId: engine.cycle('ITH2') });
    expect(facts.find(({ fact: name }) => name === 'neighbours.asked')).toMatchObject({
      recordedBy: 'authority-ITH2',
      evidence: 'consultation of ITC4, ITH3',
    });
  });

  it('tells the one that is asked, in its own language', async () => {
    await ask('DE2', { regions: ['SI0'], answerWithinWorkingDays: 5 }, engine.coordinator);
    await carryOutEffects(engine);
    const inbox = await readInbox(engine.deps, {
      actor: engine.authority('SI0'),
      unread: true,
      after: null,
      limit: 100,
    });
    const notice = inbox.find(({ template }) => template === 'consultation.asked');
    expect(notice).toMatchObject({ language: 'sl', region: 'SI0' });
    expect(notice?.body).toContain('Sosednja regija');
  });

  it('does not ask a region twice while its answer is awaited, and then asks nobody', async () => {
    const twice = ask('ITH2', { regions: ['DE1', 'ITC4'] });
    await expect(twice).rejects.toMatchObject({ code: 'task.exists', details: { region: 'ITC4' } });
    expect(await counted('ITH2')).toMatchObject({ 'neighbours.asked': 2 });
  });

  it('is for regions of the scheme, and for others than oneself', async () => {
    await expect(ask('ITH2', { regions: ['DE1', 'XX9'] })).rejects.toMatchObject({
      code: 'region.not-found',
      details: { pointer: '/regions/1' },
    });
    await expect(ask('ITH2', { regions: ['ITH2'] })).rejects.toMatchObject({ code: 'consultation.nobody' });
    await expect(ask('CH022', {})).rejects.toMatchObject({ code: 'consultation.nobody' });
    await expect(ask('ITH2', {}, engine.authority('DE1'))).rejects.toMatchObject({ code: 'cycle.not-found' });
    await expect(ask('ITH2', {}, engine.auditor)).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('is answered by the region that was asked, which records nothing else; Cordata counts the answer', async () => {
    const [first] = await readConsultations(engine.deps, {
      actor: engine.authority('ITH2'),
      cycleId: engine.cycle('ITH2'),
    });
    const complete = (nuts: string, facts: ReturnType<typeof fact>[]) =>
      completeTask(engine.deps, {
        ...by(engine.authority(nuts)),
        taskId: first?.taskId ?? '',
        facts,
        note: 'No overlap.',
      });
    await expect(complete('ITC4', [fact('priorities.count', 1)])).rejects.toMatchObject({
      code: 'fact.not-recordable',
    });
    await complete('ITC4', []);
    expect(await counted('ITH2')).toMatchObject({ 'neighbours.asked': 2, 'neighbours.answered': 1 });
    const { facts } = await readFacts(engine.deps, { actor: engine.auditor, cycleId: engine.cycle('ITH2') });
    const answered = facts.find(({ fact: name }) => name === 'neighbours.answered');
    expect(answered).toMatchObject({ recordedBy: 'system', evidence: expect.stringContaining('ITC4') });
    const [view] = await readConsultations(engine.deps, {
      actor: engine.coordinator,
      cycleId: engine.cycle('ITH2'),
    });
    expect(view).toMatchObject({ region: 'ITC4', status: 'done', answer: 'No overlap.' });
    await carryOutEffects(engine);
    const inbox = await readInbox(engine.deps, {
      actor: engine.authority('ITH2'),
      unread: true,
      after: null,
      limit: 100,
    });
    expect(inbox.map(({ template }) => template)).toContain('consultation.answered');
  });

  it('asks again once an answer is there, and then waits for that one too', async () => {
    await ask('ITH2', { regions: ['ITC4'] });
    expect(await counted('ITH2')).toMatchObject({ 'neighbours.asked': 3, 'neighbours.answered': 1 });
  });

  it('rests with the cycle that asks', async () => {
    const command = { ...by(engine.coordinator), cycleId: engine.cycle('ITH2'), note: null, decidedOn: null };
    await suspendCycle(engine.deps, command);
    await expect(ask('ITH2', { regions: ['DE1'] })).rejects.toMatchObject({ code: 'event.not-possible' });
    const query = { actor: engine.coordinator, cycleId: engine.cycle('ITH2') };
    const parked = await readConsultations(engine.deps, query);
    expect(parked.map(({ region, status }) => [region, status])).toEqual([
      ['ITC4', 'done'],
      ['ITH3', 'parked'],
      ['ITC4', 'parked'],
    ]);
    engine.clock.set(instant('2017-08-14T08:00:00Z'));
    await resumeCycle(engine.deps, command);
    const [, open] = await readConsultations(engine.deps, query);
    // Fifteen working days again, in the calendar of ITH3; 15 August is a holiday there.
    expect([open?.status, open?.dueOn]).toEqual(['open', '2017-09-05']);
    const { faults } = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(faults).toEqual([]);
  });
});
