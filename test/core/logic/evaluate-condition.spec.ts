import { describe, expect, it } from '@jest/globals';
import type { EvaluationContext } from '../../../src/core/logic/evaluation-context.js';
import { evaluateCondition, type LeafOutcome } from '../../../src/core/logic/evaluate-condition.js';
import { context, neighbourCalendar, parsed, type ParameterValues } from './logic-fixtures.js';

const all = (...parts: unknown[]) => ({ all: parts });
const leaf = (fact: string, operator: string, value: unknown, params?: unknown) =>
  params === undefined ? { fact, operator, value } : { fact, operator, value, params };

function evaluate(json: unknown, given: EvaluationContext, parameters: ParameterValues = {}) {
  return evaluateCondition(parsed(json, parameters), given);
}

/** The outcome of a condition with a single leaf. */
function outcomeOf(
  json: unknown,
  given: Parameters<typeof context>[0],
  more: Partial<EvaluationContext> = {},
): LeafOutcome {
  const [outcome] = evaluate(all(json), context(given, more)).leaves;
  if (outcome === undefined) throw new Error('no leaf');
  return outcome;
}

const by = (date: string) => leaf('survey.closed_on', 'lessThanInclusive', date);

describe('a comparison', () => {
  it.each([
    ['lessThan', 4, 'fail'],
    ['lessThan', 5, 'pass'],
    ['lessThanInclusive', 3, 'fail'],
    ['lessThanInclusive', 4, 'pass'],
    ['greaterThan', 4, 'fail'],
    ['greaterThan', 3, 'pass'],
    ['greaterThanInclusive', 5, 'fail'],
    ['greaterThanInclusive', 4, 'pass'],
    ['equal', 4, 'pass'],
    ['equal', 5, 'fail'],
    ['notEqual', 4, 'fail'],
    ['notEqual', 5, 'pass'],
  ])('of 4 by %s with %i: %s', (operator, value, result) => {
    expect(outcomeOf(leaf('people.civil', operator, value), { 'people.civil': 4 }).result).toBe(result);
  });

  it.each([
    ['equal', 'convergence', 'pass'],
    ['notEqual', 'convergence', 'fail'],
    ['in', ['advanced', 'convergence'], 'pass'],
    ['in', ['advanced'], 'fail'],
    ['notIn', ['advanced'], 'pass'],
    ['notIn', ['convergence'], 'fail'],
  ])('of a word by %s with %j: %s', (operator, value, result) => {
    expect(outcomeOf(leaf('region.class', operator, value), { 'region.class': 'convergence' }).result).toBe(
      result,
    );
  });

  it('says what was compared, for an explanation', () => {
    expect(outcomeOf(leaf('people.civil', 'greaterThanInclusive', 5), { 'people.civil': 4 })).toEqual({
      pointer: '/all/0',
      fact: 'people.civil',
      operator: 'greaterThanInclusive',
      required: 5,
      requiredFrom: null,
      actual: 4,
      result: 'fail',
      missing: [],
      imprecise: [],
    });
  });

  it('is unknown without its fact, whatever the operator, and names it', () => {
    for (const operator of ['equal', 'notEqual', 'lessThan', 'greaterThanInclusive']) {
      expect(outcomeOf(leaf('people.civil', operator, 5), {})).toMatchObject({
        actual: null,
        required: 5,
        result: 'unknown',
        missing: ['people.civil'],
        imprecise: [],
      });
    }
  });

  it('with another fact names both sides', () => {
    const json = leaf('survey.closed_on', 'greaterThan', { fact: 'survey.opened_on' });
    expect(outcomeOf(json, { 'survey.closed_on': '2017-03-20' })).toMatchObject({
      actual: '2017-03-20',
      required: null,
      requiredFrom: 'survey.opened_on',
      result: 'unknown',
      missing: ['survey.opened_on'],
    });
  });

  it('with a parameter is unknown if the region has no value of it, and names the fact that decides', () => {
    const json = all(leaf('people.civil', 'lessThan', { fact: 'parameter', params: { name: 'people_max' } }));
    const parameters = { people_max: [5] };
    const known = context({ 'people.civil': 4 }, { parameters: () => ({ value: 5 }) });
    expect(evaluate(json, known, parameters).leaves).toMatchObject([
      { result: 'pass', required: 5, requiredFrom: 'parameter(people_max)' },
    ]);
    const open = context({ 'people.civil': 4 }, { parameters: () => ({ missing: 'region.class' }) });
    expect(evaluate(json, open, parameters)).toMatchObject({ truth: null, missing: ['region.class'] });
  });
});

describe('isKnown', () => {
  const json = leaf('survey.closed_on', 'isKnown', true);

  it('is true once there is a value, even a vague one', () => {
    expect(outcomeOf(json, { 'survey.closed_on': ['2017-01-01', 'year'] }).result).toBe('pass');
  });

  it('is never false: without a value it is unknown', () => {
    expect(outcomeOf(json, {})).toMatchObject({ result: 'unknown', missing: ['survey.closed_on'] });
    expect(evaluate({ not: all(json) }, context({})).truth).toBeNull();
  });
});

describe('a vague date', () => {
  it.each([
    ['2017-03-31', 'pass'],
    ['2017-03-30', 'unknown'],
    ['2017-03-01', 'unknown'],
    ['2017-02-28', 'fail'],
  ])('of March 2017 is not after %s: %s', (date, result) => {
    expect(outcomeOf(by(date), { 'survey.closed_on': ['2017-03-15', 'month'] })).toMatchObject({
      result,
      actual: { earliest: '2017-03-01', latest: '2017-03-31' },
      missing: [],
      imprecise: result === 'unknown' ? ['survey.closed_on'] : [],
    });
  });

  it('makes a number of days vague', () => {
    const json = leaf('days-between', 'lessThanInclusive', 120, {
      from: 'survey.opened_on',
      to: 'survey.closed_on',
    });
    expect(
      outcomeOf(json, { 'survey.opened_on': '2017-01-10', 'survey.closed_on': ['2017-05-01', 'month'] }),
    ).toMatchObject({
      fact: 'days-between(survey.opened_on, survey.closed_on)',
      actual: { least: 111, most: 141 },
      result: 'unknown',
      imprecise: ['survey.closed_on'],
    });
  });

  it('outside the years of the calendar leaves working days unknown', () => {
    const params = { from: 'survey.opened_on', to: 'today', calendar: 'own' };
    const json = leaf('working-days-between', 'lessThan', 20, params);
    expect(outcomeOf(json, { 'survey.opened_on': '1999-01-01' })).toMatchObject({
      actual: null,
      result: 'unknown',
      missing: [],
      imprecise: ['survey.opened_on'],
    });
  });
});

describe('a function', () => {
  const people = ['people.business', 'people.civil'];
  const given = { 'people.business': 3, 'people.civil': 1, 'score.one': 64.4, 'score.two': 44.4 };

  it.each([
    ['sum', { of: people }, 'sum(people.business, people.civil)', 4],
    ['mean', { of: ['people.business', 'score.one'] }, 'mean(people.business, score.one)', 33.7],
    ['share', { of: 'people.civil', in: people }, 'share(people.civil)', 25],
    ['difference', { of: 'score.one', minus: 'score.mean' }, 'difference(score.one, score.mean)', 10],
  ])('%s of %j reads %s and is %d', (name, params, fact, actual) => {
    expect(outcomeOf(leaf(name, 'lessThan', 50, params), given)).toMatchObject({ fact, actual });
  });

  it('is unknown as long as one of its facts is, and names all that are', () => {
    const json = leaf('difference', 'lessThan', 50, { of: 'people.civil', minus: 'score.mean' });
    expect(outcomeOf(json, { 'score.one': 3 })).toMatchObject({
      result: 'unknown',
      missing: ['people.civil', 'score.two'],
    });
  });

  it('of a derived fact waits for what it is the mean of', () => {
    expect(outcomeOf(leaf('score.mean', 'lessThan', 50), { 'score.one': 30 })).toMatchObject({
      fact: 'score.mean',
      missing: ['score.two'],
    });
    expect(outcomeOf(leaf('score.mean', 'lessThan', 50), given)).toMatchObject({
      actual: 54.4,
      result: 'fail',
    });
  });

  it('of the day of the decision counts begun months', () => {
    const json = leaf('months-between', 'lessThanInclusive', 24, { from: 'survey.closed_on', to: 'today' });
    expect(outcomeOf(json, { 'survey.closed_on': '2015-06-01' }).result).toBe('pass');
    expect(outcomeOf(json, { 'survey.closed_on': '2015-05-31' })).toMatchObject({
      result: 'fail',
      actual: 25,
    });
  });

  it("counts working days in the neighbours' calendars, or in its own without neighbours", () => {
    const params = { from: 'survey.closed_on', to: 'survey.opened_on', calendar: 'neighbours' };
    const json = leaf('working-days-between', 'greaterThanInclusive', 10, params);
    const fortnight = { 'survey.closed_on': '2017-04-14', 'survey.opened_on': '2017-04-28' };
    expect(outcomeOf(json, fortnight)).toMatchObject({ actual: 10, result: 'pass' });
    expect(outcomeOf(json, fortnight, { neighbourCalendars: [neighbourCalendar] })).toMatchObject({
      actual: 5,
      result: 'fail',
    });
  });
});

describe('a group', () => {
  const civil = leaf('people.civil', 'greaterThanInclusive', 2);
  const business = leaf('people.business', 'greaterThanInclusive', 2);
  const named = leaf('body.named', 'equal', true);

  it('shows every leaf, also after its truth is settled', () => {
    const outcome = evaluate({ any: [civil, all(business, named)] }, context({ 'people.civil': 5 }));
    expect(outcome.truth).toBe(true);
    expect(outcome.leaves.map(({ pointer, result }) => `${pointer} ${result}`)).toEqual([
      '/any/0 pass',
      '/any/1/all/0 unknown',
      '/any/1/all/1 unknown',
    ]);
    expect(outcome.missing).toEqual([]);
  });

  it('waits only for facts that could still settle it', () => {
    const json = { any: [all(civil, business), named] };
    expect(evaluate(json, context({ 'people.civil': 0 })).missing).toEqual(['body.named']);
    expect(evaluate(json, context({ 'people.civil': 5 })).missing).toEqual(['people.business', 'body.named']);
  });

  it('names a fact that several leaves wait for once', () => {
    const json = all(civil, leaf('people.civil', 'lessThan', 50));
    expect(evaluate(json, context({})).missing).toEqual(['people.civil']);
  });

  it('is turned round by not, and unknown stays unknown', () => {
    expect(evaluate({ not: all(civil) }, context({ 'people.civil': 1 })).truth).toBe(true);
    expect(evaluate({ not: all(civil) }, context({ 'people.civil': 2 })).truth).toBe(false);
    expect(evaluate({ not: all(civil) }, context({})).truth).toBeNull();
  });
});
