import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

interface Task {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly dueOn: string | null;
}

describe('due days over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const taskOf = async (nuts: string, reference: string): Promise<Task> => {
    const { body } = await api.send('GET /tasks?limit=200', { as: `authority-${nuts}` });
    const task = (body['items'] as Task[]).find((one) => one.reference === reference);
    if (task === undefined) throw new Error(`no task ${reference}`);
    return task;
  };
  const ask = async (nuts: string, body: object) =>
    api.send(`POST /tasks/${(await taskOf(nuts, 'A3')).id}/extension`, { as: `authority-${nuts}`, body });

  it('are put off by asking, and by the coordinator who decides', async () => {
    const task = await taskOf('DE1', 'A3');
    const asked = await ask('DE1', { until: '2017-09-01', reason: 'The report comes in August.' });
    expect([asked.status, asked.body['dueOn']]).toEqual([200, task.dueOn]);
    expectProblem(await ask('DE1', { until: '2017-09-02', reason: 'again' }), 409, 'task.extension-open');
    const decide = (as: string, granted: boolean) =>
      api.send(`POST /tasks/${task.id}/extension/decision`, { as, body: { granted } });
    expectProblem(await decide('authority-DE1', true), 403, 'auth.role-forbidden');
    const granted = await decide('coordinator', true);
    expect([granted.status, granted.body['dueOn']]).toEqual([200, '2017-09-01']);
    expectProblem(await decide('coordinator', true), 409, 'task.extension-none');
  });

  it('are not put off to a day that is none, that has passed, or without a reason', async () => {
    expectProblem(await ask('DE2', { until: '2017-02-30', reason: 'x' }), 422, 'request.invalid', [
      'body /until',
    ]);
    expectProblem(await ask('DE2', { until: '2017-09-01', reason: '' }), 422, 'request.invalid', [
      'body /reason',
    ]);
    expectProblem(await ask('DE2', { until: '2016-01-01', reason: 'x' }), 422, 'task.date-invalid', [
      'body /until',
    ]);
  });

  it('come with a priority that the coordinator gives', async () => {
    const { id } = await taskOf('DE1', 'A2');
    const give = (as: string, priority: string) =>
      api.send(`POST /tasks/${id}/priority`, { as, body: { priority } });
    expect((await give('coordinator', 'urgent')).status).toBe(200);
    expectProblem(await give('authority-DE1', 'low'), 403, 'auth.role-forbidden');
    expectProblem(await give('coordinator', 'soon'), 422, 'request.invalid', ['body /priority']);
  });
});

describe('calendars over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  it('are read by everybody, year by year', async () => {
    const list = await api.send('GET /calendars', { as: 'auditor' });
    expect((list.body['items'] as { id: string }[]).map(({ id }) => id)).toContain('AT-5');
    const year = await api.send('GET /calendars/AT-5?year=2017', { as: 'authority-AT32' });
    expect(year.body).toMatchObject({ id: 'AT-5', zone: 'Europe/Vienna', year: 2017, closures: [] });
    expect(year.body['holidays']).toContain('2017-06-15');
    expectProblem(await api.send('GET /calendars/XX', { as: 'auditor' }), 404, 'calendar.not-found');
    const late = await api.send('GET /calendars/AT-5?year=2199', { as: 'auditor' });
    expect([late.status, late.body['code']]).toEqual([422, 'calendar.out-of-range']);
    expectProblem(await api.send('GET /calendars/AT-5?year=x', { as: 'auditor' }), 422, 'request.invalid', [
      'query /year',
    ]);
  });

  it('are closed and opened again by an administrator', async () => {
    const close = (as: string, date: string) =>
      api.send('POST /calendars/AT-5/closures', { as, body: { date, label: 'Bridge day' } });
    expectProblem(await close('coordinator', '2017-06-16'), 403, 'auth.role-forbidden');
    const closure = await close('administrator', '2017-06-16');
    expect(closure.body).toMatchObject({ calendar: 'AT-5', date: '2017-06-16', removedAt: null });
    expectProblem(await close('administrator', '2017-06-16'), 409, 'closure.exists', ['body /date']);
    const year = await api.send('GET /calendars/AT-5?year=2017', { as: 'auditor' });
    expect(year.body['closures']).toMatchObject([{ date: '2017-06-16', label: 'Bridge day' }]);
    const remove = () =>
      api.send(`POST /closures/${String(closure.body['id'])}/remove`, { as: 'administrator' });
    expect((await remove()).body).toMatchObject({ removedBy: 'administrator' });
    expectProblem(await remove(), 404, 'closure.not-found');
  });
});

describe('consultations over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
    const cycle = api.engine.cycle('DE1');
    await api.send(`PATCH /cycles/${cycle}/facts`, {
      as: 'authority-DE1',
      body: { facts: agendaSettingFacts() },
    });
    await api.send(`POST /cycles/${cycle}/events`, { as: 'coordinator', body: { type: 'advance' } });
  });
  afterAll(() => api.close());

  const path = () => `/cycles/${api.engine.cycle('DE1')}/consultations`;

  it('are asked by the region, found by the one that is asked, and answered into the facts of the first', async () => {
    const asked = await api.send(`POST ${path()}`, { as: 'authority-DE1', body: { question: 'Overlap?' } });
    expect(asked.body).toMatchObject({
      items: [{ region: 'DE2', status: 'open', dueOn: '2017-07-24', question: 'Overlap?', answer: null }],
    });
    expectProblem(await api.send(`POST ${path()}`, { as: 'coordinator', body: {} }), 409, 'task.exists');
    const tasks = await api.send('GET /tasks?limit=200', {
      as: 'authority-DE2',
      headers: { 'accept-language': 'de' },
    });
    const task = (tasks.body['items'] as Task[]).find(({ kind }) => kind === 'consultation');
    const done = await api.send(`POST /tasks/${task?.id}/complete`, {
      as: 'authority-DE2',
      body: { note: 'None.' },
    });
    expect([done.status, done.body['code']]).toEqual([200, undefined]);
    const list = await api.send(`GET ${path()}`, { as: 'authority-DE1' });
    expect(list.body).toMatchObject({ items: [{ region: 'DE2', status: 'done', answer: 'None.' }] });
    const facts = await api.send(`GET /cycles/${api.engine.cycle('DE1')}/facts`, { as: 'authority-DE1' });
    const answered = (facts.body['facts'] as { fact: string; value: unknown }[]).find(
      ({ fact }) => fact === 'neighbours.answered',
    );
    expect(answered?.value).toBe(1);
  });

  it('are hidden from other regions, and refuse what cannot be', async () => {
    expectProblem(await api.send(`GET ${path()}`, { as: 'authority-SI0' }), 404, 'cycle.not-found');
    const ask = (body: object) => api.send(`POST ${path()}`, { as: 'coordinator', body });
    expectProblem(await ask({ regions: ['DE1'] }), 422, 'consultation.nobody', ['body /regions']);
    expectProblem(await ask({ regions: ['DE2', 'PL1'] }), 422, 'region.not-found', ['body /regions/1']);
    expectProblem(await ask({ answerWithinWorkingDays: 0 }), 422, 'request.invalid', [
      'body /answerWithinWorkingDays',
    ]);
  });
});
