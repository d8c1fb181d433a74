import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import {
  taskCommentPageSchema,
  taskCommentSchema,
  taskFormSchema,
  taskPageSchema,
  taskSchema,
} from '../../src/http/schemas/task.js';
import { hire, taskOf } from '../support/people.js';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';

/** A value that the schema of a fact admits. */
function exampleOf(schema: Record<string, unknown>): unknown {
  if (schema['type'] === 'boolean') return true;
  if (schema['type'] === 'string') {
    if (schema['format'] === 'date') return '2017-01-31';
    return (schema['enum'] as readonly string[] | undefined)?.at(-1) ?? 'Decision 2017/12';
  }
  return schema['maximum'];
}

describe('tasks over the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
    await hire(api.engine, 'deputy-DE1', 'authority', { region: 'DE1' });
  });
  afterAll(() => api.close());

  const of = async (nuts: string, reference: string) => (await taskOf(api.engine, nuts, reference)).id;
  const post = (path: string, as: string, body?: object) =>
    api.send(`POST ${path}`, body === undefined ? { as } : { as, body });

  it('come with who may take them, until when, and what became of them', async () => {
    const id = await of('DE1', 'A3');
    const answer = await api.send(`GET /tasks/${id}`, { as: 'authority-DE1' });
    expect(taskSchema.parse(answer.body)).toMatchObject({
      region: 'DE1',
      actingRegion: 'DE1',
      candidateRoles: ['regional_authority', 'expert'],
      candidatePeople: [],
      priority: 'normal',
      whenSuspended: 'freeze',
      delegatedBy: null,
      extension: null,
      evidenceGiven: null,
    });
    expect(answer.body['target']).toHaveProperty('workingDays');
  });

  it('go from hand to hand', async () => {
    const path = `/tasks/${await of('DE1', 'A2')}`;
    const as = 'authority-DE1';
    expectProblem(await post(`${path}/release`, as), 409, 'task.not-claimed');
    await post(`${path}/claim`, as);
    expectProblem(await post(`${path}/claim`, 'deputy-DE1'), 409, 'task.claimed-by-another');
    const delegated = await post(`${path}/delegate`, as, { to: 'deputy-DE1' });
    expect(taskSchema.parse(delegated.body)).toMatchObject({ assignee: 'deputy-DE1', delegatedBy: as });
    const circle = await post(`${path}/delegate`, 'deputy-DE1', { to: as });
    expectProblem(circle, 409, 'task.delegated-in-circle', ['body /to']);
    expectProblem(await post(`${path}/hand-back`, as), 403, 'task.not-yours');
    expect((await post(`${path}/hand-back`, 'deputy-DE1')).body['assignee']).toBe(as);
    expectProblem(await post(`${path}/hand-back`, as), 409, 'task.not-delegated');
    expect((await post(`${path}/release`, as)).body).toMatchObject({ status: 'open', assignee: null });

    const reassign = (who: string, body: object) => post(`${path}/reassign`, who, body);
    const wish = { to: 'deputy-DE1', reason: 'she has time' };
    expectProblem(await reassign(as, wish), 403, 'auth.role-forbidden');
    expectProblem(await reassign('coordinator', { ...wish, reason: ' \n' }), 422, 'request.invalid', [
      'body /reason',
    ]);
    expectProblem(
      await reassign('coordinator', { ...wish, to: 'authority-SI0' }),
      422,
      'task.delegate-unknown',
      ['body /to'],
    );
    const given = await reassign('administrator', wish);
    expect([given.status, given.body['assignee']]).toEqual([200, 'deputy-DE1']);
    const stale = await api.send(`POST ${path}/release`, {
      as: 'deputy-DE1',
      headers: { 'if-match': '"1"' },
    });
    expectProblem(stale, 412, 'version.stale');
  });

  it('are opened to people by name', async () => {
    const path = `/tasks/${await of('ITC1', 'A2')}`;
    const name = (people: unknown) => post(`${path}/candidates`, 'coordinator', { people });
    expectProblem(await name(['authority-SI0', 'nobody']), 422, 'task.delegate-unknown', ['body /people/1']);
    expectProblem(await name('authority-SI0'), 422, 'request.invalid', ['body /people']);
    expectProblem(await api.send(`GET ${path}`, { as: 'authority-SI0' }), 404, 'task.not-found');
    expect((await name(['authority-SI0'])).body['candidatePeople']).toEqual(['authority-SI0']);
    expect((await api.send(`GET ${path}`, { as: 'authority-SI0' })).status).toBe(200);
  });

  it('are talked about', async () => {
    const path = `/tasks/${await of('FRC2', 'A1')}/comments`;
    const said = await post(path, 'authority-FRC2', { text: 'Qui signe ?' });
    expect([said.status, taskCommentSchema.parse(said.body).by.id]).toEqual([201, 'authority-FRC2']);
    await post(path, 'coordinator', { text: 'La direction.' });
    expectProblem(await post(path, 'auditor', { text: 'x' }), 403, 'auth.role-forbidden');
    expectProblem(await post(path, 'coordinator', { text: '  ' }), 422, 'request.invalid', ['body /text']);
    expectProblem(await api.send(`GET ${path}`, { as: 'authority-SI0' }), 404, 'task.not-found');
    const first = taskCommentPageSchema.parse(
      (await api.send(`GET ${path}?limit=1`, { as: 'auditor' })).body,
    );
    const rest = await api.send(`GET ${path}?cursor=${first.nextCursor}`, { as: 'auditor' });
    expect([...first.items, ...taskCommentPageSchema.parse(rest.body).items].map(({ text }) => text)).toEqual(
      ['Qui signe ?', 'La direction.'],
    );
  });

  it('have a form, and what it admits completes them', async () => {
    const as = 'authority-SI0';
    for (const reference of ['A1', 'A2', 'A3', 'A5', 'A7']) {
      const path = `/tasks/${await of('SI0', reference)}`;
      const form = await api.send(`GET ${path}/form`, { as, headers: { 'accept-language': 'sl' } });
      taskFormSchema.parse(form.body);
      expect(form.body['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
      const ajv = new Ajv2020({ strict: true });
      ajvFormats.default(ajv);
      ajv.addKeyword('x-unit');
      const validate = ajv.compile(form.body);
      const properties = form.body['properties'] as Record<string, Record<string, unknown>>;
      const facts = (properties['values']?.['properties'] ?? {}) as Record<string, Record<string, unknown>>;
      const body = {
        ...(properties['values'] === undefined
          ? {}
          : {
              values: Object.fromEntries(
                Object.entries(facts).map(([fact, schema]) => [fact, exampleOf(schema)]),
              ),
            }),
        evidence: 'https://example.org/archive/12',
        note: 'opravljeno',
      };
      expect([reference, validate(body), validate.errors]).toEqual([reference, true, null]);
      const done = await post(`${path}/complete`, as, body);
      expect([reference, done.status, done.body['evidenceGiven']]).toEqual([reference, 200, body.evidence]);
    }
    const known = await api.send(`GET /cycles/${api.engine.cycle('SI0')}/facts`, { as });
    expect((known.body['facts'] as { fact: string }[]).map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['gov.body_named', 'fields.predetermined', 'stresstest.block.6']),
    );
  });

  it('have a form in the language of the reader, without what is not the reader’s to record', async () => {
    const path = `/tasks/${await of('DE2', 'A1')}/form`;
    const form = async (as: string, language: string) =>
      (await api.send(`GET ${path}`, { as, headers: { 'accept-language': language } })).body;
    const german = await form('authority-DE2', 'de');
    const slovenian = await form('authority-DE2', 'sl');
    expect(german['title']).not.toBe(slovenian['title']);
    expect(german['properties']).toMatchObject({
      values: {
        title: 'Angaben',
        properties: { 'gov.mandate_signed_on': { type: 'string', format: 'date' } },
      },
      evidence: { title: 'Nachweis' },
    });
    expect((await form('auditor', 'en'))['properties']).not.toHaveProperty('values');
    expectProblem(await api.send(`GET ${path}`, { as: 'authority-DE1' }), 404, 'task.not-found');
  });

  it('say where the fault lies in a form that is filled in wrongly', async () => {
    const path = `/tasks/${await of('DE2', 'A1')}/complete`;
    const body = {
      facts: [{ fact: 'gov.body_named', value: 'yes' }],
      values: { 'gov.body_named': true, 'gov.mandate_signed_on': '2017-02-30', 'gov.nothing': 1 },
    };
    expectProblem(await post(path, 'authority-DE2', body), 422, 'fact.wrong-type', [
      'body /facts/0/value',
      'body /values/gov.body_named',
      'body /values/gov.mandate_signed_on',
      'body /values/gov.nothing',
    ]);
    expectProblem(
      await post(path, 'authority-DE2', { values: { 'gov.body_named': [true] } }),
      422,
      'fact.wrong-type',
      ['body /values/gov.body_named'],
    );
    expectProblem(await post(path, 'authority-DE2', { evidence: '' }), 422, 'request.invalid', [
      'body /evidence',
    ]);
  });

  it('are filtered', async () => {
    const list = async (as: string, query: string) => {
      const answer = await api.send(`GET /tasks?limit=200&${query}`, { as });
      return taskPageSchema.parse(answer.body).items;
    };
    const path = `/tasks/${await of('ITH3', 'A1')}`;
    await post(`${path}/claim`, 'authority-ITH3');
    expect((await list('authority-ITH3', 'assignee=me')).map(({ reference }) => reference)).toEqual(['A1']);
    expect(await list('coordinator', 'assignee=authority-ITH3')).toHaveLength(1);
    expect(await list('authority-ITH3', 'priority=urgent')).toEqual([]);
    expect(await list('authority-ITH3', 'kind=consultation')).toEqual([]);
    const overdue = await list('authority-ITH3', 'overdue=true');
    expect(overdue.every(({ dueOn }) => dueOn !== null && dueOn < '2017-07-03')).toBe(true);
    for (const query of ['kind=lunch', 'priority=highest', 'overdue=yes', 'status=lost']) {
      const answer = await api.send(`GET /tasks?${query}`, { as: 'coordinator' });
      expectProblem(answer, 422, 'request.invalid', [`query /${query.split('=')[0]}`]);
    }
  });
});
