import * as fc from 'fast-check';
import type { BarrierRule } from '../../../src/core/sync/barrier-rule.js';
import type { PointTerms } from '../../../src/core/sync/point-state.js';
import { instantFromMs, type Instant } from '../../../src/core/terms/instant.js';

const START_MS = Date.UTC(2017, 0, 1);
const MINUTE_MS = 60_000;
export const MEMBERS_MAX = 9;

/** One member of the reference model: nothing but what it is now. */
export interface ModelMember {
  readonly region: string;
  readonly country: string;
  readonly class: string | null;
  state: 'waiting' | 'arrived' | 'resting' | 'left';
  since: Instant;
}

/** The instant of a step of a schedule, from 0. */
export function stepAt(step: number): Instant {
  return instantFromMs(START_MS + step * MINUTE_MS);
}

/** Regions that schedules are about, as the shipped scheme has them: the first are members, the others may join. */
const REGIONS = [
  ['DE1', 'DE', 'advanced'],
  ['DE2', 'DE', 'advanced'],
  ['AT31', 'AT', 'advanced'],
  ['AT32', 'AT', 'advanced'],
  ['CH022', 'CH', null],
  ['FRC2', 'FR', 'convergence'],
  ['ITC4', 'IT', 'advanced'],
  ['ITH3', 'IT', 'advanced'],
  ['SI0', 'SI', 'convergence'],
  ['ITC1', 'IT', 'advanced'],
  ['ITH2', 'IT', 'advanced'],
] as const;

export const MEMBERS: readonly ModelMember[] = REGIONS.map(([region, country, klass]) => ({
  region,
  country,
  class: klass,
  state: 'waiting',
  since: stepAt(0),
}));

const count = (max: number) => fc.integer({ min: 1, max });

const leaf: fc.Arbitrary<Exclude<BarrierRule, { readonly kind: 'every' | 'any' | 'predicate' }>> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  count(MEMBERS_MAX + 1).map((k) => ({ kind: 'k-of-n' as const, k })),
  count(100).map((percent) => ({ kind: 'share' as const, percent })),
  fc.record({
    kind: fc.constant('weights' as const),
    weights: fc.dictionary(fc.constantFrom(...REGIONS.map(([nuts]) => nuts)), fc.nat(5)),
    otherwise: fc.nat(2),
    needed: count(12),
  }),
  fc.record({
    kind: fc.constant('groups' as const),
    by: fc.constantFrom('country' as const, 'class' as const),
    perGroup: count(2),
    groups: fc.oneof(fc.constant('every' as const), count(4)),
  }),
  fc.record({
    kind: fc.constant('critical-mass' as const),
    regionsMin: count(4),
    countriesMin: count(3),
    regionsMoreIfAllAdvanced: fc.nat(2),
  }),
);

const inner = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('every' as const, 'any' as const),
      of: fc.array(leaf, { minLength: 1, maxLength: 3 }),
    }),
  },
);

/** A rule of every kind that needs no facts, put together two levels deep. */
export const rules: fc.Arbitrary<BarrierRule> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('every' as const, 'any' as const),
      of: fc.array(inner, { minLength: 1, maxLength: 3 }),
    }),
  },
);

export const terms: fc.Arbitrary<PointTerms> = fc
  .record({
    rule: rules,
    leaver: fc.constantFrom('shrink' as const, 'hold' as const),
    lateJoiner: fc.constantFrom('add' as const, 'refuse' as const),
    policy: fc.constantFrom('hold' as const, 'release' as const, 'escalate' as const, 'drop-late' as const),
  })
  .map((one) => (one.policy === 'drop-late' ? { ...one, leaver: 'shrink' as const } : one));

/** One thing that happens, and how its delivery goes: `crash`: rolled back, then delivered again; `twice`: repeated. */
export interface ScheduledStep {
  readonly type:
    | 'arrive'
    | 'arrive-earlier'
    | 'retreat'
    | 'leave'
    | 'rest'
    | 'resume'
    | 'resume-reached'
    | 'join'
    | 'deadline'
    | 'release'
    | 'cancel';
  readonly region: string;
  readonly delivery: 'once' | 'twice' | 'crash';
}

const regions = fc.constantFrom(...REGIONS.map(([nuts]) => nuts));

export const steps: fc.Arbitrary<ScheduledStep> = fc.record({
  type: fc.oneof(
    { weight: 8, arbitrary: fc.constant('arrive' as const) },
    { weight: 1, arbitrary: fc.constant('arrive-earlier' as const) },
    { weight: 1, arbitrary: fc.constant('retreat' as const) },
    { weight: 2, arbitrary: fc.constant('leave' as const) },
    { weight: 2, arbitrary: fc.constant('rest' as const) },
    { weight: 1, arbitrary: fc.constant('resume' as const) },
    { weight: 1, arbitrary: fc.constant('resume-reached' as const) },
    { weight: 2, arbitrary: fc.constant('join' as const) },
    { weight: 1, arbitrary: fc.constant('deadline' as const) },
    { weight: 1, arbitrary: fc.constantFrom('release' as const, 'cancel' as const) },
  ),
  region: regions,
  delivery: fc.oneof(
    { weight: 6, arbitrary: fc.constant('once' as const) },
    { weight: 1, arbitrary: fc.constant('twice' as const) },
    { weight: 1, arbitrary: fc.constant('crash' as const) },
  ),
});

export const schedules = fc.record({
  terms,
  members: fc.integer({ min: 1, max: MEMBERS_MAX }),
  steps: fc.array(steps, { minLength: 1, maxLength: 40 }),
});
