import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gateSchema } from '../../src/http/schemas/gate.js';
import { marginSchema, openingSchema } from '../../src/http/schemas/outlook.js';
import { instant } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('what can be said of a gate beyond its verdict, over HTTP', () => {
  let api: TestApi;
  let cycle: string;

  beforeAll(async () => {
    api = await openTestApi();
    api.engine.clock.set(instant('2017-07-03T08:00:00Z'));
    cycle = api.engine.cycle('AT32');
    const facts = agendaSettingFacts().map(({ fact, value }) => ({
      fact,
      value: fact === 'stresstest.responses.civil' ? 1 : value,
    }));
    await record(facts);
  });
  afterAll(() => api.close());

  const record = (facts: { fact: string; value: unknown }[]) =>
    api.send(`PATCH /cycles/${cycle}/facts`, { as: 'authority-AT32', body: { facts } });
  const verdict = async () =>
    gateSchema.parse((await api.send(`GET /cycles/${cycle}/gate`, { as: 'coordinator' })).body).verdict;

  it('names the smallest change that opens a shut gate, who can make it, and a value that works', async () => {
    expect(await verdict()).toBe('fail');
    const answer = await api.send(`GET /cycles/${cycle}/gate/opening`, { as: 'authority-AT32' });
    const opening = openingSchema.parse(answer.body);
    expect(opening).toMatchObject({ isCut: false, hopeless: [], exactness: { isExact: true, because: [] } });
    expect(opening.sets[0]?.changes).toMatchObject([
      { fact: 'stresstest.responses.civil', owner: 'survey_import', from: 1, to: 3 },
    ]);
    expect(answer.headers.get('content-language')).toBe('de');
  });

  it('tells the truth: the gate opens when the change is made', async () => {
    await record([{ fact: 'stresstest.responses.civil', value: 3 }]);
    expect(await verdict()).toBe('pass');
    const { body } = await api.send(`GET /cycles/${cycle}/gate/opening`, { as: 'coordinator' });
    expect(openingSchema.parse(body).sets).toEqual([{ changes: [] }]);
  });

  it('says how near an open gate is to shutting, and on which day it shuts by itself', async () => {
    const { body } = await api.send(`GET /cycles/${cycle}/gate/margin`, { as: 'coordinator' });
    const margin = marginSchema.parse(body);
    expect(margin.isOpen).toBe(true);
    expect(margin.facts).toContainEqual(
      expect.objectContaining({ fact: 'stresstest.responses.civil', from: 3, to: 2, distance: 1 }),
    );
    // The bottleneck analysis of 30 September 2016 may be 24 months old.
    expect(margin.horizon).toMatchObject({ turnsOn: '2018-10-01', because: ['R02'] });
  });

  it('does not exist for an authority of another region', async () => {
    const answer = await api.send(`GET /cycles/${cycle}/gate/opening`, { as: 'authority-DE1' });
    expect(answer.status).toBe(404);
  });
});
