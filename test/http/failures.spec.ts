import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpApp } from '../../src/http/create-http-app.js';
import type { HttpLogEntry } from '../../src/http/http-deps.js';
import { openDatabase } from '../../src/store/database.js';
import { expectProblem } from './expect-problem.js';
import { shippedDefinitions } from '../support/engine.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('a server in production', () => {
  let api: TestApi;
  let queue: string | null = null;

  beforeAll(async () => {
    api = await openTestApi({ mode: 'production', readiness: async () => ({ database: null, queue }) });
  });
  afterAll(() => api.close());

  it('has no tools of development', async () => {
    for (const route of ['POST /dev/clock', 'GET /dev/mails', 'GET /dev/anything']) {
      expectProblem(await api.send(route, { as: 'coordinator' }), 404, 'route.not-found');
    }
    const { text } = await api.send('GET /openapi.json');
    expect(text).not.toContain('/dev/');
  });

  it('says that it lives, whether it is ready, and why not', async () => {
    expect((await api.send('GET =/health/live')).status).toBe(200);
    const ready = await api.send('GET =/health/ready');
    expect([ready.status, ready.body]).toEqual([
      200,
      { status: 'ready', checks: { database: null, queue: null } },
    ]);
    queue = 'no connection';
    const unready = await api.send('GET =/health/ready');
    expect([unready.status, unready.body]).toEqual([
      503,
      { status: 'not-ready', checks: { database: null, queue: 'no connection' } },
    ]);
  });

  it('keeps the id that a caller gave its request, and gives one where there is none', async () => {
    const given = await api.send('GET /me', { as: 'auditor', headers: { 'x-request-id': 'visit-17' } });
    expect(given.headers.get('x-request-id')).toBe('visit-17');
    for (const odd of ['a b', 'x'.repeat(101)]) {
      const answer = await api.send('GET /nowhere', { headers: { 'x-request-id': odd } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('when the database cannot be reached, or the program is wrong', () => {
  const logged: HttpLogEntry[] = [];
  let api: TestApi;
  let origin: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    api = await openTestApi();
    const database = await openDatabase('postgres://nobody:secret@127.0.0.1:1/nothing');
    const app = await createHttpApp({
      engine: { ...api.engine.deps, database },
      problemTexts: shippedDefinitions().problemTexts,
      mode: 'development',
      readiness: () => Promise.reject(new TypeError('secret plans of the program')),
      log: (entry) => logged.push(entry),
    });
    await app.listen(0, '127.0.0.1');
    origin = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
    close = async () => {
      await app.close();
      await database.close();
    };
  });
  afterAll(async () => {
    await close();
    await api.close();
  });

  const get = async (path: string) => {
    const answer = await fetch(origin + path, {
      headers: { authorization: 'Bearer test-token-auditor', 'x-request-id': 'night-3' },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: JSON.parse(text) as Record<string, unknown>,
    };
  };

  it('answers 503 with Retry-After, and logs why', async () => {
    const answer = await get('/api/v1/me?token=shown');
    expectProblem(answer, 503, 'database.unreachable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('127.0.0.1');
    expect(logged.pop()).toMatchObject({
      requestId: 'night-3',
      method: 'GET',
      path: '/api/v1/me',
      status: 503,
      code: 'database.unreachable',
    });
  });

  it('answers 500 without a word about its inside, and logs the error with the request id', async () => {
    const answer = await get('/health/ready');
    expectProblem(answer, 500, 'internal');
    expect(answer.text).not.toContain('secret plans');
    const entry = logged.pop();
    expect([entry?.requestId, entry?.status, entry?.error]).toEqual([
      'night-3',
      500,
      new TypeError('secret plans of the program'),
    ]);
  });
});
