import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { historyPageSchema } from '../../src/http/schemas/history.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

const report = (value: boolean) => ({ facts: [{ fact: 'gov.body_named', value }] });

describe('writes that meet each other', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  const moveClock = (body: object) =>
    api.send('POST /dev/clock', { as: 'coordinator', body, headers: { 'idempotency-key': 'spring' } });

  it('refuses a write on a version that has been overtaken, and nothing is written', async () => {
    const path = `/cycles/${api.engine.cycle('DE1')}`;
    const seen = (await api.send(`GET ${path}`, { as: 'authority-DE1' })).headers.get('etag') ?? '';
    const patch = (ifMatch: string) =>
      api.send(`PATCH ${path}/facts`, {
        as: 'authority-DE1',
        body: report(true),
        headers: { 'if-match': ifMatch },
      });
    const first = await patch(seen);
    expect(first.status).toBe(200);
    const before = await api.countRows();
    expect(expectProblem(await patch(seen), 412, 'version.stale')['current']).toBe(
      Number(first.headers.get('etag')?.replaceAll('"', '')),
    );
    for (const neverMatching of ['W/"3"', '"abc"', '""', '"00"']) {
      expect((await patch(neverMatching)).status).toBe(412);
    }
    for (const unreadable of ['3', '"3', '"3" "4"', ',', '"3", "4"']) {
      expectProblem(await patch(unreadable), 400, 'version.malformed', ['header /if-match']);
    }
    expect(await api.countRows()).toEqual(before);
    expect((await patch('*')).status).toBe(200);
    const now = (await api.send(`GET ${path}`, { as: 'authority-DE1' })).headers.get('etag') ?? '';
    expect((await patch(`"zzz", ${now}`)).status).toBe(200);
  });

  it('answers a repeated key with the same answer, letter for letter, and one step in the history', async () => {
    const cycle = api.engine.cycle('AT32');
    await api.send(`PATCH /cycles/${cycle}/facts`, {
      as: 'authority-AT32',
      body: { facts: agendaSettingFacts() },
    });
    const send = (note: string) =>
      api.send(`POST /cycles/${cycle}/events`, {
        as: 'coordinator',
        body: { type: 'advance', note },
        headers: { 'idempotency-key': 'advance-AT32-1' },
      });
    const answers = await Promise.all([send('go'), send('go'), send('go')]);
    answers.push(await send('go'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);

    const { items } = historyPageSchema.parse(
      (await api.send(`GET /cycles/${cycle}/history?limit=200`, { as: 'auditor' })).body,
    );
    expect(items.filter(({ details }) => details['to'] === 'strategy_development')).toHaveLength(1);

    const before = await api.countRows();
    expectProblem(await send('another note'), 422, 'idempotency.key-reused');
    expect(await api.countRows()).toEqual(before);
  });

  it('repeats a refusal for its key without logging it again', async () => {
    const cycle = api.engine.cycle('SI0');
    const send = () =>
      api.send(`POST /cycles/${cycle}/events`, {
        as: 'coordinator',
        body: { type: 'advance' },
        headers: { 'idempotency-key': 'advance-SI0' },
      });
    const first = await send();
    expectProblem(first, 409, 'gate.refused');
    const before = await api.countRows();
    expect((await send()).text).toBe(first.text);
    expect(await api.countRows()).toEqual(before);
  });

  it('keeps the keys of different accounts apart, and takes the same wish for the same whatever its spelling', async () => {
    const headers = { 'idempotency-key': 'shared' };
    const of = (nuts: string, raw: string) =>
      api.send(`PATCH /cycles/${api.engine.cycle(nuts)}/facts`, { as: `authority-${nuts}`, raw, headers });
    const spelled = '{"facts":[{"fact":"gov.body_named","value":true}]}';
    const respelled = '{ "facts": [ { "value": true, "fact": "gov.body\\u005fnamed" } ] }';
    const first = await of('ITC1', spelled);
    expect((await of('ITC1', respelled)).text).toBe(first.text);
    expect((await of('ITC4', spelled)).status).toBe(200);
  });

  it('refuses keys that are empty, too long or not visible ASCII', async () => {
    const path = `/cycles/${api.engine.cycle('ITH3')}/facts`;
    for (const key of ['a b', 'x'.repeat(201), 'clé']) {
      const answer = await api.send(`PATCH ${path}`, {
        as: 'authority-ITH3',
        body: report(true),
        headers: { 'idempotency-key': key },
      });
      expectProblem(answer, 400, 'request.malformed', ['header /idempotency-key']);
    }
  });

  it('answers 304 to whoever has the facts already', async () => {
    const path = `/cycles/${api.engine.cycle('ITH3')}/facts`;
    const first = await api.send(`GET ${path}`, { as: 'auditor' });
    const etag = first.headers.get('etag') ?? '';
    const again = await api.send(`GET ${path}`, { as: 'auditor', headers: { 'if-none-match': etag } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    const rulebook = await api.send('GET /rulebooks/1', { as: 'auditor' });
    const cached = await api.send('GET /rulebooks/1', {
      as: 'auditor',
      headers: { 'if-none-match': `"other", W/${rulebook.headers.get('etag')}` },
    });
    expect(cached.status).toBe(304);
  });

  it('moves the clock once for one key', async () => {
    const first = await moveClock({ advance: 'P30D' });
    expect(first.body).toEqual({ now: '2017-08-02T08:00:00.000Z' });
    expect((await moveClock({ advance: 'P30D' })).text).toBe(first.text);
    expectProblem(await moveClock({ advance: 'P31D' }), 422, 'idempotency.key-reused');
  });

  it('grants a waiver with a reason, a second person and an end, and refuses one without', async () => {
    const path = `/cycles/${api.engine.cycle('FRC2')}/waivers`;
    const waiver = { rule: 'R05', reason: 'late start', secondedBy: 'administrator', endsOn: '2017-12-31' };
    const post = (more: object) =>
      api.send(`POST ${path}`, { as: 'coordinator', body: { ...waiver, ...more } });
    expectProblem(await post({ secondedBy: 'coordinator' }), 422, 'waiver.same-person', ['body /secondedBy']);
    expectProblem(await post({ secondedBy: 'nobody' }), 422, 'account.not-found', ['body /secondedBy']);
    expectProblem(await post({ rule: 'R99' }), 422, 'waiver.invalid', ['body /rule']);
    expectProblem(await post({ endsOn: '2017-01-01' }), 422, 'waiver.invalid', ['body /endsOn']);
    expectProblem(await post({ reason: '' }), 422, 'request.invalid', ['body /reason']);
    const granted = await post({});
    expect([granted.status, granted.body['grantedBy']]).toEqual([201, 'coordinator']);
  });
});
