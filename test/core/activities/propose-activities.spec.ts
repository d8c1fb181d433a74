import { describe, expect, it } from '@jest/globals';
import { proposeActivities } from '../../../src/core/activities/propose-activities.js';
import { transformativeActivitySchema } from '../../../src/core/activities/transformative-activity.js';
import { ALPINE_REGIONS, MATCHING } from './alpine-regions.js';

const candidates = proposeActivities(ALPINE_REGIONS, MATCHING);

const themesThat = (verdict: string) =>
  candidates.filter(({ criticalMass }) => criticalMass.verdict === verdict).map(({ theme }) => theme);

function candidate(theme: string) {
  const found = candidates.find((one) => one.theme === theme);
  if (found === undefined) throw new Error(`no candidate ${theme}`);
  return found;
}

describe('the candidates of the eleven regions', () => {
  it('reach critical mass but for aerospace and tourism, by size', () => {
    expect(themesThat('reached')).toEqual([
      'energy_environment',
      'health',
      'agrifood',
      'mobility',
      'digital',
      'advanced_manufacturing',
      'materials',
      'building_smart_living',
      'creative',
    ]);
    expect(themesThat('missed')).toEqual(['aerospace', 'tourism']);
    expect(themesThat('unknown')).toEqual([]);
  });

  it('say why aerospace and tourism miss it', () => {
    expect(candidate('aerospace').criticalMass).toMatchObject({ regions: 2, countries: 1, regionsNeeded: 4 });
    expect(candidate('tourism').criticalMass).toMatchObject({ regions: 1, countries: 1, regionsNeeded: 3 });
  });

  it('have one region more where all are advanced: the four of creative just do', () => {
    const { regions, countries, criticalMass } = candidate('creative');
    expect(regions).toEqual(['AT32', 'ITC4', 'ITC1', 'ITH3']);
    expect(countries).toEqual(['AT', 'IT']);
    expect(criticalMass).toMatchObject({ regions: 4, regionsNeeded: 4 });
  });

  it('name the priorities they come from, and the clusters where no strategy was found', () => {
    expect(candidate('building_smart_living').origins).toEqual([
      {
        region: 'AT32',
        origin: {
          kind: 'priority',
          title: 'Intelligent building and settlement systems',
          themes: ['building_smart_living'],
        },
      },
      {
        region: 'CH022',
        origin: { kind: 'cluster', title: 'Energy and buildings', themes: ['building_smart_living'] },
      },
      {
        region: 'ITH3',
        origin: { kind: 'priority', title: 'Sustainable Living', themes: ['building_smart_living'] },
      },
      {
        region: 'SI0',
        origin: {
          kind: 'priority',
          title: 'Smart buildings and home incl. wood chain',
          themes: ['building_smart_living'],
        },
      },
    ]);
  });

  it('name the related themes that some of the regions bring and the others can use', () => {
    expect(candidate('materials').complements).toEqual([
      { theme: 'building_smart_living', broughtBy: ['AT32', 'CH022', 'SI0'], takenBy: ['DE2', 'FRC2'] },
    ]);
  });

  it('are the same whatever the order of the regions, but for the order of the lists', () => {
    const reversed = proposeActivities(ALPINE_REGIONS.toReversed(), MATCHING);
    expect(reversed.map(({ theme }) => theme)).toEqual(candidates.map(({ theme }) => theme));
    expect(reversed.map(({ criticalMass }) => criticalMass)).toEqual(
      candidates.map(({ criticalMass }) => criticalMass),
    );
  });

  it('hold no critical mass any more where a region withdraws that the mass hung on', () => {
    const without = ALPINE_REGIONS.filter(({ region }) => region !== 'AT32');
    const creative = proposeActivities(without, MATCHING).find(({ theme }) => theme === 'creative');
    expect(creative?.criticalMass).toMatchObject({ verdict: 'missed', regions: 3, countries: 1 });
  });

  it('are what an activity is made of', () => {
    const { theme, regions, origins } = candidate('agrifood');
    const activity = {
      title: 'Alpine food',
      theme,
      regions,
      origins,
      capacity: null,
      opportunity: null,
      relatedness: null,
      linkedProjects: [],
      driver: null,
    };
    expect(transformativeActivitySchema.parse(activity)).toEqual(activity);
    const twice = { ...activity, regions: [...regions, regions[0]] };
    expect(transformativeActivitySchema.safeParse(twice).success).toBe(false);
  });
});
