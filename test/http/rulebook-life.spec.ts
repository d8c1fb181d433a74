import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { differenceSchema } from '../../src/http/schemas/difference.js';
import { historyPageSchema } from '../../src/http/schemas/history.js';
import { noticePageSchema } from '../../src/http/schemas/notice.js';
import { proofsSchema } from '../../src/http/schemas/proof.js';
import { draftSchema, draftWithContentSchema, impactSchema } from '../../src/http/schemas/rulebook-draft.js';
import { rulebookPageSchema, rulebookVersionSchema } from '../../src/http/schemas/rulebook.js';
import { carryOutEffects } from '../support/carry-out.js';
import { instant } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openWorkshop, setThreshold, type Workshop } from './workshop.js';

/** The regions of this story have five answers of civil society and two diamonds: both pass by version 1. */
const STAYING = 'AT32';
const MOVING = 'DE2';

describe('the life of a rulebook, with two administrators', () => {
  let api: TestApi;
  let workshop: Workshop;
  let id: string;

  beforeAll(async () => {
    api = await openTestApi();
    workshop = openWorkshop(api);
    for (const region of [STAYING, MOVING]) {
      const answer = await api.send(`PATCH /cycles/${api.engine.cycle(region)}/facts`, {
        as: `authority-${region}`,
        body: { facts: agendaSettingFacts() },
      });
      expect(answer.status).toBe(200);
    }
  });
  afterAll(async () => {
    expect(api.logged).toEqual([]);
    await api.close();
  });

  const rulebookOf = async (region: string) =>
    (await api.send(`GET /cycles/${api.engine.cycle(region)}`, { as: 'auditor' })).body['rulebook'];
  const verdictOf = async (region: string) =>
    (await api.send(`GET /cycles/${api.engine.cycle(region)}/gate`, { as: 'auditor' })).body['verdict'];
  const versions = async () => {
    const { items } = rulebookPageSchema.parse((await api.send('GET /rulebooks', { as: 'auditor' })).body);
    return items.filter(({ id }) => id === 'region-cycle');
  };

  it('begins with the file as the first published version, which all regions go by', async () => {
    const [first, ...others] = await versions();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ version: 1, state: 'published', origin: 'file', counts: true });
    expect(first?.livingCycles).toBe(api.engine.cycles.size);
  });

  it('lets an administrator make a draft, and nobody else', async () => {
    for (const as of ['coordinator', 'auditor', 'authority-DE2']) {
      const refused = await workshop.send('POST', { as, body: { from: 1, reason: 'mine' } });
      expectProblem(refused, 403, 'auth.role-forbidden');
    }
    const made = await workshop.send('POST', {
      body: { from: 1, reason: 'More answers of each group' },
      headers: { 'idempotency-key': 'draft-1' },
    });
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const draft = draftSchema.parse(made.body);
    expect(draft).toMatchObject({ state: 'draft', author: 'administrator', base: { version: 1 } });
    id = draft.id;
    const again = await workshop.send('POST', {
      body: { from: 1, reason: 'More answers of each group' },
      headers: { 'idempotency-key': 'draft-1' },
    });
    expect(again.body).toEqual(made.body);
    expectProblem(
      await workshop.send('POST', { body: { from: 9, reason: 'x' } }),
      404,
      'definition.not-found',
    );
  });

  it('shows drafts to coordinators and auditors, not to authorities', async () => {
    for (const as of ['coordinator', 'auditor', 'administrator2']) {
      const list = (await workshop.send('GET', { as })).body['items'] as object[];
      expect(list).toHaveLength(1);
      expect((await workshop.send(`GET /${id}`, { as })).status).toBe(200);
    }
    expectProblem(await workshop.send('GET', { as: 'authority-DE2' }), 403, 'auth.role-forbidden');
    expectProblem(await workshop.send(`GET /${id}`, { as: 'authority-DE2' }), 403, 'auth.role-forbidden');
    expectProblem(await workshop.send(`GET /${api.engine.cycle('DE2')}`), 404, 'draft.not-found');
    const french = await workshop.send(`GET /${id}`, { headers: { 'accept-language': 'fr' } });
    const { sentences } = draftWithContentSchema.parse(french.body);
    expect(sentences['R01']?.title).toMatch(/^Un organisme désigné/);
    expect(sentences['R04']?.sentence).toContain('3');
  });

  it('refuses content with a fault, with a pointer and in words of the reader', async () => {
    const { definition } = await workshop.read(id);
    const rules = structuredClone(definition['rules']) as Record<string, unknown>[];
    rules[3]!['conditions'] = { all: [{ fact: 'gov.moon', operator: 'equal', value: true }] };
    const save = (language: string) =>
      workshop.send(`PATCH /${id}`, { body: { rules }, headers: { 'accept-language': language } });
    const details = [];
    for (const language of ['en', 'de', 'fr', 'it', 'sl']) {
      const problem = expectProblem(await save(language), 422, 'draft.invalid', [
        'body /rules/3/conditions/all/0/fact',
      ]);
      expect(problem.errors?.[0]?.code).toBe('rule.unknown-fact');
      details.push(problem.errors?.[0]?.detail);
    }
    expect(details).toEqual([
      'There is no fact or function "gov.moon".',
      'Einen solchen Fakt oder eine solche Funktion gibt es nicht.',
      'Il n’existe pas de fait ou de fonction de ce nom.',
      'Non esiste un fatto o una funzione con questo nome.',
      'Takega dejstva ali funkcije ni.',
    ]);
    expect((await workshop.read(id)).version).toBe(1);
  });

  it('takes an edit only on the version that was seen', async () => {
    const body = { labels: { en: 'Rules for the cycle of a region, revised' } };
    const seen = { 'if-match': '"1"' };
    const saved = await workshop.send(`PATCH /${id}`, { body, headers: seen });
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"2"']);
    expectProblem(await workshop.send(`PATCH /${id}`, { body, headers: seen }), 412, 'version.stale');
    const { definition } = await workshop.read(id);
    expect(definition['labels']).toMatchObject({ ...body.labels, de: 'Regeln für den Zyklus einer Region' });
    const whole = await workshop.send(`PUT /${id}`, { body: definition, headers: { 'if-match': '"2"' } });
    expect(whole.status).toBe(200);
  });

  it('does not let it be approved or published while one of its own test cases fails', async () => {
    expect(
      (await workshop.edit(id, (book) => setThreshold(book, 'R04', 'answers_per_group_min', 6))).status,
    ).toBe(200);
    const ran = await workshop.send(`POST /${id}/test`, { body: { calendar: 'DE-BY' } });
    expect(ran.body).toMatchObject({ state: 'draft', report: { calendar: 'DE-BY' } });
    const { report } = draftSchema.parse(ran.body);
    expect(report?.failing).toBeGreaterThan(0);
    expect(report?.coverage.notMeasured).toBe(false);
    expect(report?.mismatches.map(({ rule }) => rule)).toContain('R04');
    expectProblem(
      await workshop.send(`POST /${id}/approve`, { as: 'administrator2' }),
      409,
      'draft.not-possible',
    );
    const publish = await workshop.send(`POST /${id}/publish`, { body: { effectiveFrom: '2017-07-03' } });
    expect(expectProblem(publish, 409, 'draft.not-possible')['possibleEvents']).toContain('test');
  });

  it('shows what would change before it does', async () => {
    const { changes, cycles } = impactSchema.parse((await workshop.send(`GET /${id}/impact`)).body);
    expect(cycles).toBe(api.engine.cycles.size);
    expect(
      changes.map(({ region, gate, old, new: now, failing }) => [region, gate, old, now, failing]),
    ).toEqual([MOVING, STAYING].map((region) => [region, 'agenda_setting.exit', 'pass', 'fail', ['R04']]));
  });

  it('can be approved by a second administrator and never by its author, whatever the program says', async () => {
    await workshop.settle(id);
    expect((await workshop.read(id)).state).toBe('tested');
    expectProblem(await workshop.send(`POST /${id}/approve`), 403, 'draft.same-person');
    const database = new Client({ connectionString: api.engine.url });
    await database.connect();
    for (const change of [
      "approved_by = 'administrator', approved_at = now(), state = 'approved'",
      "signed_by = 'administrator', signed_at = now()",
      "approved_by = 'administrator', author = 'administrator2', authors = '[\"administrator2\", \"administrator\"]'",
      "state = 'approved'",
      "state = 'published', published_version = 9",
    ]) {
      await expect(
        database.query(`update rulebook_drafts set ${change} where id = $1`, [id]),
      ).rejects.toMatchObject({ code: '23514' });
    }
    await expect(database.query('delete from rulebook_log')).rejects.toThrow(/only grows/);
    await database.end();
    const approved = await workshop.send(`POST /${id}/approve`, { as: 'administrator2' });
    expect(approved.body).toMatchObject({ state: 'approved', approved: { by: 'administrator2' } });
  });

  it('loses the approval with the next edit, and who has edited is an author too', async () => {
    const edited = await workshop.edit(
      id,
      (book) => setThreshold(book, 'R06', 'block_min', 41),
      'administrator2',
    );
    expect(edited.body).toMatchObject({ state: 'draft', approved: null, report: null, check: null });
    await workshop.settle(id);
    expectProblem(
      await workshop.send(`POST /${id}/approve`, { as: 'administrator2' }),
      403,
      'draft.same-person',
    );
    expectProblem(await workshop.send(`POST /${id}/approve`), 403, 'draft.same-person');
    expect((await workshop.send(`DELETE /${id}`)).body['state']).toBe('discarded');
    expectProblem(await workshop.send(`POST /${id}/test`, { body: {} }), 409, 'draft.not-possible');

    id = await workshop.draft(1);
    await workshop.edit(id, (book) => setThreshold(book, 'R04', 'answers_per_group_min', 6));
    await workshop.settle(id);
    expect((await workshop.send(`POST /${id}/approve`, { as: 'administrator2' })).status).toBe(200);
  });

  it('is published from a day on that has not passed, as the next version', async () => {
    const publish = (effectiveFrom: string) =>
      workshop.send(`POST /${id}/publish`, { body: { effectiveFrom } });
    expectProblem(await publish('2017-07-02'), 422, 'rulebook.date-invalid', ['body /effectiveFrom']);
    const published = await publish('2017-07-05');
    expect(published.body).toMatchObject({ state: 'published', publishedVersion: 2, possible: ['retire'] });
    expect((await versions()).map(({ version, counts, state }) => [version, counts, state])).toEqual([
      [1, true, 'published'],
      [2, false, 'published'],
    ]);
    const { definition, history } = await workshop.read(id);
    expect(definition).toMatchObject({ version: 2 });
    expect(history.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['drafted', 'edited', 'tested', 'checked', 'approved', 'published']),
    );
    const read = await api.send('GET /rulebooks/2', { as: 'authority-DE2' });
    expect(read.body).toMatchObject({ version: 2, effectiveFrom: '2017-07-05' });
  });

  it('leaves a cycle its version in its stage, and gives it the one that counts when it enters the next', async () => {
    api.engine.clock.set(instant('2017-07-06T08:00:00Z'));
    expect((await versions()).map(({ counts }) => counts)).toEqual([false, true]);
    expect([await verdictOf(MOVING), await verdictOf(STAYING)]).toEqual(['pass', 'pass']);
    expect(await rulebookOf(MOVING)).toMatchObject({ version: 1 });
    const moved = await api.send(`POST /cycles/${api.engine.cycle(MOVING)}/events`, {
      as: 'coordinator',
      body: { type: 'advance' },
      headers: { 'idempotency-key': 'go' },
    });
    expect(moved.body).toMatchObject({ verdict: { verdict: 'pass' }, cycle: { rulebook: { version: 2 } } });
    expect(await rulebookOf(MOVING)).toMatchObject({ version: 2 });
    expect(await rulebookOf(STAYING)).toMatchObject({ version: 1 });
    const history = historyPageSchema.parse(
      (await api.send(`GET /cycles/${api.engine.cycle(MOVING)}/history?limit=200`, { as: 'auditor' })).body,
    ).items;
    const step = history.findLast(({ kind }) => kind === 'transition');
    expect(step).toMatchObject({ rulebook: { version: 1 } });
    expect(history.at(-1)).toMatchObject({
      kind: 'rulebook',
      rulebook: { version: 2 },
      details: { cause: 'stage-entered', from: { version: 1 }, to: { version: 2 } },
    });
    expect((await versions()).map(({ livingCycles }) => livingCycles)).toEqual([10, 1]);
  });

  it('moves one cycle within its stage only for an administrator with a reason', async () => {
    const route = `POST /cycles/${api.engine.cycle(STAYING)}/rulebook`;
    const body = { version: 2, reason: 'The region asked for it' };
    expectProblem(await api.send(route, { as: 'coordinator', body }), 403, 'auth.role-forbidden');
    expectProblem(
      await api.send(route, { as: 'administrator', body: { version: 2, reason: '  ' } }),
      422,
      'request.invalid',
      ['body /reason'],
    );
    expectProblem(
      await api.send(route, { as: 'administrator', body: { ...body, version: 7 } }),
      404,
      'definition.not-found',
    );
    const before = await api.send(`${route.replace('POST', 'GET')}/2`, { as: 'coordinator' });
    expect(impactSchema.parse(before.body)).toMatchObject({
      gates: 1,
      changes: [{ region: STAYING, gate: 'agenda_setting.exit', old: 'pass', new: 'fail', failing: ['R04'] }],
    });
    const moved = await api.send(route, { as: 'administrator', body });
    expect([moved.status, moved.body['rulebook']]).toMatchObject([200, { version: 2 }]);
    expect(await verdictOf(STAYING)).toBe('fail');
    expectProblem(await api.send(route, { as: 'administrator', body }), 409, 'rulebook.counts-already');
  });

  it('proves what a draft decides otherwise, with facts that show it', async () => {
    const { body, status } = await workshop.send(`GET /${id}/difference`, { as: 'coordinator' });
    expect(status).toBe(200);
    const difference = differenceSchema.parse(body);
    const changed = difference.rules.filter(({ state }) => state !== 'equal');
    expect(changed.map(({ id: rule, state, admitted }) => [rule, state, admitted.length])).toEqual([
      ['R04', 'changed', 0],
    ]);
    expect(changed[0]?.refused[0]?.witness.facts.length).toBeGreaterThan(0);
    const refused = await workshop.send(`GET /${id}/difference`, { as: 'authority-DE2' });
    expectProblem(refused, 403, 'auth.role-forbidden');
  });

  it('proves that every gate of the draft can open and fail, and that every rule matters', async () => {
    const { body } = await workshop.send(`GET /${id}/proof`, { as: 'auditor' });
    for (const gate of proofsSchema.parse(body).gates) {
      expect([gate.gate, gate.canOpen, gate.canFail, gate.contradictions]).toEqual([
        gate.gate,
        'yes',
        'yes',
        [],
      ]);
      expect(gate.rules.filter(({ matters }) => matters !== 'yes')).toEqual([]);
    }
  });

  it('keeps the sentences that the second administrator has signed', async () => {
    const { history } = await workshop.read(id);
    const approved = history.find(({ kind }) => kind === 'approved');
    expect(approved?.details).toMatchObject({
      language: 'de',
      sentences: { R04: expect.stringContaining('[answers_per_group_min]') },
    });
  });

  it('runs a draft on the decisions that were taken', async () => {
    const ran = await workshop.send(`POST /${id}/backtest`, { as: 'auditor', body: {} });
    expect(ran.body).toMatchObject({
      decisions: 1,
      flipped: 1,
      flips: [{ region: MOVING, before: 'pass', after: 'fail' }],
    });
  });

  it('rolls back by publishing the old content as a new version', async () => {
    const body = { reason: 'Too strict' };
    expectProblem(
      await api.send('POST /rulebooks/2/roll-back', { as: 'administrator', body }),
      409,
      'rulebook.counts-already',
    );
    const back = await api.send('POST /rulebooks/1/roll-back', { as: 'administrator', body });
    expect(back.status).toBe(201);
    expect(rulebookVersionSchema.parse(back.body)).toMatchObject({
      version: 3,
      origin: 'roll-back',
      counts: true,
      effectiveFrom: '2017-07-06',
    });
    const [one, , three] = await versions();
    expect(three?.rules).toEqual(one?.rules);
    await api.send(`POST /cycles/${api.engine.cycle(STAYING)}/rulebook`, {
      as: 'administrator',
      body: { version: 3, reason: 'As before' },
    });
    expect(await verdictOf(STAYING)).toBe('pass');
  });

  it('retires a version that others can take over from, and only once', async () => {
    const retire = (version: number) =>
      api.send(`POST /rulebooks/${version}/retire`, { as: 'administrator', body: { reason: 'Superseded' } });
    expect((await retire(2)).body).toMatchObject({ state: 'retired', retired: { by: 'administrator' } });
    expect((await workshop.read(id)).state).toBe('retired');
    expectProblem(await retire(2), 409, 'rulebook.retired');
    expect((await retire(1)).status).toBe(200);
    expectProblem(await retire(3), 409, 'rulebook.last-version');
    expect(await rulebookOf(MOVING)).toMatchObject({ version: 2 });
    expect(await verdictOf(MOVING)).toBe('unknown');
  });

  it('can be published by one person in an emergency: told, marked, and over after its last day', async () => {
    const draft = await workshop.draft(3);
    await workshop.edit(draft, (book) => setThreshold(book, 'R07', 'diamonds_min', 3));
    const publish = (endsOn: string) =>
      workshop.send(`POST /${draft}/publish`, { body: { emergency: { reason: 'A court order', endsOn } } });
    expectProblem(await publish('2017-07-10'), 409, 'draft.not-possible');
    await workshop.settle(draft);
    expectProblem(await publish('2017-07-05'), 422, 'rulebook.date-invalid', ['body /emergency/endsOn']);
    expectProblem(await publish('2018-07-05'), 422, 'rulebook.date-invalid', ['body /emergency/endsOn']);
    expect((await publish('2017-07-10')).body).toMatchObject({
      state: 'published',
      approved: null,
      emergencyEndsOn: '2017-07-10',
      publishedVersion: 4,
    });
    await carryOutEffects(api.engine);
    for (const as of ['coordinator', 'administrator2']) {
      const { items } = noticePageSchema.parse((await api.send('GET /notices?limit=200', { as })).body);
      expect(items.map(({ template }) => template)).toContain('rulebook.emergency');
    }
    expect((await versions()).at(-1)).toMatchObject({ emergency: true, endsOn: '2017-07-10', counts: true });

    await api.send(`POST /cycles/${api.engine.cycle(STAYING)}/rulebook`, {
      as: 'administrator',
      body: { version: 4, reason: 'A court order' },
    });
    expect(await verdictOf(STAYING)).toBe('fail');
    api.engine.clock.set(instant('2017-07-10T20:00:00Z'));
    await carryOutEffects(api.engine);
    expect(await rulebookOf(STAYING)).toMatchObject({ version: 4 });
    api.engine.clock.set(instant('2017-07-11T06:00:00Z'));
    expect((await versions()).map(({ version, counts }) => [version, counts]).slice(2)).toEqual([
      [3, true],
      [4, false],
    ]);
    await carryOutEffects(api.engine);
    expect((await versions()).at(-1)).toMatchObject({ state: 'retired', retired: { by: 'system' } });
    expect(await rulebookOf(STAYING)).toMatchObject({ version: 3 });
    expect(await verdictOf(STAYING)).toBe('pass');
    const again = { as: 'administrator', body: { reason: 'again' } } as const;
    expectProblem(await api.send('POST /rulebooks/4/roll-back', again), 403, 'draft.same-person');
  });
});
