import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inspectJson } from '../../../src/http/requests/inspect-json.js';

const SEED = 20_170_321;

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const pointers = (text: string) =>
  inspectJson(text, 8).faults.map(({ code, pointer }) => `${code} ${pointer}`);

describe('looking at a JSON text before it is parsed', () => {
  it('finds nothing in what a program writes, and knows how deep it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat({ max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/__proto__|constructor|prototype/.test(text));
        const depth = depthOf(JSON.parse(text));
        expect(inspectJson(text, depth)).toEqual({ tooDeepAt: null, faults: [] });
        expect(inspectJson(text, depth - 1).tooDeepAt !== null).toBe(depth > 0);
      }),
      { seed: SEED },
    );
  });

  it('takes every text for what it is: it neither throws nor runs on', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\u0 -1e9a') }), (text) => {
        expect(inspectJson(text, 8)).toBeDefined();
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('is not fooled by brackets, colons and quotes inside texts', () => {
    const text = JSON.stringify({ 'a"b': '[[[[{"x":1,"x":2', ':': ['}', '\\', '\\"'], '~/': { '~/': 1 } });
    expect(inspectJson(text, 2)).toEqual({ tooDeepAt: null, faults: [] });
  });

  it('points at a key that is there twice, or that it forbids, whatever its spelling', () => {
    expect(pointers('{"a":1,"\\u0061":2}')).toEqual(['json.duplicate-key /a']);
    expect(pointers('[{"a":1},{"a":{"b":1,"c":[],"b":2}}]')).toEqual(['json.duplicate-key /1/a/b']);
    expect(pointers('{"x/y":{"__proto__":1}}')).toEqual(['json.forbidden-key /x~1y/__proto__']);
    expect(pointers('{"a":{"b":1},"b":{"a":1}}')).toEqual([]);
  });

  it('points at numbers that only infinity could stand for', () => {
    expect(inspectJson('[1e308,-1e309,{"n":1e400}]', 8).faults.map(({ pointer }) => pointer)).toEqual([
      '/1',
      '/2/n',
    ]);
  });
});
