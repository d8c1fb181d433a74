import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cycleWithEventsSchema } from '../../src/http/schemas/cycle.js';
import { boardSchema } from '../../src/http/schemas/scheme.js';
import {
  modificationPageSchema,
  modificationSchema,
  revertedSchema,
} from '../../src/http/schemas/way-back.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('the way back, over HTTP', () => {
  let api: TestApi;
  let cycle: string;

  beforeAll(async () => {
    api = await openTestApi();
    cycle = api.engine.cycle('DE1');
    await api.send(`PATCH /cycles/${cycle}/facts`, {
      as: 'authority-DE1',
      body: { facts: agendaSettingFacts().map(({ fact, value }) => ({ fact, value })) },
    });
    const moved = await api.send(`POST /cycles/${cycle}/events`, {
      as: 'coordinator',
      body: { type: 'advance', note: 'as decided' },
    });
    if (moved.status !== 200) throw new Error(moved.text);
  });
  afterAll(() => api.close());

  const read = async (query = '') =>
    cycleWithEventsSchema.parse((await api.send(`GET /cycles/${cycle}${query}`, { as: 'coordinator' })).body);

  it('shows a cycle and the board as they were at an instant', async () => {
    expect((await read()).stage).toBe('strategy_development');
    const then = '?at=2016-12-24T18:00:00%2B01:00';
    expect(await read(then)).toMatchObject({ stage: 'agenda_setting', number: 1, status: 'active' });
    const board = boardSchema.parse(
      (await api.send(`GET /schemes/s3-4alpclusters/board${then}`, { as: 'coordinator' })).body,
    );
    expect(board.regions.find(({ region }) => region === 'DE1')?.stage).toBe('agenda_setting');
  });

  it('refuses an instant that is none, lies in the future or before everything', async () => {
    const at = (text: string) => api.send(`GET /cycles/${cycle}?at=${text}`, { as: 'coordinator' });
    expectProblem(await at('yesterday'), 422, 'request.invalid', ['query /at']);
    expectProblem(await at('2099-01-01T00:00:00Z'), 422, 'date.in-the-future', ['query /at']);
    expectProblem(await at('1999-01-01T00:00:00Z'), 404, 'history.not-recorded');
  });

  it('reverts the last decision for a coordinator who says why, once for one key', async () => {
    const wish = (as: string, body: object, headers = {}) =>
      api.send(`POST /cycles/${cycle}/revert`, { as, body, headers });
    expectProblem(await wish('coordinator', {}), 422, 'request.invalid', ['body /reason']);
    expectProblem(await wish('administrator', { reason: 'x' }), 403, 'auth.role-forbidden');
    expectProblem(await wish('authority-DE2', { reason: 'x' }), 403, 'auth.role-forbidden');
    expectProblem(await wish('coordinator', { reason: 'x' }, { 'If-Match': '"1"' }), 412, 'version.stale');
    const key = { 'Idempotency-Key': 'revert-once' };
    const first = await wish('coordinator', { reason: 'The minutes say otherwise' }, key);
    const again = await wish('coordinator', { reason: 'The minutes say otherwise' }, key);
    expect(again.body).toEqual(first.body);
    const reverted = revertedSchema.parse(first.body);
    expect(reverted.undone).toMatchObject({ event: 'advance', to: 'strategy_development' });
    expect(reverted.cycle.stage).toBe('agenda_setting');
    expect((await read()).stage).toBe('agenda_setting');
    expectProblem(await wish('coordinator', { reason: 'and before' }), 409, 'revert.nothing');
  });

  it('skips a step with two signatures', async () => {
    const path = `/cycles/${cycle}/modifications`;
    const proposal = { kind: 'skip', task: 'A4', reason: 'The survey was held before' };
    expectProblem(
      await api.send(`POST ${path}`, { as: 'coordinator', body: proposal }),
      403,
      'auth.role-forbidden',
    );
    const answer = await api.send(`POST ${path}`, { as: 'administrator', body: proposal });
    expect(answer.status).toBe(201);
    const { id } = modificationSchema.parse(answer.body);
    const sign = (as: string) => api.send(`POST ${path}/${id}/sign`, { as, body: {} });
    expectProblem(await sign('administrator'), 403, 'modification.same-person');
    const signed = modificationSchema.parse((await sign('administrator2')).body);
    expect(signed.signedBy).toBe('administrator2');
    expectProblem(await sign('coordinator'), 409, 'modification.not-possible');
    const { items } = modificationPageSchema.parse((await api.send(`GET ${path}`, { as: 'auditor' })).body);
    expect(items.map(({ task, kind }) => [task, kind])).toEqual([['A4', 'skip']]);
    expect(api.logged).toEqual([]);
  });
});
