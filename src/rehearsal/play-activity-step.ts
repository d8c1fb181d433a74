import { DomainError } from '../core/terms/domain-error.js';
import { confirmRegion } from '../engine/activities/confirm-region.js';
import { proposeActivity } from '../engine/activities/propose-activity.js';
import { readActivity } from '../engine/activities/read-activities.js';
import { readCandidates } from '../engine/activities/read-candidates.js';
import { scoreActivity } from '../engine/activities/score-activity.js';
import type { JointNews } from './joint-news.js';
import type { ActivityStep, JointStepOf } from './joint-step-schema.js';
import { advanceJoint } from './advance-joint.js';
import type { RehearsalRun } from './rehearsal-run.js';

/** Takes a step on an activity through the verb of the engine that the API would call. */
export async function playActivityStep(run: RehearsalRun, step: ActivityStep): Promise<JointNews> {
  const about = 'key' in step ? step.key : null;
  const lines = await linesOf(run, step);
  return { about, kind: 'activity', lines };
}

async function linesOf(run: RehearsalRun, step: ActivityStep): Promise<readonly string[]> {
  switch (step.do) {
    case 'find-activities':
      return findActivities(run);
    case 'propose-activity':
      return propose(run, step);
    case 'score-activity': {
      const { capacity, opportunity, relatedness } = step;
      const scores = { capacity, opportunity, relatedness };
      await scoreActivity(run.deps, { ...asCoordinator(run), ...refOf(run, step), scores, note: null });
      return [`rated: capacity ${capacity}, opportunity ${opportunity}, relatedness ${relatedness}`];
    }
    case 'confirm-activity':
      return confirm(run, step);
    case 'advance-activity': {
      const { cycle } = await readActivity(run.deps, refOf(run, step));
      const to = await advanceJoint(run, { cycleId: cycle.id, to: step.to ?? null, expect: 'pass' });
      return [`-> ${to}`];
    }
  }
}

async function findActivities(run: RehearsalRun): Promise<readonly string[]> {
  const candidates = await readCandidates(run.deps, run.scheme.id);
  return candidates.map(({ candidate, labels }) => {
    const { regions, countries, criticalMass } = candidate;
    const { regionsNeeded, countriesNeeded } = criticalMass;
    const mass =
      criticalMass.verdict === 'reached'
        ? 'critical mass'
        : `no critical mass (needs ${regionsNeeded ?? '?'} regions of ${countriesNeeded} countries)`;
    return `${labels.en}: ${regions.length} regions of ${countries.length} countries, ${mass}: ${regions.join(' ')}`;
  });
}

async function propose(
  run: RehearsalRun,
  { key, theme, linkedProjects, driver }: JointStepOf<'propose-activity'>,
): Promise<readonly string[]> {
  const view = await proposeActivity(run.deps, {
    ...asCoordinator(run),
    scheme: run.scheme.id,
    key,
    theme,
    name: null,
    regions: null,
    lead: null,
    linkedProjects: linkedProjects.map((title) => ({ title, url: null })),
    driver,
    note: null,
  });
  const asked = view.regions.map(({ region }) => region).join(' ');
  const origins = view.activity.origins.map(({ region, origin }) => `${region} ${origin.title}`).join('; ');
  return [`proposed: ${view.activity.name.en}; asked: ${asked}`, `comes from: ${origins}`];
}

async function confirm(run: RehearsalRun, step: JointStepOf<'confirm-activity'>): Promise<readonly string[]> {
  const view = await readActivity(run.deps, refOf(run, step));
  const regions = step.regions === 'all' ? view.regions.map(({ region }) => region) : step.regions;
  for (const region of regions) {
    const actor = run.cast.authorities.get(region);
    if (actor === undefined) throw new DomainError('region.not-found', { region });
    const own = { actor, expectedVersion: null, idempotency: null };
    await confirmRegion(run.deps, { ...own, ...refOf(run, step), region, note: null });
  }
  return [`confirmed by ${regions.join(' ')}`];
}

function asCoordinator(run: RehearsalRun) {
  return { actor: run.cast.coordinator, expectedVersion: null, idempotency: null } as const;
}

function refOf(run: RehearsalRun, { key }: { readonly key: string }) {
  return { scheme: run.scheme.id, key };
}
