import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { driveOperation } from '../../src/engine/operations/drive-operation.js';
import { runNextItem } from '../../src/engine/operations/run-next-item.js';
import { tokenOf } from '../support/engine.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

const REGIONS = 11;

interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly status: string; readonly version: number; readonly progress: number };
}

describe('operations over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const suspend = (more: object = {}) => ({
    verb: 'suspend',
    filter: { scheme: 's3-4alpclusters', ...more },
    reason: 'elections in all regions',
  });
  const post = (body: unknown, headers: Record<string, string> = {}, as = 'coordinator') =>
    api.send('POST /operations', { as, body, headers });
  const idOf = async (body: unknown): Promise<string> => String((await post(body)).body['id']);
  const drive = (id: string) => driveOperation(api.engine.deps, id, () => undefined);
  const undo = async () => {
    const id = await idOf({ verb: 'resume', filter: { status: 'suspended' }, reason: 'on with it' });
    await api.send(`POST /operations/${id}/start`, { as: 'coordinator' });
    await drive(id);
  };
  const open = (target: TestApi, id: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${target.origin}/api/v1/operations/${id}/events`, {
      headers: { authorization: `Bearer ${tokenOf('auditor')}`, ...headers },
      ...(signal === undefined ? {} : { signal }),
    });

  it('is planned, read, listed, started by the version that was seen, and told item by item', async () => {
    const planned = await post(suspend(), { 'idempotency-key': 'plan-1' });
    expect([planned.status, planned.headers.get('etag')]).toEqual([201, '"1"']);
    expect(planned.body).toMatchObject({
      verb: 'suspend',
      scheme: 's3-4alpclusters',
      status: 'planned',
      total: REGIONS,
      progress: 0,
      by: { id: 'coordinator' },
      counts: { waiting: REGIONS, done: 0 },
    });
    const again = await post(suspend(), { 'idempotency-key': 'plan-1' });
    expect(again.body['id']).toBe(planned.body['id']);
    const id = String(planned.body['id']);
    const start = `POST /operations/${id}/start`;
    const as = 'coordinator';
    expectProblem(await api.send(start, { as, headers: { 'if-match': '"7"' } }), 412, 'version.stale');
    const started = await api.send(start, { as, headers: { 'if-match': '"1"' } });
    expect([started.status, started.body['status'], started.headers.get('etag')]).toEqual([
      200,
      'running',
      '"2"',
    ]);
    expectProblem(await api.send(start, { as }), 409, 'operation.not-possible');
    await drive(id);

    const done = await api.send(`GET /operations/${id}`, { as: 'auditor' });
    expect(done.body).toMatchObject({ status: 'done', progress: 1, counts: { done: REGIONS, waiting: 0 } });
    const unchanged = await api.send(`GET /operations/${id}`, {
      as,
      headers: { 'if-none-match': done.headers.get('etag') ?? '' },
    });
    expect(unchanged.status).toBe(304);
    const list = await api.send('GET /operations?status=done&limit=1', { as: 'auditor' });
    expect((list.body['items'] as { id: string }[]).map((one) => one.id)).toEqual([id]);

    const first = await api.send(`GET /operations/${id}/items?status=done&limit=8`, { as: 'administrator' });
    const cursor = String(first.body['nextCursor']);
    const rest = await api.send(`GET /operations/${id}/items?status=done&limit=8&cursor=${cursor}`, { as });
    const items = [...(first.body['items'] as object[]), ...(rest.body['items'] as object[])];
    expect(items).toHaveLength(REGIONS);
    expect(items[0]).toMatchObject({
      position: 1,
      kind: 'cycle',
      status: 'done',
      plan: { result: 'done', code: 'suspended' },
      outcome: { result: 'done', code: 'suspended', details: { from: 'agenda_setting' } },
    });
    expect(rest.body['nextCursor']).toBeNull();
    await undo();
  });

  it('is cancelled in the middle', async () => {
    const id = await idOf(suspend());
    await api.send(`POST /operations/${id}/start`, { as: 'coordinator' });
    await runNextItem(api.engine.deps, id);
    const cancelled = await api.send(`POST /operations/${id}/cancel`, { as: 'coordinator' });
    expect(cancelled.body).toMatchObject({
      status: 'cancelled',
      counts: { done: 1, cancelled: REGIONS - 1, waiting: 0 },
    });
    const again = await api.send(`POST /operations/${id}/cancel`, { as: 'coordinator' });
    expectProblem(again, 409, 'operation.not-possible');
    await undo();
  });

  it('says a refusal in the words of the API', async () => {
    const to = 'authority-DE1';
    const id = await idOf({
      verb: 'reassign',
      filter: { regions: ['DE2'], kind: 'sub-step' },
      parameters: { to },
      reason: 'on leave',
    });
    const { body } = await api.send(`GET /operations/${id}/items`, { as: 'coordinator' });
    expect((body['items'] as object[])[0]).toMatchObject({
      kind: 'task',
      outcome: null,
      plan: {
        result: 'refused',
        code: 'task.delegate-unknown',
        words: expect.stringContaining('could not do this task'),
      },
    });
  });

  it('streams its state now and at each change, and closes after the last', async () => {
    const id = await idOf(suspend());
    const answer = await open(api, id);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no-store',
    ]);
    expect(answer.headers.get('x-request-id')).not.toBeNull();
    const events = eventsOf(answer);
    const first = await events.next();
    expect(first.value).toMatchObject({ id: '1', event: 'operation', data: { status: 'planned' } });
    await api.send(`POST /operations/${id}/start`, { as: 'coordinator' });
    expect((await events.next()).value).toMatchObject({ id: '2', data: { status: 'running', progress: 0 } });
    await drive(id);
    const rest: SentEvent[] = [];
    for await (const event of events) rest.push(event);
    const last = rest.at(-1);
    expect(last?.data).toMatchObject({ status: 'done', progress: 1, counts: { done: REGIONS } });
    const versions = rest.map(({ data }) => data.version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(rest.every((event) => event.id === String(event.data.version))).toBe(true);

    const resumed = await open(api, id, { 'last-event-id': '2' });
    const news: SentEvent[] = [];
    for await (const event of eventsOf(resumed)) news.push(event);
    expect(news.map((event) => event.id)).toEqual([last?.id]);
    const nothing = await open(api, id, { 'last-event-id': last?.id ?? '' });
    expect(nothing.status).toBe(204);
    await undo();
  });

  it('does not say again what the client has seen when it comes back', async () => {
    const id = await idOf(suspend());
    const events = eventsOf(await open(api, id, { 'last-event-id': '1' }));
    const next = events.next();
    await api.send(`POST /operations/${id}/cancel`, { as: 'coordinator' });
    expect((await next).value).toMatchObject({ id: '2', data: { status: 'cancelled' } });
    expect((await events.next()).done).toBe(true);
  });

  it('ends its streams when the server stops and when a client leaves', async () => {
    const other = await openTestApi();
    const planned = await other.send('POST /operations', { as: 'coordinator', body: suspend() });
    const id = String(planned.body['id']);
    const leaving = new AbortController();
    const left = eventsOf(await open(other, id, {}, leaving.signal));
    await left.next();
    leaving.abort();
    await expect(left.next()).rejects.toMatchObject({ name: 'AbortError' });
    const stayed = eventsOf(await open(other, id));
    await stayed.next();
    const ended = stayed.next();
    await other.close();
    expect((await ended).done).toBe(true);
  });

  it('refuses who may not, what is not there and what makes no sense', async () => {
    expectProblem(await post(suspend(), {}, 'authority-DE1'), 403, 'auth.role-forbidden');
    expectProblem(await post(suspend(), {}, 'administrator'), 403, 'auth.role-forbidden');
    const migrate = { verb: 'migrate', parameters: { workflow: 'region-cycle', toVersion: 2 }, reason: 'x' };
    expectProblem(await post(migrate), 403, 'auth.role-forbidden');
    expectProblem(await post({ ...suspend(), verb: 'delete' }), 422, 'request.invalid', ['body /verb']);
    expectProblem(await post({ ...suspend(), reason: '' }), 422, 'request.invalid', ['body /reason']);
    expectProblem(await post(suspend({ colour: 'red' })), 422, 'request.invalid', ['body /filter/colour']);
    expectProblem(await post(suspend({ regions: ['DE1', 'DE9'] })), 422, 'region.not-found', [
      'body /filter/regions/1',
    ]);
    const nothing = '01890a5d-ac96-774b-bcce-b302099a8057';
    for (const path of ['', '/items', '/events']) {
      const answer = await api.send(`GET /operations/${nothing}${path}`, { as: 'coordinator' });
      expectProblem(answer, 404, 'operation.not-found');
      const hidden = await api.send(`GET /operations/${nothing}${path}`, { as: 'authority-DE1' });
      expectProblem(hidden, 403, 'auth.role-forbidden');
    }
    expectProblem(await api.send('GET /operations', { as: 'authority-DE1' }), 403, 'auth.role-forbidden');
  });

  it('migrates by the same routes, and lists the versions of the workflows', async () => {
    const planned = await post(
      {
        verb: 'migrate',
        filter: { regions: ['DE1', 'SI0'] },
        parameters: { workflow: 'region-cycle', toVersion: 2 },
        reason: 'the second version',
      },
      {},
      'administrator',
    );
    const id = String(planned.body['id']);
    await api.send(`POST /operations/${id}/start`, { as: 'administrator' });
    await drive(id);
    const versions = await api.send('GET /workflows', { as: 'authority-DE1' });
    expect(versions.body['items']).toMatchObject([
      { id: 'joint-call', version: 1, installed: true, cycles: 0 },
      { id: 'region-cycle', version: 1, installed: true, cycles: REGIONS - 2, mappings: [{ to: 2 }] },
      { id: 'region-cycle', version: 2, installed: true, cycles: 2 },
      { id: 'transformative-activity', version: 1, installed: true, cycles: 0 },
    ]);
    const back = await post(
      { verb: 'revert-migration', parameters: { operation: id }, reason: 'not yet' },
      {},
      'administrator',
    );
    const backId = String(back.body['id']);
    await api.send(`POST /operations/${backId}/start`, { as: 'administrator' });
    await drive(backId);
    const { body } = await api.send(`GET /operations/${backId}`, { as: 'administrator' });
    expect(body).toMatchObject({ status: 'done', counts: { done: 2 } });
  });
});

/** The events of an answer, as a client reads them. */
async function* eventsOf(answer: Response): AsyncGenerator<SentEvent, void> {
  let text = '';
  const decoder = new TextDecoder();
  if (answer.body === null) return;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const { id, event, data } = fields;
      if (id === undefined || event === undefined || data === undefined) continue;
      yield { id, event, data: JSON.parse(data) as SentEvent['data'] };
    }
  }
}
