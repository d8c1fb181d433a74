import { describe, expect, it } from '@jest/globals';
import { minimalSets } from '../../../src/core/logic/minimal-sets.js';
import { Dice, SEED } from '../gates/small-world.js';

const CASES = 2_000;
const ELEMENTS = 6;

describe('minimal sets', () => {
  it('are all smallest ones, the fewest elements first', () => {
    const dice = new Dice(SEED);
    for (let cases = 0; cases < CASES; cases += 1) {
      const seeds = Array.from({ length: dice.upTo(6) }, () => BigInt(dice.upTo(2 ** ELEMENTS)));
      const fits = (set: bigint) => seeds.some((seed) => (seed & ~set) === 0n);
      const minimal = seeds.filter(
        (seed, i) => !seeds.some((other, j) => (other & ~seed) === 0n && (other !== seed || j < i)),
      );
      const { sets, isCut } = minimalSets(ELEMENTS, fits, 100);
      expect(isCut).toBe(false);
      expect(sets.map(String).toSorted()).toEqual(minimal.map(String).toSorted());
      const sizes = sets.map((set) => set.toString(2).replaceAll('0', '').length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    }
  });

  it('ask far fewer than all sets', () => {
    let asked = 0;
    const wanted = 0b111n << 20n;
    const { sets } = minimalSets(
      30,
      (set) => {
        asked += 1;
        return (wanted & ~set) === 0n;
      },
      10,
    );
    expect(sets).toEqual([wanted]);
    expect(asked).toBeLessThan(200);
  });
});
