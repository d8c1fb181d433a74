import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { criticalMass, type MassRegion } from '../../../src/core/activities/critical-mass.js';
import { MATCHING } from './alpine-regions.js';

const SEED = 20170323;

const CLASSES = { a: 'advanced', c: 'convergence', l: 'less_advanced', x: null } as const;

/** `ATa ATa ITc`: country and the letter of the class; named R0, R1, ... */
function regionsOf(text: string): MassRegion[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => ({
      region: `R${index}`,
      country: word.slice(0, 2),
      class: CLASSES[word.slice(2) as keyof typeof CLASSES],
    }));
}

const mass = (text: string) => criticalMass(regionsOf(text), MATCHING.criticalMass);

describe('critical mass', () => {
  it.each([
    ['three regions of two countries, one of them not advanced', 'ATa ITa SIc', 'reached'],
    ['three regions of one country', 'ITa ITa ITc', 'missed'],
    ['two regions of two countries', 'ATa SIc', 'missed'],
    ['three regions that are all advanced', 'ATa ITa ITa', 'missed'],
    ['four regions that are all advanced', 'ATa ITa ITa DEa', 'reached'],
    ['three regions of which one has no class and the others are advanced', 'ATa ITa CHx', 'unknown'],
    ['three regions of which one has no class and one is not advanced', 'ATl ITa CHx', 'reached'],
    ['four regions of which one has no class', 'ATa ITa ITa CHx', 'reached'],
    ['two regions without a class', 'ATx CHx', 'missed'],
    ['nobody', '', 'missed'],
  ])('%s', (_, text, verdict) => {
    expect(mass(text).verdict).toBe(verdict);
  });

  it('says what is there, what is needed and whose class would decide', () => {
    expect(mass('ATa ITa CHx')).toEqual({
      verdict: 'unknown',
      regions: 3,
      countries: 3,
      regionsNeeded: null,
      countriesNeeded: 2,
      classless: ['R2'],
    });
    expect(mass('ITa ITa')).toMatchObject({ regions: 2, countries: 1, regionsNeeded: 4, classless: [] });
  });

  it('takes its thresholds from the data', () => {
    const lenient = { ...MATCHING.criticalMass, regionsMin: 2, countriesMin: 1, regionsMoreIfAllAdvanced: 0 };
    expect(criticalMass(regionsOf('ITa ITa'), lenient).verdict).toBe('reached');
  });

  it('is never lost by one region more', () => {
    const member = fc.record({
      country: fc.constantFrom('AT', 'IT', 'SI'),
      class: fc.constantFrom('advanced', 'convergence', 'less_advanced', null),
    });
    const groups = fc.array(member, { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(groups, (group) => {
        const all = group.map((one, index): MassRegion => ({ ...one, region: `R${index}` }));
        const before = criticalMass(all.slice(0, -1), MATCHING.criticalMass).verdict;
        const after = criticalMass(all, MATCHING.criticalMass).verdict;
        return before !== 'reached' || after === 'reached';
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
