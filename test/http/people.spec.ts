import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { absencePageSchema, absenceSchema } from '../../src/http/schemas/absence.js';
import { accountPageSchema, accountSchema, disabledAccountSchema } from '../../src/http/schemas/account.js';
import { hire, taskOf } from '../support/people.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('people over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
    await hire(api.engine, 'deputy-DE1', 'authority', { region: 'DE1' });
    await hire(api.engine, 'steering', 'steering_group');
  });
  afterAll(() => api.close());

  const post = (path: string, as: string, body?: object) =>
    api.send(`POST ${path}`, body === undefined ? { as } : { as, body });

  it('are away for some days, with somebody in their place', async () => {
    const absence = {
      account: 'authority-DE1',
      substitute: 'deputy-DE1',
      fromOn: '2017-07-01',
      toOn: '2017-07-14',
    };
    const declare = (more: object, as = 'authority-DE1') => post('/absences', as, { ...absence, ...more });
    expectProblem(await declare({ substitute: 'authority-DE2' }), 422, 'absence.invalid', [
      'body /substitute',
    ]);
    expectProblem(await declare({ fromOn: '2017-06-31' }), 422, 'request.invalid', ['body /fromOn']);
    expectProblem(await declare({ toOn: '2017-06-30' }), 422, 'absence.invalid', ['body /toOn']);
    expectProblem(await declare({}, 'authority-DE2'), 403, 'auth.role-forbidden');
    expectProblem(await declare({}, 'auditor'), 403, 'auth.role-forbidden');
    const declared = await declare({});
    expect([declared.status, absenceSchema.parse(declared.body).createdBy]).toEqual([201, 'authority-DE1']);
    expectProblem(await declare({}), 422, 'absence.invalid', ['body /fromOn']);

    const list = async (as: string) =>
      absencePageSchema.parse((await api.send('GET /absences', { as })).body).items;
    expect((await list('deputy-DE1')).map(({ isInForce }) => isInForce)).toEqual([true]);
    expect(await list('steering')).toHaveLength(1);
    expect(await list('authority-DE2')).toEqual([]);

    const end = (as: string) => post(`/absences/${declared.body['id']}/end`, as);
    expectProblem(await end('authority-DE2'), 404, 'absence.not-found');
    expect((await end('coordinator')).body['endedAt']).toBe('2017-07-03T08:00:00.000Z');
    expect((await list('deputy-DE1')).map(({ isInForce }) => isInForce)).toEqual([false]);
  });

  it('leave, and their tasks go to others; their token stops working at once', async () => {
    const { id } = await taskOf(api.engine, 'DE1', 'A1');
    await post(`/tasks/${id}/claim`, 'deputy-DE1');
    const disable = (as: string, body: object) => post('/accounts/deputy-DE1/disable', as, body);
    expectProblem(await disable('coordinator', { reason: 'x' }), 403, 'auth.role-forbidden');
    expectProblem(await disable('administrator', {}), 422, 'request.invalid', ['body /reason']);
    const wrong = { reason: 'left', reassignTo: 'authority-DE2' };
    expectProblem(await disable('administrator', wrong), 422, 'task.delegate-unknown', ['body /reassignTo']);
    const gone = await disable('administrator', { reason: 'left', reassignTo: 'authority-DE1' });
    expect(disabledAccountSchema.parse(gone.body)).toMatchObject({ tasks: [id], absences: [] });
    expect(gone.text).not.toContain('tokenHash');
    expectProblem(await api.send('GET /me', { as: 'deputy-DE1' }), 401, 'auth.token-unknown');
    expect(
      accountSchema.parse((await post('/accounts/deputy-DE1/enable', 'administrator')).body).disabledAt,
    ).toBeNull();
    expect((await api.send('GET /me', { as: 'deputy-DE1' })).status).toBe(200);
    expectProblem(await post('/accounts/nobody/enable', 'administrator'), 422, 'account.not-found');

    await post('/accounts/administrator2/disable', 'administrator', { reason: 'left' });
    const last = await post('/accounts/administrator/disable', 'administrator', { reason: 'left' });
    expectProblem(last, 409, 'account.last-of-its-kind');
  });

  it('are listed for the offices and for those who only read', async () => {
    const list = (as: string, query = '') => api.send(`GET /accounts?limit=3${query}`, { as });
    for (const as of ['administrator', 'coordinator', 'auditor', 'steering']) {
      const page = accountPageSchema.parse((await list(as)).body);
      expect(page.items).toHaveLength(3);
      const next = accountPageSchema.parse((await list(as, `&cursor=${page.nextCursor}`)).body);
      expect(next.items[0]?.id.localeCompare(page.items[2]?.id ?? '')).toBe(1);
    }
    expectProblem(await list('authority-DE1'), 403, 'auth.role-forbidden');
    const office = accountPageSchema.parse((await list('auditor', '&role=steering_group')).body);
    expect(office.items.map(({ id }) => id)).toEqual(['steering']);
  });

  it('of the steering group read what auditors read, and write nothing', async () => {
    const before = await api.countRows();
    for (const path of ['/dead-letters', '/incidents', '/rulebooks', '/tasks', '/cycles', '/absences']) {
      expect([path, (await api.send(`GET ${path}`, { as: 'steering' })).status]).toEqual([path, 200]);
    }
    const { id } = await taskOf(api.engine, 'DE2', 'A1');
    const wishes: [string, object?][] = [
      [`/tasks/${id}/claim`],
      [`/tasks/${id}/release`],
      [`/tasks/${id}/hand-back`],
      [`/tasks/${id}/complete`, {}],
      [`/tasks/${id}/delegate`, { to: 'authority-DE2' }],
      [`/tasks/${id}/reassign`, { to: 'authority-DE2', reason: 'x' }],
      [`/tasks/${id}/candidates`, { people: [] }],
      [`/tasks/${id}/comments`, { text: 'x' }],
      [`/cycles/${api.engine.cycle('DE2')}/events`, { type: 'advance' }],
      ['/accounts/auditor/disable', { reason: 'x' }],
      ['/accounts/auditor/enable'],
    ];
    for (const as of ['steering', 'auditor']) {
      for (const [path, body] of wishes) {
        expectProblem(await post(path, as, body), 403, 'auth.role-forbidden');
      }
    }
    expect(await api.countRows()).toEqual(before);
  });
});
