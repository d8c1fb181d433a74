import { describe, expect, it } from '@jest/globals';
import { pairDiamonds, synergyDiamond } from '../../../src/core/activities/synergy-diamond.js';
import { ThemeRelations } from '../../../src/core/activities/theme-relations.js';
import { ALPINE_REGIONS, MATCHING } from './alpine-regions.js';

const relations = new ThemeRelations(ALPINE_REGIONS);

function diamondOf(...codes: string[]) {
  const group = codes.flatMap((code) => ALPINE_REGIONS.filter(({ region }) => region === code));
  return synergyDiamond(group, relations, MATCHING.diamond);
}

describe('the proximity of two themes', () => {
  it('is how many of the carriers of the more common one carry both', () => {
    expect(relations.between('energy_environment', 'mobility')).toEqual({
      themes: ['energy_environment', 'mobility'],
      together: 7,
      common: 8,
    });
    expect(relations.between('tourism', 'health')).toMatchObject({ together: 1, common: 8 });
  });

  it('does not exist for a theme with itself or for one that nobody carries', () => {
    expect(relations.between('health', 'health')).toBeNull();
    expect(relations.between('health', 'fishery')).toBeNull();
  });
});

describe('the synergy diamond', () => {
  it('of two regions says what is similar, what completes and what stands apart, with the reason', () => {
    const { regions, themes } = diamondOf('AT32', 'SI0');
    expect(regions).toEqual(['AT32', 'SI0']);
    expect(themes.map(({ theme, kind }) => `${theme} ${kind}`)).toEqual([
      'building_smart_living similar',
      'digital similar',
      'health similar',
      'materials similar',
      'advanced_manufacturing complementary',
      'agrifood complementary',
      'creative complementary',
      'energy_environment complementary',
      'mobility complementary',
      'tourism apart',
    ]);
    expect(themes.find(({ theme }) => theme === 'materials')).toEqual({
      theme: 'materials',
      kind: 'similar',
      carriers: [
        { region: 'AT32', through: ['Smart Materials'] },
        { region: 'SI0', through: ['Materials as end products'] },
      ],
      takers: [],
    });
    expect(themes.find(({ theme }) => theme === 'energy_environment')).toEqual({
      theme: 'energy_environment',
      kind: 'complementary',
      carriers: [{ region: 'SI0', through: ['Networks for the transition to circular economy'] }],
      takers: [{ region: 'AT32', through: 'health', proximity: 7 / 8 }],
    });
  });

  it('of a group names those that complete what several share', () => {
    const materials = diamondOf('AT32', 'SI0', 'ITH3').themes.find(({ theme }) => theme === 'materials');
    expect(materials?.carriers.map(({ region }) => region)).toEqual(['AT32', 'SI0']);
    expect(materials?.takers).toEqual([
      { region: 'ITH3', through: 'building_smart_living', proximity: 3 / 5 },
    ]);
  });

  it('exists for every pair that shares or completes something, in the order of the regions', () => {
    const pairs = pairDiamonds(ALPINE_REGIONS, relations, MATCHING.diamond).map(({ regions }) => regions);
    expect(pairs[0]).toEqual(['DE1', 'DE2']);
    expect(pairs.length).toBeLessThanOrEqual((11 * 10) / 2);
    expect(new Set(pairs.map((pair) => pair.join(' '))).size).toBe(pairs.length);
    const none = pairDiamonds(ALPINE_REGIONS, relations, { ...MATCHING.diamond, proximityMin: 1 });
    expect(none.some(({ regions }) => regions.join(' ') === 'DE1 ITH3')).toBe(false);
  });
});
