import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cyclePageSchema } from '../../src/http/schemas/cycle.js';
import { cataloguePageSchema } from '../../src/http/schemas/fact.js';
import { historyPageSchema } from '../../src/http/schemas/history.js';
import { rulebookPageSchema, rulebookSchema } from '../../src/http/schemas/rulebook.js';
import { schemePageSchema, schemeSchema } from '../../src/http/schemas/scheme.js';
import { syncPointPageSchema, syncPointSchema } from '../../src/http/schemas/sync-point.js';
import { carryOutEffects } from '../support/carry-out.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

describe('lists', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
    await carryOutEffects(api.engine);
  });
  afterAll(() => api.close());

  const as = 'coordinator';

  /** Every item of a list, read page by page. */
  async function readAll(path: string, limit: number): Promise<unknown[]> {
    const items: unknown[] = [];
    for (let cursor = ''; ;) {
      const answer = await api.send(`GET ${path}limit=${limit}${cursor}`, { as });
      const page = answer.body as { items: unknown[]; nextCursor: string | null };
      expect(page.items.length).toBeLessThanOrEqual(limit);
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      expect(page.items).toHaveLength(limit);
      cursor = `&cursor=${page.nextCursor}`;
    }
  }

  it.each(['/cycles?', '/tasks?region=DE2&', '/sync-points?', '/schemes?', '/notices?'])(
    'come in pages that together are the whole: %s',
    async (path) => {
      const whole = (await api.send(`GET ${path}limit=200`, { as })).body['items'];
      for (const limit of [1, 3, 11]) expect(await readAll(path, limit)).toEqual(whole);
    },
  );

  it('give a history page by page, in order, from where the reader was', async () => {
    const path = `/cycles/${api.engine.cycle('DE2')}/history?`;
    const whole = historyPageSchema.parse((await api.send(`GET ${path}limit=200`, { as })).body);
    expect(await readAll(path, 4)).toEqual(whole.items);
    expect(whole.nextCursor).toBeNull();
  });

  it('are narrowed by region and stage', async () => {
    const one = await api.send('GET /cycles?scheme=s3-4alpclusters&region=SI0&stage=agenda_setting', { as });
    expect(cyclePageSchema.parse(one.body).items.map(({ region }) => region)).toEqual(['SI0']);
    const none = await api.send('GET /cycles?stage=closed', { as });
    expect(none.body).toEqual({ items: [], nextCursor: null });
  });

  it('refuse to be narrowed to what does not exist', async () => {
    const get = (query: string) => api.send(`GET /cycles?${query}`, { as });
    expectProblem(await get('region=DE9'), 422, 'region.not-found', ['query /region']);
    expectProblem(await get('region=de2'), 422, 'request.invalid', ['query /region']);
    expectProblem(await get('scheme=none'), 404, 'scheme.not-found', ['query /scheme']);
    expectProblem(await get('stage=lunch'), 422, 'event.target-unknown', ['query /stage']);
    expectProblem(await api.send('GET /tasks?region=XX1', { as }), 422, 'region.not-found', [
      'query /region',
    ]);
    expectProblem(await api.send('GET /sync-points?scheme=none', { as }), 404, 'scheme.not-found', [
      'query /scheme',
    ]);
  });

  it('refuse cursors that are not theirs, and page sizes beyond the limit', async () => {
    const cycles = (await api.send('GET /cycles?limit=1', { as })).body['nextCursor'] as string;
    const forged = Buffer.from('["cycles","1; drop table cycles"]').toString('base64url');
    for (const cursor of ['x', '%00', 'a b', forged, cycles.slice(1), 'A'.repeat(400)]) {
      expectProblem(await api.send(`GET /cycles?cursor=${cursor}`, { as }), 422, 'request.cursor-invalid', [
        'query /cursor',
      ]);
    }
    expectProblem(await api.send(`GET /tasks?cursor=${cycles}`, { as }), 422, 'request.cursor-invalid', [
      'query /cursor',
    ]);
    const late = Buffer.from('["history",99999999999]').toString('base64url');
    const history = `/cycles/${api.engine.cycle('DE2')}/history`;
    expectProblem(await api.send(`GET ${history}?cursor=${late}`, { as }), 422, 'request.cursor-invalid', [
      'query /cursor',
    ]);
    for (const limit of ['0', '-1', '201', '1e9', '99999999999999999999', 'ten', '', '1.5', '0x10']) {
      expectProblem(await api.send(`GET /cycles?limit=${limit}`, { as }), 422, 'request.invalid', [
        'query /limit',
      ]);
    }
    expectProblem(await api.send('GET /cycles?limit=1&limit=2', { as }), 422, 'request.invalid', [
      'query /limit',
    ]);
    expectProblem(await api.send('GET /cycles?colour=red', { as }), 422, 'request.invalid', [
      'query /colour',
    ]);
  });

  it('tell who has arrived at a sync point, who is missing and why', async () => {
    const { items } = syncPointPageSchema.parse((await api.send('GET /sync-points', { as })).body);
    expect(items.map(({ id }) => id)).toEqual(['KICK-OFF', 'S0', 'S1', 'S7']);
    const kickOff = items.find(({ id }) => id === 'KICK-OFF');
    expect([kickOff?.released, kickOff?.arrived.length, kickOff?.missing]).toEqual([true, 11, []]);
    const review = syncPointSchema.parse((await api.send('GET /sync-points/S7', { as })).body);
    expect([review.released, review.needed, review.missing.length]).toEqual([false, 9, 11]);
    expect(review.missing.find(({ region }) => region === 'DE2')).toMatchObject({
      region: 'DE2',
      reason: 'milestone-not-reached',
      cycle: api.engine.cycle('DE2'),
      stage: 'agenda_setting',
      status: 'active',
      why: { kind: 'gate', gate: { to: 'strategy_development', verdict: 'unknown' } },
    });
    expectProblem(await api.send('GET /sync-points/S99', { as }), 404, 'sync-point.not-found');
  });

  it('show schemes, the catalogue and the rulebooks as they are loaded', async () => {
    const schemes = schemePageSchema.parse((await api.send('GET /schemes', { as })).body);
    const scheme = schemeSchema.parse((await api.send('GET /schemes/s3-4alpclusters', { as })).body);
    expect(schemes.items).toEqual([scheme]);
    expectProblem(await api.send('GET /schemes/Nothing%20here', { as }), 404, 'scheme.not-found');

    const catalogue = cataloguePageSchema.parse((await api.send('GET /facts/catalogue', { as })).body);
    expect(catalogue.items.length).toBe(api.engine.deps.catalog.factCatalogues.at(-1)?.facts.size);

    const rulebooks = rulebookPageSchema.parse((await api.send('GET /rulebooks', { as })).body);
    expect(rulebooks.items.map(({ id }) => id)).toContain('transformative-activity');
    // Who names none means that of the regions.
    const head = rulebooks.items.find(({ id }) => id === 'region-cycle');
    const rulebook = rulebookSchema.parse((await api.send(`GET /rulebooks/${head?.version}`, { as })).body);
    expect(rulebook.rules.map(({ id }) => id)).toEqual(head?.rules);
    expectProblem(await api.send('GET /rulebooks/999', { as }), 404, 'definition.not-found');
    expectProblem(await api.send('GET /rulebooks/one', { as }), 422, 'request.invalid', ['path /version']);
  });
});
