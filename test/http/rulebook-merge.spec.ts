import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openWorkshop, setThreshold, type Workshop } from './workshop.js';

describe('two drafts at once', () => {
  let api: TestApi;
  let workshop: Workshop;

  beforeAll(async () => {
    api = await openTestApi();
    workshop = openWorkshop(api);
  });
  afterAll(async () => {
    expect(api.logged).toEqual([]);
    await api.close();
  });

  it('merges two drafts of one base, and shows where they contradict each other', async () => {
    const mine = await workshop.draft(1);
    const theirs = await workshop.draft(1);
    await workshop.edit(mine, (book) => setThreshold(book, 'R04', 'answers_per_group_min', 4));
    await workshop.edit(theirs, (book) => setThreshold(book, 'R07', 'diamonds_min', 2), 'administrator2');
    const merge = (body: object) => workshop.send(`POST /${mine}/merge`, { body: { with: theirs, ...body } });
    const merged = await merge({});
    expect(merged.body).toMatchObject({ state: 'draft', authors: ['administrator', 'administrator2'] });
    const rules = (await workshop.read(mine)).definition['rules'] as { id: string; parameters: object }[];
    expect(
      rules.filter(({ id: rule }) => ['R04', 'R07'].includes(rule)).map(({ parameters }) => parameters),
    ).toEqual([
      expect.objectContaining({ answers_per_group_min: { value: 4, unit: 'answers' } }),
      expect.objectContaining({ diamonds_min: { value: 2, unit: 'diamonds' } }),
    ]);

    await workshop.edit(theirs, (book) => setThreshold(book, 'R04', 'answers_per_group_min', 5));
    const clash = expectProblem(await merge({}), 409, 'draft.clash');
    const pointer = '/rules/3/parameters/answers_per_group_min';
    expect(clash['clashes']).toEqual([
      {
        pointer,
        of: { kind: 'rule', id: 'R04' },
        base: { value: 3, unit: 'answers' },
        mine: { value: 4, unit: 'answers' },
        theirs: { value: 5, unit: 'answers' },
        // Where the two would decide differently, each with facts that show it.
        regions: expect.arrayContaining([
          expect.objectContaining({ witness: expect.objectContaining({ facts: expect.any(Array) }) }),
        ]),
      },
    ]);
    expect((await merge({ settle: [{ pointer, take: 'theirs' }] })).status).toBe(200);
    const [, , , fourth] = (await workshop.read(mine)).definition['rules'] as { parameters: object }[];
    expect(fourth?.parameters).toMatchObject({ answers_per_group_min: { value: 5 } });
  });

  it('tells a draft what was published since, and builds on it once its changes are merged', async () => {
    const [late, early] = [await workshop.draft(1), await workshop.draft(1)];
    await workshop.edit(late, (book) => setThreshold(book, 'R06', 'block_min', 45));
    await workshop.edit(early, (book) => setThreshold(book, 'R08', 'fields_max', 5));
    await workshop.settle(early);
    await workshop.send(`POST /${early}/approve`, { as: 'administrator2' });
    await workshop.send(`POST /${early}/publish`, { body: { effectiveFrom: '2017-09-01' } });
    expect((await workshop.read(late)).publishedSince).toEqual([2]);
    expect((await workshop.send(`POST /${late}/merge`, { body: { with: early } })).status).toBe(200);
    expect(await workshop.read(late)).toMatchObject({ publishedSince: [], base: { version: 2 } });

    const other = await workshop.draft(2);
    const apart = await workshop.send(`POST /${other}/merge`, { body: { with: early } });
    expectProblem(apart, 409, 'draft.no-common-base', ['body /with']);
    const itself = await workshop.send(`POST /${other}/merge`, { body: { with: other } });
    expectProblem(itself, 409, 'draft.no-common-base', ['body /with']);
  });
});
