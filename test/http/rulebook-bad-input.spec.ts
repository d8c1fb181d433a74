import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { openTestApi, type TestApi } from './test-api.js';
import { openWorkshop, type Workshop } from './workshop.js';

type Json = Record<string, unknown>;

/** Place of R04 in the shipped rulebook. */
const RULE = 3;
const AT = `/rules/${RULE}`;

const leaf = (value: unknown, more: Json = {}): Json => ({
  fact: 'stresstest.responses_total',
  operator: 'greaterThanInclusive',
  value,
  ...more,
});

describe('a hostile rulebook is refused with a pointer, nothing is saved, and the process is unharmed', () => {
  let api: TestApi;
  let workshop: Workshop;
  let id: string;
  let rules: Json[];
  let definition: Json;
  let before: Record<string, number>;

  beforeAll(async () => {
    api = await openTestApi();
    workshop = openWorkshop(api);
    id = await workshop.draft(1);
    definition = (await workshop.read(id)).definition;
    rules = definition['rules'] as Json[];
  });
  beforeEach(async () => {
    before = await api.countRows();
  });
  afterEach(async () => {
    expect(await api.countRows()).toEqual(before);
    expect(api.logged).toEqual([]);
    expect((await workshop.read(id)).version).toBe(1);
  });
  afterAll(() => api.close());

  /** The rules with one more thing about R04. */
  const withRule = (change: Json): Json[] =>
    rules.map((rule, i) => (i === RULE ? { ...rule, ...change } : rule));
  const save = (rule: Json) => workshop.send(`PATCH /${id}`, { body: { rules: withRule(rule) } });
  /** As text, for what `JSON.stringify` would not write. */
  const saveText = (conditions: string) =>
    workshop.send(`PATCH /${id}`, {
      raw: JSON.stringify({ rules: withRule({ conditions: 'HERE' }) }).replace('"HERE"', () => conditions),
    });
  const first = async (answer: Promise<Awaited<ReturnType<typeof save>>>) => {
    const given = await answer;
    const { errors = [] } = given.body as { errors?: { pointer: string; code: string }[] };
    return [given.status, given.body['code'], errors[0]?.code, errors[0]?.pointer] as const;
  };
  const invalid = (code: string, pointer: string) => [422, 'draft.invalid', code, pointer];

  it('groups that are nested five thousand deep, or deeper than the format allows', async () => {
    const nested = (depth: number): string =>
      `${'{"all":['.repeat(depth)}${JSON.stringify(leaf(1))}${']}'.repeat(depth)}`;
    const [status, code, , pointer] = await first(saveText(nested(5_000)));
    expect([status, code]).toEqual([400, 'request.too-deep']);
    expect(pointer).toMatch(/^\/rules\/3\/conditions(\/all\/0)+(\/all)?$/);
    expect(await first(saveText(nested(21)))).toEqual(
      invalid('rule.too-deep', `${AT}/conditions${'/all/0'.repeat(20)}`),
    );
  });

  it('a hundred thousand leaves, and one more than a rule may have', async () => {
    const leaves = (count: number) => ({ conditions: { all: Array.from({ length: count }, () => leaf(1)) } });
    const [status, code, fault, pointer] = await first(save(leaves(100_000)));
    expect([status, code, fault]).toEqual([422, 'draft.invalid', 'document.too-large']);
    expect(pointer).toMatch(/^\/rules\/3\/conditions\/all/);
    expect((await first(save(leaves(501))))[2]).toBe('rule.too-large');
  });

  it.each([
    [
      'a path, which is a program',
      leaf(1, { path: '$..[?(@.constructor)]' }),
      'rule.path-forbidden',
      '/path',
    ],
    ['a priority', leaf(1, { priority: 9 }), 'rule.priority-forbidden', '/priority'],
    ['a condition that names another', { condition: 'R04' }, 'rule.named-condition-forbidden', '/condition'],
    [
      'an operator that nobody knows, such as a regex',
      leaf('(a+)+$', { operator: 'matches' }),
      'rule.unknown-operator',
      '/operator',
    ],
    ['a fact from the prototype', leaf(1, { fact: 'constructor' }), 'rule.unknown-fact', '/fact'],
    ['another one', leaf(1, { fact: 'toString' }), 'rule.unknown-fact', '/fact'],
    ['an empty group', { all: [] }, 'rule.empty-group', '/all'],
    ['two groups beside each other', { all: [leaf(1)], any: [leaf(2)] }, 'rule.sibling-groups', ''],
    ['a number in quotes', leaf('1'), 'rule.type-mismatch', '/value'],
    ['a truth for a number', leaf(true), 'rule.type-mismatch', '/value'],
    ['null for a number', leaf(null), 'rule.malformed', '/value'],
    ['an empty list for a number', leaf([]), 'rule.type-mismatch', '/value'],
    ['an empty object for a number', leaf({}), 'rule.malformed', '/value'],
    ['a number beyond every range', leaf(1e300), 'rule.constant-out-of-range', '/value'],
    [
      'a number that doubles cannot tell from the next',
      leaf(2 ** 53 + 2),
      'rule.constant-out-of-range',
      '/value',
    ],
    [
      'a free date',
      { fact: 'gov.mandate_signed_on', operator: 'lessThan', value: '3 March 2017' },
      'rule.type-mismatch',
      '/value',
    ],
    [
      'a day that does not exist',
      { fact: 'gov.mandate_signed_on', operator: 'lessThan', value: '2017-02-30' },
      'rule.type-mismatch',
      '/value',
    ],
    [
      'equality of dates',
      { fact: 'gov.mandate_signed_on', operator: 'equal', value: '2017-02-03' },
      'rule.equality-of-dates',
      '/operator',
    ],
    [
      'a parameter that is not there',
      leaf({ fact: 'parameter', params: { name: '__proto__' } }),
      'rule.unknown-parameter',
      '/value/params/name',
    ],
  ] as [string, Json, string, string][])('as part of a condition: %s', async (_, part, code, at) => {
    const [status, , fault, pointer] = await first(save({ conditions: { all: [part] } }));
    expect([status, fault]).toEqual([422, code]);
    expect(pointer?.startsWith(`${AT}/conditions/all/0`)).toBe(true);
    expect(pointer).toContain(at);
  });

  it('keys that could reach a prototype, numbers that are none, keys that are twice', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(await first(saveText(`{"all":[{"${key}":1}]}`))).toEqual([
        400,
        'request.malformed',
        'json.forbidden-key',
        `${AT}/conditions/all/0/${key}`,
      ]);
    }
    expect((await first(saveText('{"all":[1e999]}'))).slice(2)).toEqual([
      'json.number-too-large',
      `${AT}/conditions/all/0`,
    ]);
    expect((await first(saveText('{"all":[],"all":[]}')))[2]).toBe('json.duplicate-key');
    for (const none of ['NaN', 'Infinity', '-Infinity', 'undefined']) {
      const answer = await saveText(`{"all":[${none}]}`);
      expect(expectProblem(answer, 400, 'request.malformed')['position']).toBeGreaterThan(0);
    }
  });

  it('texts that are too long, or hold what a reader cannot see', async () => {
    const source = (text: string) => save({ source: { basis: 'proposal', text, urls: [] } });
    expect(await first(source('x'.repeat(1_000_000)))).toEqual(
      invalid('document.text-too-long', `${AT}/source/text`),
    );
    expectProblem(await source('x'.repeat(9_000_000)), 413, 'request.too-large');
    for (const hidden of ['\u202e', '\u200b', '\u2066', '\u0000', '\ud800']) {
      expect(await first(source(`a${hidden}b`))).toEqual(
        invalid('text.invisible-characters', `${AT}/source/text`),
      );
    }
    const name = 'R04: enough\u202e';
    const testCases = [{ name, today: '2017-09-01', facts: {}, expect: {} }];
    expect(await first(workshop.send(`PATCH /${id}`, { body: { testCases } }))).toEqual(
      invalid('text.invisible-characters', '/testCases/0/name'),
    );
  });

  it.each([
    ['a free date', { effectiveFrom: '3 March 2017' }, 'schema.invalid-format', '/effectiveFrom'],
    ['another id', { id: 'other' }, 'rulebook.id-changed', '/id'],
    ['another version', { version: 7 }, 'rulebook.version-changed', '/version'],
    [
      'a catalogue that is not installed',
      { factCatalogue: { id: 'facts', version: 9 } },
      'definition.not-found',
      '/factCatalogue',
    ],
    ['a word that the format does not have', { onFire: true }, 'schema.unknown-key', '/onFire'],
    ['a language that is taken away', { labels: { sl: null } }, 'label.language-missing', '/labels/sl'],
    ['no rules', { rules: [] }, 'schema.too-small', '/rules'],
    ['rules that are none', { rules: 'all of them' }, 'schema.invalid-type', '/rules'],
    [
      'a test case of a day that does not exist',
      { testCases: [{ name: 'x', today: '2017-02-30', facts: {}, expect: {} }] },
      'schema.invalid-format',
      '/testCases/0/today',
    ],
    [
      'a test case with an unknown fact',
      { testCases: [{ name: 'x', today: '2017-02-03', facts: { moon: 1 }, expect: {} }] },
      'test-case.unknown-fact',
      '/testCases/0/facts/moon',
    ],
  ] as [string, Json, string, string][])('as the rulebook itself: %s', async (_, body, code, pointer) => {
    expect(await first(workshop.send(`PATCH /${id}`, { body }))).toEqual(invalid(code, pointer));
  });

  it('a gate that a workflow asks and that is taken away, with its rules', async () => {
    const body = { gates: { 'review.close': null } };
    const answer = await workshop.send(`PATCH /${id}`, { body, headers: { 'accept-language': 'de' } });
    const { errors = [] } = expectProblem(answer, 422, 'draft.invalid', ['body /gates']);
    expect(errors[0]).toMatchObject({ code: 'gate.missing', detail: expect.stringMatching(/Ablauf/) });
  });

  it('rules that are there twice, or that no gate asks', async () => {
    const body = { rules: [...rules, rules[RULE]] };
    expect((await first(workshop.send(`PATCH /${id}`, { body })))[2]).toBe('rule.duplicate-id');
    const orphan = { rules: [...rules, { ...rules[RULE], id: 'R99' }] };
    expect(await first(workshop.send(`PATCH /${id}`, { body: orphan }))).toEqual(
      invalid('rule.not-in-gate', `/rules/${rules.length}`),
    );
  });

  it('bodies that are no rulebook at all', async () => {
    for (const body of [[], 'x', 1, true]) {
      expectProblem(await workshop.send(`PUT /${id}`, { body }), 422, 'request.invalid', ['body ']);
      expectProblem(await workshop.send(`PATCH /${id}`, { body }), 422, 'request.invalid', ['body ']);
    }
    expect((await first(workshop.send(`PUT /${id}`, { body: {} })))[2]).toBe('schema.missing');
  });

  it('a merge patch where nothing can be patched, and a large body from anybody else', async () => {
    const headers = { 'content-type': 'application/merge-patch+json' };
    const facts = `PATCH /cycles/${api.engine.cycle('DE2')}/facts`;
    expectProblem(
      await api.send(facts, { as: 'administrator', raw: '{}', headers }),
      415,
      'request.media-type',
    );
    expectProblem(await workshop.send(`PUT /${id}`, { raw: '{}', headers }), 415, 'request.media-type');
    const raw = JSON.stringify(definition);
    expectProblem(await workshop.send(`PUT /${id}`, { as: 'coordinator', raw }), 403, 'auth.role-forbidden');
  });
});
