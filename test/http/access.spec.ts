import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { meSchema } from '../../src/http/schemas/me.js';
import { carryOutEffects } from '../support/carry-out.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('who may do what', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  it('asks for a token before it reads anything else', async () => {
    for (const route of ['GET /cycles', 'GET /dev/mails', 'POST /dev/clock']) {
      const answer = await api.send(route, route.startsWith('POST') ? { raw: '{"not json' } : {});
      expectProblem(answer, 401, 'auth.token-missing');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="cordata"');
    }
    const unknown = await api.send('GET /me', { as: 'nobody' });
    expectProblem(unknown, 401, 'auth.token-unknown');
    expect(unknown.headers.get('www-authenticate')).toContain('invalid_token');
    for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer ' + 'x'.repeat(600)]) {
      expectProblem(await api.send('GET /me', { headers: { authorization } }), 401, 'auth.token-missing');
    }
  });

  it('tells everybody who they are', async () => {
    const answer = await api.send('GET /me', { as: 'authority-CH022' });
    expect(meSchema.parse(answer.body)).toEqual({
      id: 'authority-CH022',
      name: 'authority-CH022',
      role: 'authority',
      region: 'CH022',
      language: 'fr',
    });
  });

  it('hides the cycles of other regions from an authority, as if they did not exist', async () => {
    const other = api.engine.cycle('DE1');
    const as = 'authority-DE2';
    const nothing = '01890a5d-ac96-774b-bcce-b302099a8057';
    for (const path of ['', '/gate', '/facts', '/history']) {
      const hidden = await api.send(`GET /cycles/${other}${path}`, { as });
      const absent = await api.send(`GET /cycles/${nothing}${path}`, { as });
      expectProblem(hidden, 404, 'cycle.not-found');
      expect(hidden.text.replaceAll(other, nothing)).toBe(absent.text);
    }
    const body = { facts: [{ fact: 'gov.body_named', value: true }] };
    expectProblem(await api.send(`PATCH /cycles/${other}/facts`, { as, body }), 404, 'cycle.not-found');
    const mine = await api.send('GET /cycles', { as });
    expect((mine.body['items'] as { region: string }[]).map(({ region }) => region)).toEqual(['DE2']);
    const others = await api.send('GET /cycles?region=DE1', { as });
    expect(others.body).toEqual({ items: [], nextCursor: null });
  });

  it('hides the tasks of other regions from an authority', async () => {
    const all = await api.send('GET /tasks?region=DE1', { as: 'coordinator' });
    const [task] = all.body['items'] as { id: string }[];
    for (const route of [`GET /tasks/${task?.id}`, `POST /tasks/${task?.id}/claim`]) {
      expectProblem(await api.send(route, { as: 'authority-DE2' }), 404, 'task.not-found');
    }
    expect((await api.send(`GET /tasks/${task?.id}`, { as: 'authority-DE1' })).status).toBe(200);
  });

  it('lets an auditor read all and write nothing', async () => {
    const cycle = api.engine.cycle('DE2');
    const [task] = (await api.send('GET /tasks', { as: 'auditor' })).body['items'] as { id: string }[];
    const before = await api.countRows();
    const wishes: [string, object][] = [
      [`POST /cycles/${cycle}/events`, { type: 'advance' }],
      [`PATCH /cycles/${cycle}/facts`, { facts: [{ fact: 'gov.body_named', value: true }] }],
      [`POST /tasks/${task?.id}/claim`, {}],
      [`POST /tasks/${task?.id}/complete`, { facts: [] }],
      [`POST /tasks/${task?.id}/delegate`, { to: 'authority-DE2' }],
      [
        `POST /cycles/${cycle}/waivers`,
        { rule: 'R05', reason: 'x', secondedBy: 'administrator', endsOn: '2017-12-31' },
      ],
      ['POST /dead-letters/01890a5d-ac96-774b-bcce-b302099a8057/retry', {}],
      ['POST /dev/clock', { advance: 'P1D' }],
    ];
    for (const [route, body] of wishes) {
      const problem = expectProblem(
        await api.send(route, { as: 'auditor', body }),
        403,
        'auth.role-forbidden',
      );
      expect(problem['allowed']).not.toContain('auditor');
    }
    expect(await api.countRows()).toEqual(before);
    for (const path of ['/dead-letters', '/incidents', '/rulebooks', '/schemes', '/facts/catalogue']) {
      expect((await api.send(`GET ${path}`, { as: 'auditor' })).status).toBe(200);
    }
  });

  it('lets nobody but the coordinator move a cycle, and keeps the machinery from authorities', async () => {
    const cycle = api.engine.cycle('DE2');
    for (const as of ['authority-DE2', 'administrator']) {
      const answer = await api.send(`POST /cycles/${cycle}/events`, { as, body: { type: 'advance' } });
      expectProblem(answer, 403, 'auth.role-forbidden');
    }
    expectProblem(await api.send('GET /dead-letters', { as: 'authority-DE2' }), 403, 'auth.role-forbidden');
  });

  it('shows everybody their own inbox, and marks what has been read', async () => {
    await api.send(`POST /cycles/${api.engine.cycle('DE2')}/events`, {
      as: 'coordinator',
      body: { type: 'advance' },
    });
    await carryOutEffects(api.engine);
    const inbox = await api.send('GET /notices?unread=true', { as: 'authority-DE2' });
    const notices = inbox.body['items'] as { id: string; language: string; readAt: string | null }[];
    expect(notices.length).toBeGreaterThan(0);
    expect(new Set(notices.map(({ language }) => language))).toEqual(new Set(['de']));
    const [notice] = notices;
    expectProblem(
      await api.send(`POST /notices/${notice?.id}/read`, { as: 'authority-DE1' }),
      404,
      'notice.not-found',
    );
    const read = await api.send(`POST /notices/${notice?.id}/read`, { as: 'authority-DE2' });
    expect(read.body['readAt']).toBe('2017-07-03T08:00:00.000Z');
    const left = await api.send('GET /notices?unread=true', { as: 'authority-DE2' });
    expect((left.body['items'] as { id: string }[]).map(({ id }) => id)).not.toContain(notice?.id);
    const mails = await api.send('GET /dev/mails', { as: 'coordinator' });
    expect((mails.body['items'] as { to: string }[]).map(({ to }) => to)).toContain(
      'authority-de2@cordata.example',
    );
  });
});
