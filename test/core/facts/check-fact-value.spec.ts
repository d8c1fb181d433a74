import { describe, expect, it } from '@jest/globals';
import { checkFactValue } from '../../../src/core/facts/check-fact-value.js';
import type { FactDefinition } from '../../../src/core/facts/fact-catalogue.js';
import type { FactType } from '../../../src/core/facts/fact-type.js';

const label = 'x';

function check(type: FactType, value: unknown, precision: unknown = null): unknown {
  const definition: FactDefinition = {
    name: 'some.fact',
    type,
    owner: 'regional_authority',
    scope: 'cycle',
    staleAfterMonths: null,
    labels: { de: label, fr: label, it: label, sl: label, en: label },
  };
  const checked = checkFactValue(definition, value, precision);
  return 'ok' in checked ? checked : checked.problem.code;
}

const integer: FactType = { kind: 'integer', min: 0, max: 10, unit: 'people' };
const decimal: FactType = { kind: 'decimal', min: 1, max: 5, unit: 'points' };
const words: FactType = { kind: 'enum', values: ['met', 'not_met'] };

describe('a value that is to be recorded', () => {
  it.each<[FactType, unknown]>([
    [{ kind: 'boolean' }, false],
    [integer, 0],
    [integer, 10],
    [decimal, 3.5],
    [words, 'met'],
    [{ kind: 'text' }, 'DGR 1020 of 17 June 2014'],
  ])('is taken as %j: %j', (type, value) => {
    expect(check(type, value)).toEqual({ ok: value, precision: null });
  });

  it.each<[FactType, unknown]>([
    [{ kind: 'boolean' }, 1],
    [{ kind: 'boolean' }, 'true'],
    [{ kind: 'boolean' }, null],
    [integer, '3'],
    [integer, 2.5],
    [integer, Number.NaN],
    [decimal, Number.POSITIVE_INFINITY],
    [decimal, [3]],
    [words, 1],
    [{ kind: 'date' }, 20170320],
    [{ kind: 'text' }, 7],
    [{ kind: 'text' }, '  '],
    [{ kind: 'text' }, 'two\nlines'],
    [{ kind: 'text' }, 'turned \u202e around'],
    [{ kind: 'text' }, 'nothing\u0000'],
  ])('of the wrong type is refused as %j: %j', (type, value) => {
    expect(check(type, value)).toBe('fact.wrong-type');
  });

  it.each<[FactType, unknown]>([
    [integer, -1],
    [integer, 11],
    [decimal, 0.99],
    [words, 'MET'],
    [words, 'constructor'],
    [{ kind: 'text' }, 'x'.repeat(501)],
  ])('outside the range is refused as %j: %j', (type, value) => {
    expect(check(type, value)).toBe('fact.out-of-range');
  });

  it('turns -0 into 0', () => {
    expect(check(integer, -0)).toEqual({ ok: 0, precision: null });
  });
});

describe('a date that is to be recorded', () => {
  it('is exact to the day unless said otherwise', () => {
    expect(check({ kind: 'date' }, '2017-03-20')).toEqual({ ok: '2017-03-20', precision: 'day' });
    expect(check({ kind: 'date' }, '2017-03-20', undefined)).toEqual({ ok: '2017-03-20', precision: 'day' });
    expect(check({ kind: 'date' }, '2017-03-20', 'month')).toEqual({ ok: '2017-03-20', precision: 'month' });
  });

  it.each(['2017-02-30', '20.3.2017', '2017-3-20', '2017-03-20T00:00:00Z', '1 Dec 2026', '0001-01-01', ''])(
    'is refused: %j',
    (text) => {
      expect(check({ kind: 'date' }, text)).toBe('fact.invalid-date');
    },
  );

  it('is refused where its span would leave the calendar', () => {
    expect(check({ kind: 'date' }, '1900-01-05', 'approximate')).toBe('fact.invalid-date');
    expect(check({ kind: 'date' }, '1900-01-05', 'year')).toEqual({ ok: '1900-01-05', precision: 'year' });
  });

  it('is refused with a precision that does not exist', () => {
    expect(check({ kind: 'date' }, '2017-03-20', 'decade')).toBe('fact.precision-not-applicable');
  });

  it('is the only fact with a precision', () => {
    expect(check(integer, 3, 'month')).toBe('fact.precision-not-applicable');
  });
});
