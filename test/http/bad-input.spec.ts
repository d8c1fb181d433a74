import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi, type TestRequest } from './test-api.js';

describe('bad input is refused with a code and a pointer, and writes nothing', () => {
  let api: TestApi;
  let facts: string;
  let events: string;
  let before: Record<string, number>;

  beforeAll(async () => {
    api = await openTestApi();
    facts = `PATCH /cycles/${api.engine.cycle('DE2')}/facts`;
    events = `POST /cycles/${api.engine.cycle('DE2')}/events`;
  });
  beforeEach(async () => {
    before = await api.countRows();
  });
  afterEach(async () => {
    expect(await api.countRows()).toEqual(before);
    expect(api.logged).toEqual([]);
  });
  afterAll(() => api.close());

  const report = (...entries: object[]) => api.send(facts, { as: 'authority-DE2', body: { facts: entries } });
  const move = (more: TestRequest) => api.send(events, { as: 'coordinator', ...more });

  const decideOn = (decidedOn: unknown) => move({ body: { type: 'suspend', decidedOn } });
  const noteThat = (text: string) => move({ body: { type: 'suspend', note: text } });
  const refused = async (raw: string, pointer: string, code: string) => {
    const problem = expectProblem(await move({ raw }), 400, 'request.malformed', [`body ${pointer}`]);
    expect(problem.errors?.[0]?.code).toBe(code);
  };
  const setClock = (body: unknown) => api.send('POST /dev/clock', { as: 'coordinator', body });

  it.each([
    ['a number for a yes or no', 'gov.body_named', 1, 'fact.wrong-type'],
    ['a number in quotes', 'fields.predetermined', '3', 'fact.wrong-type'],
    ['a fraction of a field', 'fields.predetermined', 2.5, 'fact.wrong-type'],
    ['a list', 'gov.body_named', [true], 'fact.wrong-type'],
    ['an object', 'gov.body_named', { equal: true }, 'fact.wrong-type'],
    ['a number out of range', 'stresstest.block.1', 1e300, 'fact.out-of-range'],
    ['a word that is not in the list', 'ec.1', 'perhaps', 'fact.out-of-range'],
    ['30 February', 'gov.mandate_signed_on', '2017-02-30', 'fact.invalid-date'],
    ['an American date', 'gov.mandate_signed_on', '02/03/2017', 'fact.invalid-date'],
    ['a text with a NUL', 'approval.reference', 'a\u0000b', 'fact.wrong-type'],
    ['a text with half a surrogate pair', 'approval.reference', 'a\ud800b', 'fact.wrong-type'],
  ])('as the value of a fact: %s', async (_, fact, value, code) => {
    expectProblem(await report({ fact, value }), 422, code, ['body /facts/0/value']);
  });

  it.each(['gov.nothing', 'toString', '__proto__', 'constructor', 'gov.body_named ', 'GOV.BODY_NAMED', 'ö'])(
    'a fact that nobody knows: %s',
    async (fact) => {
      expectProblem(await report({ fact, value: true }), 422, 'fact.unknown', ['body /facts/0/fact']);
    },
  );

  it('names every fault of a report at once, and records none of its facts', async () => {
    const problem = expectProblem(
      await report(
        { fact: 'gov.body_named', value: true },
        { fact: 'gov.deputy_named', value: 'yes' },
        { fact: 'gov.nothing', value: 1 },
        { fact: 'gov.body_named', value: false },
        { fact: 'gov.mandate_signed_on', value: '2016-11-15', observedOn: '2031-01-01' },
        { fact: 'fields.predetermined', value: 3, precision: 'month' },
        { fact: 'stage.entered_on', value: '2016-11-15' },
        { fact: 'region.class', value: 'advanced' },
      ),
      422,
      'fact.wrong-type',
      [
        'body /facts/1/value',
        'body /facts/2/fact',
        'body /facts/3/fact',
        'body /facts/4/observedOn',
        'body /facts/5/precision',
        'body /facts/6/fact',
        'body /facts/7/fact',
      ],
    );
    expect(problem.errors?.map(({ code }) => code)).toEqual([
      'fact.wrong-type',
      'fact.unknown',
      'fact.duplicate',
      'date.in-the-future',
      'fact.precision-not-applicable',
      'fact.not-recordable',
      'fact.not-recordable',
    ]);
  });

  it('a field that the format does not have, or one that is missing', async () => {
    const unknown = await report({ fact: 'gov.body_named', value: true, valeu: false });
    expectProblem(unknown, 422, 'request.invalid', ['body /facts/0/valeu']);
    expectProblem(await report({ fact: 'gov.body_named' }), 422, 'request.invalid', ['body /facts/0/value']);
    expectProblem(await report(), 422, 'request.invalid', ['body /facts']);
    expectProblem(await move({ body: { type: 'advance', tenant: 'x' } }), 422, 'request.invalid', [
      'body /tenant',
    ]);
    expectProblem(await move({ body: { type: 'suspend', to: 'review' } }), 422, 'request.invalid', [
      'body /to',
    ]);
    expectProblem(await move({ body: {} }), 422, 'request.invalid', ['body /type']);
    expectProblem(await move({ body: { type: 'fly' } }), 422, 'request.invalid', ['body /type']);
    expectProblem(await move({ body: [] }), 422, 'request.invalid', ['body ']);
    expectProblem(await move({ raw: 'null' }), 422, 'request.invalid', ['body ']);
  });

  it('a day that does not exist, has not come, or is no day', async () => {
    for (const day of [
      '2017-02-30',
      '2017-13-01',
      '2017-2-3',
      '0000-01-01',
      '2017-02-03T00:00:00Z',
      '',
      20170203,
    ]) {
      expectProblem(await decideOn(day), 422, 'request.invalid', ['body /decidedOn']);
    }
    expectProblem(await decideOn('2017-07-04'), 422, 'date.in-the-future', ['body /decidedOn']);
  });

  it('notes that cannot be kept', async () => {
    for (const text of ['\u0000', 'a\u001bb', '\ud800', 'x'.repeat(2_001)]) {
      expectProblem(await noteThat(text), 422, 'request.invalid', ['body /note']);
    }
  });

  it('a stage that the workflow does not have', async () => {
    expectProblem(await move({ body: { type: 'advance', to: 'lunch' } }), 422, 'event.target-unknown', [
      'body /to',
    ]);
    const gate = `GET /cycles/${api.engine.cycle('DE2')}/gate?to=`;
    expectProblem(await api.send(`${gate}lunch`, { as: 'auditor' }), 422, 'event.target-unknown', [
      'query /to',
    ]);
    expectProblem(await api.send(`${gate}__proto__`, { as: 'auditor' }), 422, 'request.invalid', [
      'query /to',
    ]);
  });

  it('a body of a megabyte, with and without its length said before', async () => {
    const large = JSON.stringify({ type: 'advance', note: 'x'.repeat(1_000_000) });
    expectProblem(await move({ raw: large }), 413, 'request.too-large');
    expect(await streamed(api.origin + '/api/v1' + events.slice('POST '.length), large)).toBe(413);
  });

  it('JSON that is nested ten thousand deep', async () => {
    const tooDeep = [
      ['['.repeat(10_000), '/0'],
      ['{"a":'.repeat(10_000), '/a'],
      [`${'['.repeat(33)}${']'.repeat(33)}`, '/0'],
    ] as const;
    for (const [raw, step] of tooDeep) {
      expectProblem(await move({ raw }), 400, 'request.too-deep', [`body ${step.repeat(32)}`]);
    }
  });

  it('what is no JSON, with the place where it stops being it', async () => {
    expect(
      expectProblem(await move({ raw: '{"type":"advance",}' }), 400, 'request.malformed')['position'],
    ).toBe(18);
    for (const raw of [
      '{',
      '',
      ' ',
      "{'type':'advance'}",
      'undefined',
      'NaN',
      '{"a":01}',
      '"\u0000"',
      '{} {}',
    ]) {
      expectProblem(await move({ raw }), 400, 'request.malformed');
    }
    expectProblem(await move({ raw: new Uint8Array([0x22, 0xc3, 0x28, 0x22]) }), 400, 'request.malformed');
  });

  it('keys that reach for prototypes, keys that are there twice, numbers beyond all', async () => {
    await refused('{"__proto__":{"type":"advance"}}', '/__proto__', 'json.forbidden-key');
    await refused('{"type":"advance","\\u005f_proto__":1}', '/__proto__', 'json.forbidden-key');
    await refused('{"constructor":{"a":1}}', '/constructor', 'json.forbidden-key');
    await refused('{"facts":[{"prototype":1}]}', '/facts/0/prototype', 'json.forbidden-key');
    await refused('{"type":"suspend","type":"advance"}', '/type', 'json.duplicate-key');
    await refused('{"facts":[{},{"value":1e400}]}', '/facts/1/value', 'json.number-too-large');
  });

  it('another media type, another method, another address', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense']) {
      expectProblem(
        await move({ raw: '{"type":"advance"}', headers: { 'content-type': type } }),
        415,
        'request.media-type',
      );
    }
    const wrong = await api.send('DELETE /cycles', { as: 'coordinator' });
    expectProblem(wrong, 405, 'route.method-not-allowed');
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    expect((await api.send('OPTIONS /cycles', { as: 'coordinator' })).status).toBe(405);
    expectProblem(await api.send('GET /nowhere', { as: 'coordinator' }), 404, 'route.not-found');
    expectProblem(await api.send('GET =/', {}), 404, 'route.not-found');
    const head = await api.send('HEAD /cycles', { as: 'coordinator' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('ids that are none, and addresses that cannot be read', async () => {
    for (const id of ['1', 'nope', '%00', 'a'.repeat(36), '..%2f..%2fme', "'%20or%201=1"]) {
      expectProblem(await api.send(`GET /cycles/${id}`, { as: 'coordinator' }), 422, 'request.invalid', [
        'path /id',
      ]);
      expectProblem(
        await api.send(`POST /tasks/${id}/claim`, { as: 'coordinator' }),
        422,
        'request.invalid',
        ['path /id'],
      );
    }
    expectProblem(await api.send('GET /cycles/%E0%A4%A', { as: 'coordinator' }), 400, 'request.malformed');
    expectProblem(
      await api.send(`GET /cycles/${'x'.repeat(5_000)}`, { as: 'coordinator' }),
      400,
      'request.malformed',
    );
    expectProblem(await api.send('GET /schemes/a%00b', { as: 'coordinator' }), 422, 'request.invalid', [
      'path /scheme',
    ]);
  });

  it('headers that are too long', async () => {
    const answer = await api.send('GET /me', {
      as: 'coordinator',
      headers: { 'x-long': 'x'.repeat(20_000) },
    });
    expectProblem(answer, 431, 'request.headers-too-large');
    expect((await api.send('GET /me', { as: 'coordinator' })).status).toBe(200);
  });

  it('clocks that cannot go there', async () => {
    for (const advance of ['P1M', 'P1Y', '30 days', 'P', 'P99999D', '-P40000D', 'P1e99D', '']) {
      const answer = await setClock({ advance });
      expect([answer.status, answer.body['code'], advance]).toEqual([422, 'clock.invalid', advance]);
    }
    for (const now of ['2017-02-30T00:00:00Z', '2017-02-20', 'now', '1999-01-01T00:00:00Z']) {
      expect((await setClock({ now })).body['code']).toBe('clock.invalid');
    }
    expectProblem(await setClock({}), 422, 'request.invalid', ['body /advance']);
    expect((await setClock({ advance: 'P1D', now: '2017-03-20T08:00:00Z' })).status).toBe(422);
  });
});

/** Sends a body in chunks, whose length the server cannot know before; the status of the answer. */
async function streamed(url: string, content: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { authorization: 'Bearer test-token-coordinator', 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    sent.once('error', reject);
    sent.write(content.slice(0, 1_000));
    sent.end(content.slice(1_000));
  });
}
