import { describe, expect, it } from '@jest/globals';
import { leavesOf } from '../../../src/core/logic/condition.js';
import { LEAVES_MAX, NESTING_MAX } from '../../../src/core/logic/parse-condition.js';
import { PROBLEMS_MAX } from '../../../src/core/logic/parse-report.js';
import { faultsOf, parsed, problemsOf } from './logic-fixtures.js';

const leaf = { fact: 'people.business', operator: 'greaterThanInclusive', value: 2 };
const all = (...parts: unknown[]) => ({ all: parts });
const compare = (fact: string, operator: string, value: unknown) => all({ fact, operator, value });
const timeSpan = (fact: string, params: unknown) => all({ fact, params, operator: 'lessThan', value: 20 });
const parameter = (name: string) => ({ fact: 'parameter', params: { name } });

const leaves = (count: number) => ({ any: Array.from({ length: count }, () => leaf) });

function nested(levels: number): unknown {
  let json: unknown = leaf;
  for (let i = 0; i < levels; i += 1) json = i % 2 === 0 ? { not: json } : { any: [json] };
  return json;
}

describe('a condition that is in order', () => {
  it('becomes a tree whose nodes know where they come from', () => {
    const tree = parsed({
      any: [leaf, { not: all({ fact: 'body.named', operator: 'equal', value: true }) }],
    });
    expect(leavesOf(tree).map(({ pointer }) => pointer)).toEqual(['/any/0', '/any/1/not/all/0']);
    expect(tree).toMatchObject({ kind: 'any', pointer: '', of: [{ kind: 'leaf' }, { kind: 'not' }] });
  });

  it.each([
    ['a derived fact', compare('score.mean', 'lessThan', 40)],
    ['a date', compare('survey.closed_on', 'lessThanInclusive', '2017-06-30')],
    ['two dates', compare('survey.closed_on', 'greaterThan', { fact: 'survey.opened_on' })],
    ['a list of words', compare('region.class', 'in', ['advanced', 'convergence'])],
    ['a list of texts', compare('region.nuts', 'notIn', ['CH02', 'SI'])],
    ['the knowledge of a date', compare('survey.closed_on', 'isKnown', true)],
    ['the knowledge of a derived fact', compare('score.mean', 'isKnown', true)],
    ['a count', compare('people.civil', 'notEqual', 0)],
    ['days', timeSpan('days-between', { from: 'survey.opened_on', to: 'today' })],
    ['months', timeSpan('months-between', { from: 'survey.opened_on', to: 'survey.closed_on' })],
    [
      'working days',
      timeSpan('working-days-between', { from: 'survey.opened_on', to: 'today', calendar: 'neighbours' }),
    ],
    ['a sum', timeSpan('sum', { of: ['people.business', 'people.civil'] })],
    ['a share', timeSpan('share', { of: 'people.civil', in: ['people.business', 'people.civil'] })],
    ['a difference', timeSpan('difference', { of: 'score.one', minus: 'score.mean' })],
  ])('can ask for %s', (_, json) => {
    expect(faultsOf(json)).toEqual([]);
  });

  it('can compare with a parameter of the rule', () => {
    const json = compare('people.business', 'lessThan', parameter('people_max'));
    expect(faultsOf(json, { people_max: [3, 4] })).toEqual([]);
  });
});

describe('a trap of json-rules-engine', () => {
  it.each([
    ['an empty all', all(), 'rule.empty-group /all'],
    ['an empty any', { any: [] }, 'rule.empty-group /any'],
    ['an empty group inside', all(leaf, { not: { any: [] } }), 'rule.empty-group /all/1/not/any'],
    ['all beside any', { all: [leaf], any: [leaf] }, 'rule.sibling-groups '],
    ['not beside all', all({ not: leaf, all: [leaf] }), 'rule.sibling-groups /all/0'],
    ['a priority of a leaf', all({ ...leaf, priority: 10 }), 'rule.priority-forbidden /all/0/priority'],
    ['a priority of a group', { all: [leaf], priority: 10 }, 'rule.priority-forbidden /priority'],
    ['a path', all({ ...leaf, path: '$.a' }), 'rule.path-forbidden /all/0/path'],
    [
      'a path of a value',
      compare('people.business', 'lessThan', { fact: 'people.civil', path: '$[?(process.exit())]' }),
      'rule.path-forbidden /all/0/value/path',
    ],
    ['a named condition', { condition: 'elsewhere' }, 'rule.named-condition-forbidden /condition'],
    ['a leaf as root', leaf, 'rule.malformed '],
    ['an unknown operator', compare('people.business', 'nosuch', 2), 'rule.unknown-operator /all/0/operator'],
    ['a decorator', compare('people.business', 'not:equal', 2), 'rule.unknown-operator /all/0/operator'],
    [
      'an operator of lists',
      compare('body.reference', 'contains', 'x'),
      'rule.unknown-operator /all/0/operator',
    ],
    ['an unknown fact', compare('people.nobody', 'equal', 2), 'rule.unknown-fact /all/0/fact'],
    [
      'an unknown fact on the right',
      compare('people.civil', 'lessThan', { fact: 'x.y' }),
      'rule.unknown-fact /all/0/value/fact',
    ],
  ])('is refused: %s', (_, json, fault) => {
    expect(faultsOf(json)).toEqual([fault]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('is refused: the fact %s', (name) => {
    expect(faultsOf(compare(name, 'isKnown', true))).toEqual(['rule.unknown-fact /all/0/fact']);
    expect(faultsOf(compare('people.civil', 'lessThan', parameter(name)))).toEqual([
      'rule.unknown-parameter /all/0/value/params/name',
    ]);
  });

  it('is refused: a key that is not part of the format', () => {
    expect(
      faultsOf(JSON.parse('{"all": [{"fact": "x.y", "operator": "equal", "value": 1, "__proto__": {}}]}')),
    ).toEqual(['rule.malformed /all/0/__proto__']);
    expect(faultsOf({ all: [leaf], name: 'x' })).toEqual(['rule.malformed /name']);
  });
});

describe('a comparison of unlike things', () => {
  it.each([
    ['a text and a number', compare('people.business', 'lessThan', '10'), 'value'],
    ['a number and a boolean', compare('body.named', 'equal', 1), 'value'],
    ['a free date', compare('survey.closed_on', 'lessThan', '1 Dec 2026'), 'value'],
    ['a day that does not exist', compare('survey.closed_on', 'lessThan', '2017-02-30'), 'value'],
    ['a date and a number', compare('survey.closed_on', 'lessThan', 42000), 'value'],
    ['NaN', compare('people.business', 'lessThan', Number.NaN), 'value'],
    ['infinity', compare('people.business', 'lessThan', Number.POSITIVE_INFINITY), 'value'],
    ['facts of two types', compare('people.business', 'lessThan', { fact: 'survey.closed_on' }), 'value'],
    ['an order of words', compare('region.class', 'lessThan', 'advanced'), 'operator'],
    ['an order of booleans', compare('body.named', 'greaterThan', false), 'operator'],
    ['equality of decimals', compare('score.one', 'equal', 50), 'operator'],
    ['equality of means', compare('score.mean', 'notEqual', 50), 'operator'],
    ['a list of numbers', compare('region.nuts', 'in', [1, 2]), 'value'],
    ['an empty list', compare('region.nuts', 'notIn', []), 'value'],
    ['a list with null', compare('region.nuts', 'in', ['SI', null]), 'value'],
    ['in without a list', compare('region.nuts', 'in', 'SI'), 'value'],
    ['a list without in', compare('region.nuts', 'equal', ['SI']), 'value'],
    ['numbers in a list', compare('people.business', 'in', ['1']), 'operator'],
    ['isKnown false', compare('body.named', 'isKnown', false), 'value'],
    [
      'isKnown of a function',
      all({ fact: 'sum', params: { of: ['people.civil'] }, operator: 'isKnown', value: true }),
      'operator',
    ],
  ])('is refused: %s', (_, json, at) => {
    expect(faultsOf(json)).toEqual([`rule.type-mismatch /all/0/${at}`]);
  });

  it('is refused for every value that a parameter can have', () => {
    const json = compare('people.business', 'lessThan', parameter('people_max'));
    expect(faultsOf(json, { people_max: [3, '4'] })).toEqual(['rule.type-mismatch /all/0/value']);
  });

  it.each([
    ['a date', compare('survey.closed_on', 'equal', '2017-06-30')],
    ['another date', compare('survey.closed_on', 'notEqual', { fact: 'survey.opened_on' })],
    ['a list of dates', compare('survey.closed_on', 'in', ['2017-06-30'])],
    [
      'a number of days',
      all({
        fact: 'days-between',
        params: { from: 'survey.opened_on', to: 'today' },
        operator: 'equal',
        value: 20,
      }),
    ],
  ])('is refused: equality with %s, for dates may be vague', (_, json) => {
    expect(faultsOf(json)).toEqual(['rule.equality-of-dates /all/0/operator']);
  });
});

describe('a comparison that the facts cannot decide', () => {
  it.each([
    ['always', compare('people.business', 'greaterThanInclusive', 0)],
    ['always', compare('people.business', 'lessThan', 101)],
    ['never', compare('people.business', 'greaterThan', 100)],
    ['never', compare('people.business', 'equal', 200)],
    ['never', compare('people.business', 'equal', 2.5)],
    ['never', compare('region.class', 'equal', 'advancd')],
    ['never', compare('region.class', 'in', ['advanced', 'advancd'])],
    ['always', compare('region.class', 'in', ['advanced', 'convergence', 'less_advanced'])],
    ['always', compare('people.civil', 'lessThanInclusive', { fact: 'people.civil' })],
    ['never', compare('score.mean', 'greaterThan', 100)],
    ['always', timeSpan('days-between', { from: 'survey.opened_on', to: 'survey.opened_on' })],
    ['always', timeSpan('difference', { of: 'score.one', minus: 'score.one' })],
    [
      'never',
      all({
        fact: 'share',
        params: { of: 'people.civil', in: ['people.business', 'people.civil'] },
        operator: 'greaterThan',
        value: 100,
      }),
    ],
  ])('because it is %s so is refused: %j', (_, json) => {
    expect(problemsOf(json).map(({ code }) => code)).toEqual(['rule.constant-out-of-range']);
  });

  it('is refused if that is so for one value of a parameter', () => {
    const json = compare('score.one', 'greaterThan', parameter('score_min'));
    expect(faultsOf(json, { score_min: [50, 400] })).toEqual(['rule.constant-out-of-range /all/0/value']);
  });
});

describe('a function', () => {
  it.each([
    ['without params', { fact: 'sum', operator: 'lessThan', value: 3 }, 'rule.malformed /all/0/params'],
    [
      'with a param too many',
      { fact: 'sum', params: { of: ['people.civil'], in: [] } },
      'rule.malformed /all/0/params',
    ],
    ['of nothing', { fact: 'sum', params: { of: [] } }, 'rule.malformed /all/0/params/of'],
    ['of a text', { fact: 'mean', params: { of: ['region.nuts'] } }, 'rule.type-mismatch /all/0/params/of/0'],
    [
      'from a number',
      { fact: 'days-between', params: { from: 'people.civil', to: 'today' } },
      'rule.type-mismatch /all/0/params/from',
    ],
    [
      'in no calendar',
      { fact: 'working-days-between', params: { from: 'survey.opened_on', to: 'today', calendar: 'mine' } },
      'rule.malformed /all/0/params/calendar',
    ],
    ['on the wrong side', { fact: 'parameter', params: { name: 'x' } }, 'rule.malformed /all/0/fact'],
    ['that is a fact', { fact: 'people.civil', params: {} }, 'rule.malformed /all/0/params'],
    [
      'of very many facts',
      { fact: 'sum', params: { of: Array.from({ length: 51 }, () => 'people.civil') } },
      'rule.too-large /all/0/params/of',
    ],
  ])('%s is refused', (_, json, fault) => {
    expect(faultsOf(all({ operator: 'lessThan', value: 3, ...json }))).toEqual([fault]);
  });
});

describe('a hostile condition', () => {
  it('may be nested as deep as the limit, and no deeper', () => {
    expect(faultsOf(nested(NESTING_MAX))).toEqual([]);
    expect(problemsOf(nested(NESTING_MAX + 1)).map(({ code }) => code)).toEqual(['rule.too-deep']);
  });

  it('of 5,000 levels is refused without using up the stack', () => {
    expect(problemsOf(nested(5000)).map(({ code }) => code)).toEqual(['rule.too-deep']);
  });

  it('may have as many leaves as the limit, and no more', () => {
    expect(faultsOf(leaves(LEAVES_MAX))).toEqual([]);
    expect(faultsOf(leaves(LEAVES_MAX + 1))).toEqual([`rule.too-large /any/${LEAVES_MAX}`]);
    expect(faultsOf(leaves(100_000))).toEqual([`rule.too-large /any/${LEAVES_MAX}`]);
  });

  it('with very many faults names only the first ones', () => {
    expect(problemsOf({ any: Array.from({ length: 100_000 }, () => 7) }).length).toBeLessThanOrEqual(
      PROBLEMS_MAX,
    );
  });

  it('with a list of 100,000 texts is refused', () => {
    const json = compare(
      'region.nuts',
      'in',
      Array.from({ length: 100_000 }, () => 'SI'),
    );
    expect(faultsOf(json)).toEqual(['rule.too-large /all/0/value']);
  });

  it.each([null, 7, 'all', [], [leaf], {}, { all: {} }, { all: 'x' }, { not: [leaf] }, { all: [null] }])(
    'of the wrong shape is refused: %j',
    (json) => {
      expect(problemsOf(json).map(({ code }) => code)).toEqual(['rule.malformed']);
    },
  );

  it('is quoted in messages only in part', () => {
    const [problem] = problemsOf(compare('x'.repeat(100_000), 'equal', 1));
    expect(problem?.message.length).toBeLessThan(200);
  });
});
