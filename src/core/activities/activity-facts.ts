import type { FactScalar } from '../facts/fact-value.js';
import type { MassRegion } from './critical-mass.js';

/** Asked to take part, has said yes, or takes part no more. */
export const PART_STATES = ['proposed', 'confirmed', 'left'] as const;

export type PartState = (typeof PART_STATES)[number];

/** A region and its part in an activity. */
export interface ActivityMember extends MassRegion {
  readonly state: PartState;
}

/** What of an activity's record its gates ask for. */
export interface ActivityRecord {
  readonly linkedProjects: readonly unknown[];
  readonly driver: unknown;
  readonly members: readonly ActivityMember[];
}

/**
 * The facts that follow from an activity's record; null: not known. Who has left counts nowhere. Whether all are
 * advanced is not known without any region, and as long as the class of one is open and none is known not to be.
 */
export function activityFacts({
  linkedProjects,
  driver,
  members,
}: ActivityRecord): ReadonlyMap<string, FactScalar | null> {
  const present = members.filter(({ state }) => state !== 'left');
  const confirmed = members.filter(({ state }) => state === 'confirmed');
  return new Map<string, FactScalar | null>([
    ['activity.linked_projects', linkedProjects.length],
    ['activity.driver_named', driver !== null],
    ['activity.regions', present.length],
    ['activity.countries', countriesOf(present)],
    ['activity.all_advanced', areAllAdvanced(present)],
    ['activity.regions_confirmed', confirmed.length],
    ['activity.countries_confirmed', countriesOf(confirmed)],
    ['activity.confirmed_all_advanced', areAllAdvanced(confirmed)],
  ]);
}

function countriesOf(members: readonly MassRegion[]): number {
  return new Set(members.map(({ country }) => country)).size;
}

function areAllAdvanced(members: readonly MassRegion[]): boolean | null {
  const classes = members.map((member) => member.class);
  if (classes.some((one) => one !== null && one !== 'advanced')) return false;
  return classes.length === 0 || classes.includes(null) ? null : true;
}
