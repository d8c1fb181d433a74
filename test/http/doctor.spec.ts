import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { examine } from '../../src/engine/doctor/examine.js';
import { raiseFindings } from '../../src/engine/doctor/run-doctor.js';
import { carryOutEffects } from '../support/carry-out.js';
import { instant } from '../support/engine.js';
import { hire } from '../support/people.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

interface Found {
  readonly code: string;
  readonly subject: string;
  readonly cycle: string | null;
  readonly cause: string;
  readonly remedy: string;
}
interface Incident extends Record<string, unknown> {
  readonly id: string;
  readonly kind: string;
}

describe('the doctor over the API', () => {
  let api: TestApi;
  let client: Client;

  beforeAll(async () => {
    api = await openTestApi();
    await hire(api.engine, 'steering', 'steering_group');
    // On the day of its opening: no reminder is due, and nothing is late.
    api.engine.clock.set(instant('2016-11-01T08:00:00Z'));
    await carryOutEffects(api.engine);
    client = new Client({ connectionString: api.engine.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await api.close();
  });

  const findings = async (as: string, headers = {}) =>
    (await api.send('GET /doctor', { as, headers })).body['findings'] as Found[];
  async function plantOrphan(nuts: string): Promise<string> {
    const { rows } = await client.query<{ id: string }>(
      `update tasks set status = 'claimed', assignee = 'nobody-any-more' where id in (
         select id from tasks where cycle_id = $1 and status = 'open' limit 1) returning id`,
      [api.engine.cycle(nuts)],
    );
    return rows[0]?.id ?? '';
  }
  async function raise(): Promise<readonly Incident[]> {
    const { deps } = api.engine;
    await raiseFindings(deps, await examine(deps, { limits: { historySample: 0 } }));
    return (await api.send('GET /incidents', { as: 'auditor' })).body['items'] as Incident[];
  }

  it('finds a fresh scheme healthy, and says what it has looked at', async () => {
    const { status, body } = await api.send('GET /doctor', { as: 'auditor' });
    expect([status, body['healthy'], body['findings']]).toEqual([200, true, []]);
    expect(body['checked']).toMatchObject({ cycles: 11, operations: 0 });
    expect(body['examinedAt']).toBe('2016-11-01T08:00:00.000Z');
  });

  it('is there for those who answer for the whole, and for no authority', async () => {
    for (const as of ['coordinator', 'administrator', 'auditor', 'steering']) {
      expect((await api.send('GET /doctor', { as })).status).toBe(200);
    }
    for (const path of ['/doctor', '/incidents']) {
      expectProblem(await api.send(`GET ${path}`, { as: 'authority-DE1' }), 403, 'auth.role-forbidden');
    }
    expect((await api.send('GET /incidents', { as: 'steering' })).status).toBe(200);
  });

  it('tells cause and remedy in the language of the reader, and writes nothing', async () => {
    const task = await plantOrphan('DE1');
    const before = await api.countRows();
    const [english] = await findings('coordinator');
    const [slovenian] = await findings('coordinator', { 'accept-language': 'sl' });
    expect(english).toMatchObject({
      code: 'task.assignee-gone',
      subject: task,
      cycle: api.engine.cycle('DE1'),
      severity: 'error',
      details: { assignee: 'nobody-any-more', region: 'DE1' },
    });
    expect(english?.cause).toMatch(/^The task is with an account/);
    expect(slovenian?.cause).toMatch(/^Naloga je pri računu/);
    expect(slovenian?.remedy).not.toBe(english?.remedy);
    expect(await api.countRows()).toEqual(before);
  });

  it('lists incidents with words, applies a remedy once, and keeps who did it', async () => {
    const [incident] = await raise();
    expect(incident).toMatchObject({ kind: 'task.assignee-gone', resolvedAt: null });
    const read = await api.send(`GET /incidents/${incident?.id}`, { as: 'auditor' });
    expect(read.body).toMatchObject({ retryable: true, actions: [] });

    for (const as of ['auditor', 'authority-DE1', 'steering']) {
      const answer = await api.send(`POST /incidents/${incident?.id}/retry`, { as, body: {} });
      expectProblem(answer, 403, 'auth.role-forbidden');
    }
    const headers = { 'idempotency-key': 'retry-once' };
    const retry = () =>
      api.send(`POST /incidents/${incident?.id}/retry`, { as: 'administrator', headers, body: {} });
    const first = await retry();
    expect(first.body).toMatchObject({
      retryable: false,
      resolvedAt: '2016-11-01T08:00:00.000Z',
      actions: [
        {
          action: 'retry',
          outcome: { done: 'released', settled: true },
          actor: { id: 'administrator', name: 'administrator' },
        },
      ],
    });
    expect((await retry()).body).toEqual(first.body);
    expect(await findings('auditor')).toEqual([]);
    expect(await raise()).toEqual([]);
  });

  it('resolves by hand with a reason, and refuses to retry what only people can mend', async () => {
    await client.query(`update accounts set disabled_at = now() where region = 'DE2'`);
    const [incident] = await raise();
    expect(incident?.kind).toBe('task.nobody');
    expectProblem(
      await api.send(`POST /incidents/${incident?.id}/retry`, { as: 'coordinator', body: {} }),
      409,
      'incident.not-retryable',
    );
    expectProblem(
      await api.send(`POST /incidents/${incident?.id}/resolve`, { as: 'coordinator', body: {} }),
      422,
      'request.invalid',
      ['body /reason'],
    );
    const resolved = await api.send(`POST /incidents/${incident?.id}/resolve`, {
      as: 'coordinator',
      body: { reason: 'a successor is named' },
    });
    expect(resolved.body['actions']).toMatchObject([{ action: 'resolve', reason: 'a successor is named' }]);
    for (const verb of ['retry', 'resolve']) {
      expectProblem(
        await api.send(`POST /incidents/${incident?.id}/${verb}`, {
          as: 'coordinator',
          body: verb === 'retry' ? {} : { reason: 'x' },
        }),
        404,
        'incident.not-found',
      );
    }
    expect((await api.send(`GET /incidents/${incident?.id}`, { as: 'auditor' })).status).toBe(200);
    await client.query('update accounts set disabled_at = null');
  });

  it('knows no other incidents', async () => {
    const nowhere = '01890a5d-ac96-774b-bcce-b302099a8057';
    expectProblem(await api.send(`GET /incidents/${nowhere}`, { as: 'auditor' }), 404, 'incident.not-found');
    expectProblem(await api.send('GET /incidents/abc', { as: 'auditor' }), 422, 'request.invalid', [
      'path /id',
    ]);
  });
});
