import { describe, expect, it } from '@jest/globals';
import { NESTING_MAX } from '../../../src/core/logic/parse-condition.js';
import { parseSentence, SENTENCE_LENGTH_MAX } from '../../../src/core/wording/parse-sentence.js';
import { renderCondition } from '../../../src/core/wording/render-condition.js';
import { fault, meant, oddCatalogue, problemsOf, rule, worded, wordingOf } from './wording-fixtures.js';

const en = wordingOf('en', { age_max: { value: 24, unit: 'months' } });
const de = wordingOf('de');
const sl = wordingOf('sl');

const workshops = 'The following holds: "Entrepreneurial discovery workshops held" is at least 3 workshops.';
const atLeast = (value: unknown, fact = 'edw.held') => ({ fact, operator: 'greaterThanInclusive', value });

describe('a sentence that was edited', () => {
  it('means what it says now', () => {
    expect(meant(workshops, en)).toEqual({ all: [atLeast(3)] });
    expect(meant(workshops.replace('at least 3', 'exactly 4'), en)).toEqual({
      all: [{ fact: 'edw.held', operator: 'equal', value: 4 }],
    });
    expect(meant(workshops.replace('The following holds', 'The following does not hold'), en)).toEqual({
      not: atLeast(3),
    });
  });

  it('may have its blanks and lines set in any way, also in a label', () => {
    const spread = `\n ${workshops.replaceAll(' ', '\r\n\t\u00a0').replaceAll(':', '\u202f:  ')}  \n`;
    expect(meant(spread, en)).toEqual({ all: [atLeast(3)] });
  });

  it('may number a single part', () => {
    const numbered = workshops.replace('The following holds: ', 'All of the following hold: (1) ');
    expect(meant(numbered, en)).toEqual({ all: [atLeast(3)] });
  });

  it('may have the unit in any form that it has', () => {
    const sentence = worded({ all: [atLeast(3)] }, sl);
    expect(sentence).toContain('je najmanj 3 delavnice.');
    expect(meant(sentence.replace('3 delavnice', '2 delavnice'), sl)).toEqual({ all: [atLeast(2)] });
    expect(meant(sentence.replace('3 delavnice', '2 delavnici'), sl)).toEqual({ all: [atLeast(2)] });
  });

  it.each([
    [
      'a word that is not of the language',
      'is at least',
      'should be at least',
      {
        code: 'sentence.unexpected',
        at: 'should be',
        message:
          'Expected one of “is less than”, “is at most”, “is more than”, “is at least”, “is exactly”, “is not exactly”, “is known”; found "should".',
      },
    ],
    [
      'another unit',
      'workshops.',
      'people.',
      {
        code: 'sentence.unexpected',
        at: 'people.',
        message: 'Expected one of “workshop”, “workshops”; found "people".',
      },
    ],
    [
      'no unit',
      '3 workshops',
      '3',
      {
        code: 'sentence.unexpected',
        at: '.',
        message: 'Expected one of “workshop”, “workshops”; found ".".',
      },
    ],
    [
      'a label that no fact has',
      'workshops held',
      'workshop held',
      {
        code: 'sentence.unknown-label',
        at: '"Entrepre',
        message: 'No fact has the label "Entrepreneurial discovery workshop held".',
      },
    ],
    [
      'a word where a number belongs',
      '3 workshops',
      'three workshops',
      {
        code: 'sentence.unexpected',
        at: 'three wor',
        message: expect.stringMatching(/a number like “3\.5”; found "three"\.$/),
      },
    ],
    [
      'a number with another separator',
      '3 workshops',
      '3,5 workshops',
      { code: 'sentence.unexpected', at: ',5 worksh', message: expect.stringContaining('found ","') },
    ],
    [
      'a number with digits that do not count',
      '3 workshops',
      '03.0 workshops',
      { code: 'sentence.number', at: '03.0 work', message: expect.stringContaining('"03.0"') },
    ],
    [
      'no end',
      'workshops.',
      'workshops',
      {
        code: 'sentence.unexpected',
        at: '',
        message: 'Expected “.” at the end; found the end.',
      },
    ],
    [
      'something behind the end',
      'workshops.',
      'workshops. Or not.',
      { code: 'sentence.unexpected', at: 'Or not.', message: 'Expected the end; found "Or".' },
    ],
    [
      'another beginning',
      'The following holds',
      'It is so',
      {
        code: 'sentence.unexpected',
        at: 'It is so:',
        message:
          'Expected one of “All of the following hold:”, “At least one of the following holds:”, “The following holds:”, “The following does not hold:”; found "It".',
      },
    ],
    [
      'a quotation that does not end',
      'held"',
      'held',
      { code: 'sentence.quotation', at: '"Entrepre', message: 'What begins with " here does not end.' },
    ],
    [
      'a backslash before nothing special',
      'discovery',
      '\\discovery',
      { code: 'sentence.quotation', at: '\\discover', message: expect.stringContaining('backslash') },
    ],
    [
      'a parameter that the rule does not have',
      '3 workshops',
      '3 workshops [held_min]',
      {
        code: 'rule.unknown-parameter',
        at: '[held_min',
        message: 'The rule has no parameter "held_min".',
      },
    ],
    [
      'what can never be',
      '3 workshops',
      '30000 workshops',
      { code: 'rule.constant-out-of-range', at: '30000 wor', message: expect.stringContaining('never') },
    ],
  ])('is refused at the place and with what was expected: %s', (_, from, to, expected) => {
    expect(fault(workshops.replace(from, to), en, 9)).toEqual(expected);
  });

  it('is refused if it changes the value of a parameter, which the sentence only shows', () => {
    const { condition } = rule('R02');
    expect(condition.kind).toBe('all');
    const wording = { ...en, parameters: rule('R02').parameters };
    const sentence = worded(rule('R02').conditions, wording);
    expect(sentence).toContain('at most 24 months [age_months_max].');
    expect(fault(sentence.replace('24 months', '36 months'), wording)).toEqual({
      code: 'sentence.parameter-value',
      at: '36 months [a',
      message: 'The rule has 24 months [age_months_max] here: change the parameter, not the sentence.',
    });
    expect(fault(sentence.replace('24 months [', '24 months and a day ['), wording)?.at).toBe('and a day [a');
  });

  it('is refused if it skips a number, with the numbers that could follow', () => {
    const sentence = worded({ any: [{ all: [atLeast(1), atLeast(2)] }, atLeast(3)] }, en);
    expect(sentence).toMatch(/\(1\) .*\(1\.1\).*; \(1\.2\).*; \(2\)/);
    expect(fault(sentence.replace('(2)', '(4)'), en, 3)).toEqual({
      code: 'sentence.unexpected',
      at: '(4)',
      message: 'Expected one of “(1.3)”, “(2)”; found "(4)".',
    });
    expect(fault(sentence.replace('(1.1)', '(1.2)'), en, 5)).toMatchObject({ at: '(1.2)' });
    expect(fault(sentence.replace('(2)', 'and'), en, 3)).toMatchObject({
      at: 'and',
      message: 'Expected one of “(1.3)”, “(2)”; found "and".',
    });
    expect(meant(sentence.replace('(2)', '(1.3)'), en)).toEqual({
      any: [{ all: [atLeast(1), atLeast(2), atLeast(3)] }],
    });
  });

  it('is refused where a semicolon is missing, whatever comes later', () => {
    const aged = {
      fact: 'months-between',
      params: { from: 'edw.last_held_on', to: 'today' },
      operator: 'lessThan',
      value: { fact: 'parameter', params: { name: 'age_max' } },
    };
    const sentence = worded({ all: [atLeast(1), aged] }, en);
    expect(fault(sentence.replace(';', ''), en, 3)).toEqual({
      code: 'sentence.unexpected',
      at: '(2)',
      message: 'Expected “;” and the next number, or “.” at the end; found "(2)".',
    });
  });

  it('is refused with every place where the condition, well worded, is none', () => {
    const sentence = worded({ all: [atLeast(1), atLeast(2)] }, en)
      .replace('1 work', '-1 work')
      .replace('2 work', '5000 work');
    expect(
      problemsOf(sentence, en).map(({ code, pointer, position }) => [
        code,
        pointer,
        sentence.slice(position, position + 7),
      ]),
    ).toEqual([
      ['rule.constant-out-of-range', '/all/0/value', '-1 work'],
      ['rule.constant-out-of-range', '/all/1/value', '5000 wo'],
    ]);
  });

  it('is refused where a function is about facts of the wrong type', () => {
    const sum = worded(
      { all: [{ fact: 'sum', params: { of: ['edw.held'] }, operator: 'lessThan', value: 3 }] },
      en,
    );
    const ofDate = sum.replace('Entrepreneurial discovery workshops held', 'Last discovery workshop held on');
    expect(fault(ofDate, en, 10)).toMatchObject({ code: 'rule.type-mismatch', at: 'the sum of' });
  });

  it('is refused where a day does not exist', () => {
    const later = { all: [{ fact: 'edw.last_held_on', operator: 'greaterThan', value: '2017-03-01' }] };
    const sentence = worded(later, de);
    expect(sentence).toContain('liegt nach dem 1. März 2017.');
    expect(fault(sentence.replace('1. März', '30. Februar'), de, 7)).toMatchObject({
      code: 'sentence.date',
      at: 'dem 30.',
    });
    expect(fault(sentence.replace('März', 'Merz'), de, 4)).toMatchObject({
      at: 'Merz',
      message: expect.stringContaining('a date like “dem 20. März 2017”'),
    });
  });

  it('is refused if it is in another language', () => {
    expect(fault(workshops, de)?.code).toBe('sentence.unexpected');
  });
});

describe('facts, words and texts that are easily taken for each other', () => {
  const odd = wordingOf('en', { min: { value: 2.5, unit: 'widgets' } }, oddCatalogue);
  const count = (value: unknown) => ({ all: [{ fact: 'one.count', operator: 'lessThan', value }] });

  it('are told apart by the name where two facts have the same label', () => {
    const sentence = worded(count({ fact: 'two.count' }), odd);
    expect(sentence).toBe(
      'The following holds: "The count" [one.count] is less than the value of "The count" [two.count].',
    );
    expect(meant(sentence, odd)).toEqual(count({ fact: 'two.count' }));
    expect(fault(sentence.replace(' [two.count]', ''), odd)).toEqual({
      code: 'sentence.ambiguous-label',
      at: '"The count".',
      message: 'Several facts have this label; write the name behind it: [one.count] or [two.count].',
    });
    expect(fault(sentence.replace('[two.count]', '[one.flag]'), odd)).toMatchObject({
      at: '[one.flag].',
      message: 'Expected [one.count] or [two.count]; found "[one.flag]".',
    });
  });

  it('keep a unit that no grammar knows, in quotes', () => {
    expect(worded(count(7), odd)).toContain("is less than 7 'widgets'.");
    expect(worded(count({ fact: 'parameter', params: { name: 'min' } }), odd)).toContain(
      "2.5 'widgets' [min].",
    );
    expect(fault(worded(count(7), odd).replace('widgets', 'gadgets'), odd)).toMatchObject({
      message: `Expected the unit 'widgets'; found "'gadgets'".`,
    });
  });

  it('keep quotes, brackets and backslashes in a label', () => {
    const flag = { not: { fact: 'odd.label', operator: 'equal', value: true } };
    const sentence = worded(flag, odd);
    expect(sentence).toBe('The following does not hold: "A \\"label\\" with \\\\ and [brackets]" is yes.');
    expect(meant(sentence, odd)).toEqual(flag);
  });

  it('leave the words of an enumeration as they are where a translation would make two of them one', () => {
    const words = (value: unknown, operator = 'equal') => ({ all: [{ fact: 'odd.words', operator, value }] });
    expect(worded(words('not_met'), odd)).toContain("is 'not_met'.");
    expect(worded(words(['not met', "o'clock"], 'in'), odd)).toContain("is one of 'not met' or 'o\\'clock'.");
    expect(meant(worded(words('not met'), odd), odd)).toEqual(words('not met'));
    expect(fault(worded(words('met'), odd).replace("'met'", "'nearly'"), odd)).toMatchObject({
      message: `Expected 'met' or 'not met' or 'not_met' or 'o'clock'; found "'nearly'".`,
    });
  });

  it('show what cannot be seen in a text', () => {
    const text = (value: string) => ({ all: [{ fact: 'odd.text', operator: 'equal', value }] });
    const sentence = worded(text(' a\u202eb\0  \u00a0c'), odd);
    expect(sentence).toBe(String.raw`The following holds: "Text" is '\u{20}a\u{202e}b\u{0} \u{20}\u{a0}c'.`);
    expect(meant(sentence, odd)).toEqual(text(' a\u202eb\0  \u00a0c'));
  });
});

describe('a condition that the wording does not cover', () => {
  const nothing = { ...en, catalogue: oddCatalogue, parameters: new Map() };

  it.each(['R02', 'R01'])('is not put into words, as its fact or parameter has none: %s', (id) => {
    expect(() => renderCondition(rule(id).condition, nothing)).toThrow('definition.invalid');
    expect(() => renderCondition(rule('R02').condition, en)).toThrow('age_months_max');
  });
});

describe('hostile text', () => {
  const refusedAt = (sentence: string) => {
    const [problem] = problemsOf(sentence, en);
    return problem && [problem.code, problem.position];
  };

  it.each([
    [
      'a direction mark between words',
      workshops.replace('is at', 'is \u202eat'),
      'text.invisible-characters',
    ],
    ['a direction mark in a label', workshops.replace('held', 'he\u202eld'), 'text.invisible-characters'],
    ['a zero-width blank', workshops.replace('is at', 'is\u200b at'), 'text.invisible-characters'],
    ['NUL', workshops.replace('is at', 'is \0at'), 'text.invisible-characters'],
    ['half of a surrogate pair', workshops.replace('is at', 'is \ud800at'), 'text.invisible-characters'],
    ['nothing', '', 'sentence.unexpected'],
    ['blanks alone', ' '.repeat(SENTENCE_LENGTH_MAX), 'sentence.unexpected'],
    ['one character too many', 'x'.repeat(SENTENCE_LENGTH_MAX + 1), 'sentence.too-long'],
    ['a megabyte', workshops.repeat(12_000), 'sentence.too-long'],
    ['brackets alone', '('.repeat(SENTENCE_LENGTH_MAX), 'sentence.unexpected'],
    ['an endless number', workshops.replace('3', '9'.repeat(400_000)), 'sentence.number'],
    ['an endless item', `All of the following hold: (1${'.1'.repeat(200_000)}) x.`, 'sentence.unexpected'],
    ['an endless word', `The following holds: ${"a'".repeat(200_000)}.`, 'sentence.unexpected'],
    ['an endless label', `The following holds: "${'a '.repeat(200_000)}`, 'sentence.quotation'],
    [
      'an endless label of an unknown fact',
      `The following holds: "${'a '.repeat(200_000)}" is`,
      'sentence.unknown-label',
    ],
    ['backslashes', `The following holds: "${'\\\\'.repeat(200_000)}`, 'sentence.quotation'],
    ['an escape beyond Unicode', workshops.replace('held', '\\u{ffffff}'), 'sentence.quotation'],
    ['__proto__', workshops.replace('3 workshops', '[__proto__]'), 'rule.unknown-parameter'],
    [
      'an endless value',
      workshops.replace('3 workshops', '3 workshops '.repeat(30_000)),
      'sentence.unexpected',
    ],
  ])('is refused: %s', (_, sentence, code) => {
    expect(refusedAt(sentence)?.[0]).toBe(code);
  });

  it('is refused where the first hidden character stands', () => {
    expect(refusedAt(workshops.replace('is at', 'is \u202eat'))?.[1]).toBe(workshops.indexOf('is at') + 3);
    expect(refusedAt(workshops.replace('held', 'he\u202eld'))?.[1]).toBe(workshops.indexOf('held') + 2);
  });

  it('is refused when it is nested too deep, long before the stack ends', () => {
    const nested = (levels: number) =>
      `The following holds: ${'the following does not hold: '.repeat(levels - 1)}"Deputy named" is yes.`;
    expect(problemsOf(nested(NESTING_MAX), en)).toEqual([]);
    expect(problemsOf(nested(NESTING_MAX + 1), en)[0]?.code).toBe('rule.too-deep');
    expect(problemsOf(nested(15_000), en)[0]?.code).toBe('rule.too-deep');
  });

  it('is refused when it has too many parts', () => {
    const parts = Array.from({ length: 999 }, (_, i) => `(${i + 1}) "Deputy named" is yes`);
    const sentence = `All of the following hold: ${parts.join('; ')}.`;
    expect(problemsOf(sentence, en).map(({ code }) => code)).toEqual(['rule.too-large']);
    const beyond = sentence.replace(/\.$/, '; (1000) "Deputy named" is yes.');
    expect(problemsOf(beyond, en)[0]?.code).toBe('sentence.unexpected');
  });

  it('changes nothing: a sound sentence is read after it as before', () => {
    expect(parseSentence(workshops, en)).toHaveProperty('conditions', { all: [atLeast(3)] });
  });
});
