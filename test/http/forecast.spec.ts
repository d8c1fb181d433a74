import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forecastSchema, schemeDriftSchema } from '../../src/http/schemas/forecast.js';
import { forkSchema } from '../../src/http/schemas/fork.js';
import { instant } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('looking ahead over HTTP', () => {
  let api: TestApi;
  let scheme: string;

  beforeAll(async () => {
    api = await openTestApi();
    api.engine.clock.set(instant('2017-07-03T08:00:00Z'));
    scheme = `/schemes/${api.engine.scheme.id}`;
  });
  afterAll(() => api.close());

  const hypotheses = () =>
    agendaSettingFacts().map(({ fact, value }) => ({ region: 'AT32', fact, value, on: '2017-07-10' }));

  it('forecasts every sync point, in the language of the reader, and the same twice', async () => {
    const answer = await api.send(`GET ${scheme}/forecast?by=2018-01-01`, { as: 'authority-AT32' });
    expect(answer.status).toBe(200);
    const forecast = forecastSchema.parse(answer.body);
    expect(forecast).toMatchObject({ asOf: '2017-07-03', by: '2018-01-01', seed: 1 });
    expect(forecast.syncPoints.map(({ point }) => point)).toEqual(
      expect.arrayContaining(['KICK-OFF', 'S0', 'S7']),
    );
    const kickOff = forecast.syncPoints.find(({ point }) => point === 'KICK-OFF');
    expect(kickOff).toMatchObject({
      label: 'Alle elf Regionen haben ihren Zyklus eröffnet',
      // Everybody is there, and nobody has carried it to the point yet.
      outlook: { earliestOn: '2016-11-01', latestOn: '2016-11-01' },
    });
    const last = forecast.syncPoints.find(({ point }) => point === 'S7');
    expect(last?.outlook).toMatchObject({ kind: 'range', completedStepsNeeded: 8 });
    const again = await api.send(`GET ${scheme}/forecast?by=2018-01-01&seed=1`, { as: 'authority-AT32' });
    expect(again.text).toBe(answer.text);
  });

  it('shows how far regions are apart', async () => {
    const { body } = await api.send(`GET ${scheme}/drift`, { as: 'auditor' });
    const drift = schemeDriftSchema.parse(body);
    expect(drift.drifts.filter(({ milestone }) => milestone === 'agenda-setting-entered')).toHaveLength(11);
    expect(drift.drifts[0]).toMatchObject({ arrivedOn: '2016-11-01', daysAhead: 0, isSettled: true });
  });

  it('refuses what has not come yet, and what is not there', async () => {
    expectProblem(
      await api.send(`GET ${scheme}/forecast?at=2030-01-01T00:00:00Z`, { as: 'auditor' }),
      422,
      'date.in-the-future',
      ['query /at'],
    );
    expectProblem(await api.send('GET /schemes/nowhere/drift', { as: 'auditor' }), 404, 'scheme.not-found');
    const day = await api.send(`GET ${scheme}/forecast?by=2017-02-30`, { as: 'auditor' });
    expect(day.status).toBe(422);
  });

  it('plays a fork for the coordinator, and writes nothing but the key of the request', async () => {
    const before = await api.countRows();
    const request = {
      as: 'coordinator',
      body: { until: '2017-08-31', facts: hypotheses() },
      headers: { 'idempotency-key': 'what-if-1' },
    };
    const answer = await api.send(`POST ${scheme}/forks`, request);
    expect(answer.status).toBe(200);
    const fork = forkSchema.parse(answer.body);
    expect(fork.differences).toContainEqual(
      expect.objectContaining({ kind: 'stage', region: 'AT32', fork: '2017-07-11', base: null }),
    );
    expect((await api.send(`POST ${scheme}/forks`, request)).body).toEqual(answer.body);
    const kept = before['idempotency_keys'] ?? 0;
    expect(await api.countRows()).toEqual({ ...before, idempotency_keys: kept + 1 });
  });

  it('is for the coordinator alone, and names what is wrong with a wish', async () => {
    const body = { until: '2017-08-31' };
    expectProblem(
      await api.send(`POST ${scheme}/forks`, { as: 'authority-AT32', body }),
      403,
      'auth.role-forbidden',
    );
    const [fact] = hypotheses();
    const send = (wish: object) => api.send(`POST ${scheme}/forks`, { as: 'coordinator', body: wish });
    expectProblem(await send({ ...body, facts: [{ ...fact, region: 'DE9' }] }), 422, 'fork.invalid', [
      'body /facts/0/region',
    ]);
    const { region: _region, ...nobody } = fact ?? { region: '' };
    const unclear = await send({ ...body, facts: [nobody] });
    expect([unclear.status, unclear.body['code']]).toEqual([422, 'request.invalid']);
    expectProblem(await send({ until: '2027-08-31' }), 422, 'fork.too-large', ['body /until']);
  });
});
