import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LANGUAGES } from '../../../src/core/terms/language.js';
import { GRAMMARS } from '../../../src/core/wording/grammars.js';
import { quotation, readQuotation } from '../../../src/core/wording/quotation.js';
import { readNumber, spellNumber } from '../../../src/core/wording/spell-number.js';
import { spellAmount, spellValue } from '../../../src/core/wording/spell-value.js';

const SEED = { seed: 20_170_320, numRuns: 10_000 };

describe('a number', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1000, '1000'],
    [-3.25, '-3,25'],
    [1e-7, '0,0000001'],
    [1e21, '1000000000000000000000'],
    [1.5e22, '15000000000000000000000'],
    [0.1 + 0.2, '0,30000000000000004'],
  ])('is written with all its digits: %d', (value, text) => {
    expect(spellNumber(value, ',')).toBe(text);
  });

  it('reads back to itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(spellNumber(value, '.'), '.')).toBe(value);
      }),
      SEED,
    );
  });

  it.each(['007', '3.50', '1e3', '', '-', '3,5', '0.30000000000000004000', '9'.repeat(400), '--1', '+1'])(
    'has one way of writing only, which is not %s',
    (text) => {
      expect(readNumber(text, '.')).toBeNull();
    },
  );
});

describe('an amount', () => {
  it.each([
    ['sl', ['1 odgovor', '2 odgovora', '3 odgovori', '5 odgovorov', '101 odgovor', '2,5 odgovora']],
    ['de', ['1 Antwort', '2 Antworten', '3 Antworten', '5 Antworten', '101 Antworten', '2,5 Antworten']],
    ['fr', ['1 réponse', '2 réponses', '3 réponses', '5 réponses', '101 réponses', '2,5 réponses']],
    ['it', ['1 risposta', '2 risposte', '3 risposte', '5 risposte', '101 risposte', '2,5 risposte']],
    ['en', ['1 answer', '2 answers', '3 answers', '5 answers', '101 answers', '2.5 answers']],
  ] as const)('has its unit in the form that the number asks for: %s', (language, expected) => {
    const amounts = [1, 2, 3, 5, 101, 2.5].map((value) => spellAmount(value, 'answers', GRAMMARS[language]));
    expect(amounts).toEqual(expected);
  });
});

describe('a date', () => {
  it.each([
    ['de', ['dem 1. Januar 2017', 'dem 8. März 2017', 'dem 31. Dezember 2017']],
    ['fr', ['le 1er janvier 2017', 'le 8 mars 2017', 'le 31 décembre 2017']],
    ['it', ['il 1º gennaio 2017', "l'8 marzo 2017", 'il 31 dicembre 2017']],
    ['sl', ['1. januarja 2017', '8. marca 2017', '31. decembra 2017']],
    ['en', ['1 January 2017', '8 March 2017', '31 December 2017']],
  ] as const)('is written in the words of the language: %s', (language, expected) => {
    const dates = ['2017-01-01', '2017-03-08', '2017-12-31'];
    expect(dates.map((date) => spellValue(date, { kind: 'date' }, GRAMMARS[language]))).toEqual(expected);
  });

  it('is different for every two days of a leap year', () => {
    for (const language of LANGUAGES) {
      const days = Array.from({ length: 366 }, (_, i) =>
        new Date(Date.UTC(2016, 0, 1 + i)).toISOString().slice(0, 10),
      );
      const texts = days.map((day) => spellValue(day, { kind: 'date' }, GRAMMARS[language]));
      expect(new Set(texts).size).toBe(366);
    }
  });
});

describe('a quotation', () => {
  it('reads back to the letter, whatever is in it and wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom('"' as const, "'" as const, '[' as const),
        (text, mark) => {
          const quoted = quotation(text, mark);
          expect(readQuotation(`x${quoted}'"]`, 1, mark)).toEqual({ text, end: quoted.length + 1 });
        },
      ),
      SEED,
    );
  });

  it('counts several blanks and new lines as one blank', () => {
    expect(readQuotation('" a \n\t b "', 0, '"')).toEqual({ text: 'a b', end: 10 });
  });
});
