import type { Origin } from '../../../src/core/activities/transformative-activity.js';
import type { ThemedRegion } from '../../../src/core/activities/theme-relations.js';
import type { MatchingParameters } from '../../../src/core/activities/propose-activities.js';

type Kind = Origin['kind'];

/** `['Energy', 'energy_environment']`: the name of a priority or cluster, and its themes. */
type Row = readonly [title: string, ...themes: string[]];

function themed(
  place: readonly [string, string, ThemedRegion['class']],
  kind: Kind,
  rows: readonly Row[],
): ThemedRegion {
  const [region, country, regionClass] = place;
  const origins = rows.map(([title, ...themes]) => ({ kind, title, themes }));
  return { region, country, class: regionClass, origins };
}

/**
 * The eleven regions of S3-4AlpClusters with the priorities of their strategies of 2014 to 2020. The priorities are
 * sourced (the same pages as `strategy.sources` in `config/schemes/s3-4alpclusters.json`); their themes and the classes
 * are proposals. Of Fribourg no strategy was found: its clusters stand for it, and its class is not known.
 */
export const ALPINE_REGIONS: readonly ThemedRegion[] = [
  themed(['DE1', 'DE', 'advanced'], 'priority', [
    ['Sustainable mobility', 'mobility'],
    ['Environmental technologies, renewable energies and resource efficiency', 'energy_environment'],
    ['Health and care', 'health'],
    ['ICT, green IT and intelligent products', 'digital'],
  ]),
  themed(['DE2', 'DE', 'advanced'], 'priority', [
    ['Digitalisation', 'digital'],
    ['Energy', 'energy_environment'],
    ['Mobility', 'mobility'],
    ['Health', 'health'],
    ['Materials', 'materials'],
  ]),
  themed(['AT32', 'AT', 'advanced'], 'priority', [
    ['Life Sciences', 'health'],
    ['ICT region Salzburg: smart data and services', 'digital'],
    ['Smart Materials', 'materials'],
    ['Intelligent building and settlement systems', 'building_smart_living'],
    ['Creative industries and service innovation', 'creative'],
  ]),
  themed(['AT31', 'AT', 'advanced'], 'priority', [
    ['Industrial production processes', 'advanced_manufacturing'],
    ['Energy', 'energy_environment'],
    ['Health / ageing society', 'health'],
    ['Food / nutrition', 'agrifood'],
    ['Mobility / logistics', 'mobility'],
  ]),
  themed(['CH022', 'CH', null], 'cluster', [
    ['Plastics', 'materials'],
    ['Energy and buildings', 'building_smart_living'],
    ['Information technologies', 'digital'],
    ['Food and nutrition', 'agrifood'],
  ]),
  themed(['FRC2', 'FR', 'convergence'], 'priority', [
    ['Mobility', 'mobility'],
    ['Energy', 'energy_environment'],
    ['ICT', 'digital'],
    ['Sustainable traditional food', 'agrifood'],
    ['Microsystems', 'materials'],
    ['Microtechnique', 'materials'],
    ['Luxury products'],
  ]),
  themed(['ITC4', 'IT', 'advanced'], 'priority', [
    ['Aerospace', 'aerospace'],
    ['Agri-food', 'agrifood'],
    ['Eco-industry', 'energy_environment'],
    ['Creative and cultural industries', 'creative'],
    ['Health industry', 'health'],
    ['Advanced manufacturing', 'advanced_manufacturing'],
    ['Sustainable mobility', 'mobility'],
  ]),
  themed(['ITC1', 'IT', 'advanced'], 'priority', [
    ['Aerospace', 'aerospace'],
    ['Automotive', 'mobility'],
    ['Green chemistry / cleantech', 'energy_environment'],
    ['Mechatronics', 'advanced_manufacturing'],
    ['Made in Piemonte', 'creative'],
    ['Health and wellbeing', 'health'],
  ]),
  themed(['ITH3', 'IT', 'advanced'], 'priority', [
    ['Smart Agrifood', 'agrifood'],
    ['Smart Manufacturing', 'advanced_manufacturing'],
    ['Creative Industries', 'creative'],
    ['Sustainable Living', 'building_smart_living'],
  ]),
  themed(['ITH2', 'IT', 'advanced'], 'priority', [
    ['Quality of life', 'health'],
    ['Mechatronics', 'advanced_manufacturing'],
    ['Energy and environment', 'energy_environment'],
    ['Agrifood', 'agrifood'],
  ]),
  themed(['SI0', 'SI', 'convergence'], 'priority', [
    ['Smart cities and communities', 'digital'],
    ['Smart buildings and home incl. wood chain', 'building_smart_living'],
    ['Networks for the transition to circular economy', 'energy_environment'],
    ['Sustainable food', 'agrifood'],
    ['Sustainable tourism', 'tourism'],
    ['Factories of the future', 'advanced_manufacturing'],
    ['Health - medicine', 'health'],
    ['Mobility', 'mobility'],
    ['Materials as end products', 'materials'],
  ]),
];

/** Rule R14 and the proposal for the diamond. */
export const MATCHING: MatchingParameters = {
  criticalMass: { regionsMin: 3, countriesMin: 2, regionsMoreIfAllAdvanced: 1, source: 'R14' },
  diamond: { proximityMin: 0.5, source: 'Proposal.' },
};
