import type { z } from 'zod';
import type { ActivityParameters } from '../../core/activities/activity-parameters.js';
import { themeLabels } from '../../core/activities/activity-parameters.js';
import type { CriticalMass } from '../../core/activities/critical-mass.js';
import type { SynergyDiamond } from '../../core/activities/synergy-diamond.js';
import type { TransformativeActivity } from '../../core/activities/transformative-activity.js';
import type { Language } from '../../core/terms/language.js';
import type { ActivityView } from '../../engine/activities/activity-view.js';
import type { CandidateView } from '../../engine/activities/read-candidates.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { activitySchema, candidatesSchema, diamondsSchema } from '../schemas/activity.js';
import { cycleAnswer } from './cycle-answer.js';

type Activity = z.output<typeof activitySchema>;
type Candidate = z.output<typeof candidatesSchema>['candidates'][number];
type Diamond = z.output<typeof diamondsSchema>['diamonds'][number];

export function activityAnswer(
  { activity, cycle, regions, scores, rating, mass }: ActivityView,
  catalog: EngineDeps['catalog'],
  language: Language,
): Activity {
  return {
    scheme: activity.scheme,
    key: activity.key,
    version: activity.version,
    labels: activity.name,
    theme: activity.theme,
    cycleId: cycle.id,
    cycle: cycleAnswer(cycle, catalog, language),
    lead: cycle.region,
    regions: regions.map(({ region, labels, country, state, since }) => {
      return { region, label: labels[language], country, state, since };
    }),
    scores: { ...scores },
    rating: {
      verdict: rating.verdict,
      mean: rating.mean,
      objections: rating.objections.map((objection) => ({ ...objection })),
    },
    criticalMass: { asked: massAnswer(mass.asked), confirmed: massAnswer(mass.confirmed) },
    linkedProjects: activity.linkedProjects.map(({ title, url }) => ({ title, url })),
    driver: activity.driver === null ? null : { ...activity.driver },
    origins: originAnswers(activity.origins),
    mergedInto: activity.mergedInto,
    proposedAt: activity.proposedAt,
    changedAt: activity.changedAt,
  };
}

export function candidateAnswer(
  { candidate, labels, activities }: CandidateView,
  parameters: ActivityParameters,
  language: Language,
): Candidate {
  const { theme, regions, countries, criticalMass, complements, origins, diamond } = candidate;
  return {
    theme,
    label: labels[language],
    regions: [...regions],
    countries: [...countries],
    criticalMass: massAnswer(criticalMass),
    complements: complements.map((complement) => ({
      theme: complement.theme,
      label: themeLabels(parameters, complement.theme)[language],
      broughtBy: [...complement.broughtBy],
      takenBy: [...complement.takenBy],
    })),
    origins: originAnswers(origins),
    diamond: diamondAnswer(diamond, parameters, language),
    activities: [...activities],
  };
}

export function diamondAnswer(
  { regions, themes }: SynergyDiamond,
  parameters: ActivityParameters,
  language: Language,
): Diamond {
  return {
    regions: [...regions],
    themes: themes.map(({ theme, kind, carriers, takers }) => ({
      theme,
      label: themeLabels(parameters, theme)[language],
      kind,
      carriers: carriers.map(({ region, through }) => ({ region, through: [...through] })),
      takers: takers.map(({ region, through, proximity }) => ({ region, through, proximity })),
    })),
  };
}

function massAnswer(mass: CriticalMass): Activity['criticalMass']['asked'] {
  return { ...mass, classless: [...mass.classless] };
}

function originAnswers(origins: TransformativeActivity['origins']): Activity['origins'] {
  return origins.map(({ region, origin: { kind, title, themes } }) => {
    return { region, kind, title, themes: [...themes] };
  });
}
