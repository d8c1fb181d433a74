import { describe, expect, it } from '@jest/globals';
import {
  fnv1a64,
  randomStream,
  splitMix64,
  xoshiro128StarStar,
} from '../../../src/core/forecast/random-stream.js';
import { normalQuantile, normalUpperTail } from '../../../src/core/forecast/standard-normal.js';

const take = (count: number, next: () => number) => Array.from({ length: count }, () => next());

describe('the generators', () => {
  it('give the numbers of the authors’ own programs', () => {
    expect(take(10, xoshiro128StarStar([1, 2, 3, 4]))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    const mix = splitMix64(1234567n);
    expect([mix(), mix(), mix()]).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
    expect(fnv1a64('')).toBe(0xcbf29ce484222325n);
    expect(fnv1a64('foobar')).toBe(0x85944171f73967e8n);
  });
});

describe('a random stream', () => {
  it('is the same for the same seed and name, and another for any other', () => {
    const stream = (seed: number, name: string) => take(5, randomStream(seed, name));
    expect(stream(7, 'AT32')).toEqual(stream(7, 'AT32'));
    expect(stream(7, 'AT31')).not.toEqual(stream(7, 'AT32'));
    expect(stream(8, 'AT32')).not.toEqual(stream(7, 'AT32'));
    expect(stream(-1, 'AT32')).not.toEqual(stream(1, 'AT32'));
  });

  it('lies strictly between 0 and 1 and fills it evenly', () => {
    const numbers = take(20_000, randomStream(1, 'even'));
    expect(Math.min(...numbers)).toBeGreaterThan(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => numbers.filter((number) => Math.floor(number * 10) === tenth).length,
    );
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});

describe('the standard normal distribution', () => {
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655],
    [0.975, 1.9599639845],
    [0.001, -3.0902323062],
    [1e-9, -5.997807015],
  ])('has its quantile of %d at %d', (p, x) => {
    expect(normalQuantile(p)).toBeCloseTo(x, 5);
  });

  it('has in its tail what its quantile leaves above, far out too', () => {
    for (const p of [0.4, 0.1, 1e-3, 1e-6, 1e-12]) {
      expect(normalUpperTail(-normalQuantile(p)) / p).toBeCloseTo(1, 4);
    }
    expect(normalUpperTail(-1)).toBeCloseTo(0.8413447461, 6);
  });
});
