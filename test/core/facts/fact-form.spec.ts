import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { parseCalendarDate, YEAR_FIRST, YEAR_LAST } from '../../../src/core/calendar/calendar-date.js';
import { checkFactValue } from '../../../src/core/facts/check-fact-value.js';
import { factForm } from '../../../src/core/facts/fact-form.js';
import type { FactDefinition } from '../../../src/core/facts/fact-catalogue.js';
import { shippedDefinitions } from '../../support/engine.js';

const SEED = 20_170_320;

function validator(definition: FactDefinition) {
  const ajv = new Ajv2020({ strict: true });
  ajvFormats.default(ajv);
  ajv.addKeyword('x-unit');
  return ajv.compile(factForm(definition, 'en'));
}

function shipped(): readonly FactDefinition[] {
  return [...(shippedDefinitions().catalog.factCatalogues.at(-1)?.facts.values() ?? [])];
}

/** The first fact of each type. */
const ofEachType = [...new Map(shipped().map((each) => [each.type.kind, each])).values()];

describe('the form of a fact', () => {
  it('is a JSON Schema for every fact of the catalogue, titled in the language of the reader', () => {
    expect(ofEachType.map(({ type }) => type.kind).toSorted()).toEqual([
      'boolean',
      'date',
      'decimal',
      'enum',
      'integer',
      'text',
    ]);
    for (const definition of shipped()) validator(definition);
    const [first] = shipped();
    expect(factForm(first!, 'sl')['title']).toBe(first?.labels.sl);
  });

  it.each(ofEachType.map((definition) => [definition.type.kind, definition] as const))(
    'admits what the catalogue accepts, and nothing else: %s',
    (_, definition) => {
      const validate = validator(definition);
      const { type } = definition;
      const near = 'min' in type ? [type.min - 1, type.min, type.max, type.max + 1, type.min + 0.5] : [];
      const words = 'values' in type ? [...type.values, `${type.values[0]} `] : [];
      const value = fc.oneof(
        fc.constantFrom(
          ...near,
          ...words,
          '',
          ' ',
          'a\nb',
          'a\u200bb',
          '2017-02-28',
          '2017-02-30',
          '1899-12-31',
        ),
        fc.boolean(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        // The schema counts characters beyond the Basic Multilingual Plane once, the catalogue twice.
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        fc.string({ unit: 'grapheme-ascii', minLength: 495, maxLength: 505 }),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
        fc.constant(null),
      );
      fc.assert(
        fc.property(value, (one) => {
          expect(validate(one)).toBe('ok' in checkFactValue(definition, one, null));
        }),
        { seed: SEED, numRuns: 2_000 },
      );
    },
  );

  it('knows the years of the calendar', () => {
    const date = shipped().find(({ type }) => type.kind === 'date');
    const validate = validator(date!);
    for (let year = YEAR_FIRST - 2; year <= YEAR_LAST + 2; year += 1) {
      const day = `${year}-06-30`;
      expect([day, validate(day)]).toEqual([day, parseCalendarDate(day) !== null]);
    }
  });
});
