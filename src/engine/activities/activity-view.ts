import type { PartState } from '../../core/activities/activity-facts.js';
import { criticalMass, type CriticalMass } from '../../core/activities/critical-mass.js';
import { rateActivity, type Rating } from '../../core/activities/rate-activity.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listActivityRegions, type ActivityRow } from '../../store/activity-store.js';
import { findCycle } from '../../store/cycle-store.js';
import { listFacts } from '../../store/fact-store.js';
import { listRegions } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import type { EngineDeps } from '../engine-deps.js';
import { membersOf } from './put-activity-facts.js';

const SCORES = ['capacity', 'opportunity', 'relatedness'] as const;

/** The part of one region. */
export interface ActivityPart {
  readonly region: string;
  readonly labels: Labels;
  readonly country: string;
  readonly state: PartState;
  readonly since: Instant;
}

/** An activity as the outside sees it. */
export interface ActivityView {
  readonly activity: ActivityRow;
  readonly cycle: CycleView;
  /** In the order of the scheme. */
  readonly regions: readonly ActivityPart[];
  /** Null: not rated yet. */
  readonly scores: Readonly<Record<(typeof SCORES)[number], number | null>>;
  /** By the thresholds of the search, not by those of a gate. */
  readonly rating: Rating;
  readonly mass: {
    /** With those that have not answered yet. */
    readonly asked: CriticalMass;
    readonly confirmed: CriticalMass;
  };
}

/** Puts together what is shown of an activity. */
export async function activityView(deps: EngineDeps, tx: Tx, activity: ActivityRow): Promise<ActivityView> {
  const { scheme, key, cycleId } = activity;
  const cycle = await findCycle(tx, cycleId);
  if (cycle === null) throw new DomainError('cycle.not-found', { cycle: cycleId });
  const regions = await listRegions(tx, scheme);
  const members = await membersOf(tx, activity, regions);
  const since = new Map(
    (await listActivityRegions(tx, scheme, key)).map((part) => [part.region, part.since]),
  );
  const facts = new Map((await listFacts(tx, cycleId)).map(({ fact, value }) => [fact, value]));
  const scoreOf = (score: string): number | null => {
    const value = facts.get(`activity.${score}`);
    return typeof value === 'number' ? value : null;
  };
  const scores = {
    capacity: scoreOf('capacity'),
    opportunity: scoreOf('opportunity'),
    relatedness: scoreOf('relatedness'),
  };
  const parameters = deps.catalog.activityParameters();
  const titles = activity.linkedProjects.map(({ title }) => title);
  const massOf = (states: readonly PartState[]): CriticalMass =>
    criticalMass(
      members.filter(({ state }) => states.includes(state)),
      parameters.criticalMass,
    );
  return {
    activity: { ...activity },
    cycle: cycleView(cycle),
    regions: regions.flatMap(({ nuts, name, country }) => {
      const state = members.find(({ region }) => region === nuts)?.state;
      const at = since.get(nuts);
      if (state === undefined || at === undefined) return [];
      return [{ region: nuts, labels: name, country, state, since: at }];
    }),
    scores,
    rating: rateActivity({ ...scores, linkedProjects: titles }, parameters.rating),
    mass: { asked: massOf(['proposed', 'confirmed']), confirmed: massOf(['confirmed']) },
  };
}
