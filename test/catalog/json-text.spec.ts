import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readJsonText } from '../../src/catalog/json-text.js';

const SEED = 20190314;
const MIB = 1_048_576;

function faultOf(text: string): string {
  const reading = readJsonText(text);
  return 'problem' in reading ? `${reading.problem.code} ${reading.problem.pointer}` : 'none';
}

describe('a JSON text', () => {
  it('is read as JSON.parse reads it, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('', ' ', '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(readJsonText(text)).toEqual({ value: JSON.parse(text) });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1, "a": 2}', 'json.key-twice /a'],
    ['{"a": {"b": [1, {"c": 1, "d": {}, "c": 1}]}}', 'json.key-twice /a/b/1/c'],
    ['{"a/b": 1, "a\\u002fb": 2}', 'json.key-twice /a~1b'],
    ['{"": 1, "": 2}', 'json.key-twice /'],
    ['{"a": "a", "b": ["a", "a"], "c": {"a": "b"}}', 'none'],
    ['{"a": "\\"a\\": [{", "b": "}]"}', 'none'],
    ['[{"a": 1}, {"a": 1}]', 'none'],
    ['{"a": 1,}', 'definition.unreadable '],
    ['', 'definition.unreadable '],
  ])('such as %s is judged by what stands in it', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('of one long string, or of escapes alone, is read', () => {
    expect(faultOf(JSON.stringify(['x'.repeat(MIB)]))).toBe('none');
    expect(faultOf(JSON.stringify(['"'.repeat(MIB)]))).toBe('none');
  });

  it('may nest 64 deep and no deeper', () => {
    expect(faultOf('['.repeat(64) + ']'.repeat(64))).toBe('none');
    expect(faultOf('['.repeat(65) + ']'.repeat(65))).toMatch(/^json\.too-deep/);
    expect(faultOf('{"a":'.repeat(MIB) + '1' + '}'.repeat(MIB))).toMatch(/^json\.too-deep/);
  });
});
