import { describe, expect, it } from '@jest/globals';
import { medianDuration } from '../../../src/core/forecast/median-duration.js';

const KIND = { id: 'stage', gate: null, counts: 'working-days', targetDays: 100 } as const;
const STEP = { region: 'AT32', class: 'advanced' } as const;
const PLAIN = { step: STEP, kind: KIND, completed: [], elapsedDays: null, seed: 1 };

describe('the median length of a step', () => {
  it('is near the target where nothing is known, and the same each time', () => {
    const days = medianDuration(PLAIN) ?? 0;
    expect(Math.abs(days - KIND.targetDays)).toBeLessThan(8);
    expect(medianDuration(PLAIN)).toBe(days);
  });

  it('follows the history of the region', () => {
    const completed = Array.from({ length: 6 }, () => ({ ...STEP, kind: KIND.id, days: 200 }));
    expect(medianDuration({ ...PLAIN, completed })).toBeGreaterThan(170);
  });

  it('is longer than what has gone by already', () => {
    expect(medianDuration({ ...PLAIN, elapsedDays: 150 })).toBeGreaterThan(150);
  });

  it('is unknown where there is neither target nor history', () => {
    expect(medianDuration({ ...PLAIN, kind: { ...KIND, targetDays: null } })).toBeNull();
  });
});
