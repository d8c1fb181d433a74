import {
  CALL_OWNER,
  constraintName,
  type CallConstraints,
  type Leeway,
  type RegionConstraints,
} from './alignment-constraints.js';

/** The words for what a constraint is about. */
export type ConstraintKind =
  | 'notice-days'
  | 'open-days'
  | 'local-lead'
  | 'decision-days'
  | 'start-gap'
  | 'start-day'
  | 'evaluation-days'
  | 'earliest-day'
  | 'last-day'
  | 'working-days'
  | 'blackout'
  | 'meetings'
  | 'budget-years';

/** One constraint by its name: what is given as the reason for a bound or for the lack of a date. */
export interface ConstraintRef {
  /** `AT31/blackout/summer`; those of no region begin with `call`. */
  readonly name: string;
  /** NUTS code; null for the call's own. */
  readonly region: string | null;
  readonly kind: ConstraintKind;
}

/** A constraint that may give way. */
export interface MovableConstraint extends ConstraintRef {
  readonly leeway: Leeway;
  /** Whether its days may become fewer or earlier (-1), more or later (1). */
  readonly directions: readonly (-1 | 1)[];
}

type Entry = readonly [name: string, kind: ConstraintKind, leeway: Leeway | null, ...directions: (-1 | 1)[]];

/** All constraints that can be a reason; a region's meetings together, as its budget years. By name. */
export function listConstraints(call: CallConstraints): ConstraintRef[] {
  const blackouts = (
    owner: string,
    named: readonly { readonly name: string }[],
  ): [string, ConstraintKind][] =>
    named.map(({ name }) => [constraintName(owner, 'blackout', name), 'blackout']);
  const own = [
    ...callEntries(call).filter(([, kind]) => kind !== 'earliest-day' && kind !== 'last-day'),
    ...blackouts(CALL_OWNER, call.secretariat.blackouts),
    [constraintName(CALL_OWNER, 'start-day'), 'start-day'],
    [constraintName(CALL_OWNER, 'working-days'), 'working-days'],
  ] as const;
  const regional = call.regions.flatMap((region) => {
    const entries = [
      ...lengthEntries(region),
      ...blackouts(region.region, region.blackouts),
      [constraintName(region.region, 'working-days'), 'working-days'],
      ...(region.meetings === null
        ? []
        : ([[constraintName(region.region, 'meetings'), 'meetings']] as const)),
      ...(region.budgetYears === null
        ? []
        : ([[constraintName(region.region, 'budget-years'), 'budget-years']] as const)),
    ] as const;
    return entries.map(([name, kind]) => ({ name, region: region.region, kind }));
  });
  return [...own.map(([name, kind]) => ({ name, region: null, kind })), ...regional].toSorted(byName);
}

/** All constraints that may give way, each meeting and each end of a budget year by itself. By name. */
export function listMovable(call: CallConstraints): MovableConstraint[] {
  const own: Entry[] = [
    ...callEntries(call),
    ...call.secretariat.blackouts.map(({ name, leeway }): Entry => [
      constraintName(CALL_OWNER, 'blackout', name),
      'blackout',
      leeway,
      -1,
      1,
    ]),
  ];
  return [
    ...own.flatMap((entry) => toMovable(null, entry)),
    ...call.regions.flatMap((region) =>
      [...lengthEntries(region), ...dayEntries(region)].flatMap((entry) => toMovable(region.region, entry)),
    ),
  ].toSorted(byName);
}

function callEntries({ ruleLeeways, ...call }: CallConstraints): Entry[] {
  return [
    [constraintName(CALL_OWNER, 'notice-days'), 'notice-days', ruleLeeways.noticeDays ?? null, -1],
    [constraintName(CALL_OWNER, 'open-days'), 'open-days', ruleLeeways.openDays ?? null, -1],
    [constraintName(CALL_OWNER, 'local-lead'), 'local-lead', ruleLeeways.localLeadDays ?? null, 1],
    [constraintName(CALL_OWNER, 'decision-days'), 'decision-days', ruleLeeways.decisionDays ?? null, 1],
    [constraintName(CALL_OWNER, 'start-gap'), 'start-gap', ruleLeeways.startGapDays ?? null, -1],
    [constraintName(CALL_OWNER, 'evaluation-days'), 'evaluation-days', call.evaluationDays.leeway, -1],
    [constraintName(CALL_OWNER, 'earliest-day'), 'earliest-day', call.earliestDay.leeway, -1],
    [constraintName(CALL_OWNER, 'last-day'), 'last-day', call.lastDay.leeway, 1],
  ];
}

function lengthEntries({
  region,
  noticeDays,
  openDays,
  localLead,
  decisionDays,
}: RegionConstraints): Entry[] {
  return [
    [constraintName(region, 'notice-days'), 'notice-days', noticeDays.leeway, -1],
    [constraintName(region, 'open-days'), 'open-days', openDays.leeway, -1],
    [constraintName(region, 'local-lead', 'least'), 'local-lead', localLead.least.leeway, -1],
    [constraintName(region, 'local-lead', 'most'), 'local-lead', localLead.most.leeway, 1],
    ...(decisionDays === null
      ? []
      : ([[constraintName(region, 'decision-days'), 'decision-days', decisionDays.leeway, 1]] as const)),
  ];
}

function dayEntries({ region, blackouts, meetings, budgetYears }: RegionConstraints): Entry[] {
  return [
    ...blackouts.map(({ name, leeway }): Entry => [
      constraintName(region, 'blackout', name),
      'blackout',
      leeway,
      -1,
      1,
    ]),
    ...(meetings ?? []).map(({ on, leeway }): Entry => [
      constraintName(region, 'meeting', on),
      'meetings',
      leeway,
      -1,
      1,
    ]),
    ...(budgetYears ?? []).flatMap(({ name, leeway }): Entry[] => [
      [constraintName(region, 'budget-year', name, 'from'), 'budget-years', leeway, -1],
      [constraintName(region, 'budget-year', name, 'to'), 'budget-years', leeway, 1],
    ]),
  ];
}

function toMovable(region: string | null, entry: Entry): MovableConstraint[] {
  const [name, kind, leeway, ...directions] = entry;
  return leeway === null ? [] : [{ name, region, kind, leeway, directions }];
}

/** By code units, so that the order is the same on every machine. */
function byName({ name: one }: ConstraintRef, { name: other }: ConstraintRef): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
