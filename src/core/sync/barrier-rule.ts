import { z } from 'zod';

/** NUTS code of a member region: country and one to three further characters (Regulation (EC) 1059/2003). */
export const nutsSchema = z.string().regex(/^[A-Z]{2}[A-Z0-9]{1,3}$/);

/** Most members, weight, groups that a rule may ask for, and most rules that one may be put together from. */
const COUNT_MAX = 10_000;
const WEIGHT_MAX = 1_000_000;
const LISTED_GROUPS_MAX = 50;
const RULES_MAX = 10;

const countSchema = z.int().positive().max(COUNT_MAX);

/** Everybody who counts. */
const allSchema = z.strictObject({ kind: z.literal('all') });

/** So many, whoever they are; with fewer than that left, all of them. */
const someSchema = z.strictObject({ kind: z.literal('k-of-n'), k: z.int().positive() });

/** So many per cent of those that count, rounded up to whole members. */
const shareSchema = z.strictObject({ kind: z.literal('share'), percent: z.int().min(1).max(100) });

/** So much weight among those that have arrived, whoever has left. */
const weightsSchema = z.strictObject({
  kind: z.literal('weights'),
  weights: z.record(nutsSchema, z.int().min(0).max(WEIGHT_MAX)),
  /** Of members that are not named. */
  otherwise: z.int().min(0).max(WEIGHT_MAX),
  needed: z.int().positive(),
});

/**
 * So many groups of which so many have arrived; `every`: every group of which a member counts, and of one with fewer
 * members than asked for all of them. A member that is in no group is asked for by no group.
 */
const groupsSchema = z.strictObject({
  kind: z.literal('groups'),
  by: z.union([
    z.enum(['country', 'class']),
    z.strictObject({ listed: z.record(z.string().min(1).max(40), z.array(nutsSchema).min(1)) }).refine(
      ({ listed }) => {
        const named = Object.values(listed).flat();
        return (
          named.length > 0 &&
          Object.keys(listed).length <= LISTED_GROUPS_MAX &&
          new Set(named).size === named.length
        );
      },
      { params: { code: 'sync-point.groups-overlap' }, error: 'each region is in one group at most' },
    ),
  ]),
  perGroup: countSchema,
  groups: z.union([z.literal('every'), countSchema]),
});

/** Enough regions of enough countries have arrived, and more of them where all are advanced (rule R14). */
const criticalMassSchema = z.strictObject({
  kind: z.literal('critical-mass'),
  regionsMin: countSchema,
  countriesMin: countSchema,
  regionsMoreIfAllAdvanced: z.int().min(0).max(COUNT_MAX),
});

/** So many have arrived of whose facts the condition is true; `all`: everybody who counts. Unknown is not true. */
const predicateSchema = z.strictObject({
  kind: z.literal('predicate'),
  /** As in a rulebook, without parameters; over the facts of the member's cycle. */
  condition: z.record(z.string(), z.unknown()),
  needed: z.union([z.literal('all'), countSchema]),
});

const leafSchemas = [
  allSchema,
  someSchema,
  shareSchema,
  weightsSchema,
  groupsSchema,
  criticalMassSchema,
  predicateSchema,
] as const;

const leafSchema = z.discriminatedUnion('kind', leafSchemas);

const combinedShape = <Kind extends 'every' | 'any', Of extends z.ZodType>(kind: Kind, of: Of) =>
  z.strictObject({ kind: z.literal(kind), of: z.array(of).min(1).max(RULES_MAX) });

const innerSchema = z.discriminatedUnion('kind', [
  ...leafSchemas,
  combinedShape('every', leafSchema),
  combinedShape('any', leafSchema),
]);

/** When enough have arrived: one rule, or several of which every one or any one has to hold, two levels deep. */
export const barrierRuleSchema = z.discriminatedUnion('kind', [
  ...leafSchemas,
  combinedShape('every', innerSchema),
  combinedShape('any', innerSchema),
]);

export type BarrierRule = Readonly<z.infer<typeof barrierRuleSchema>>;
export type LeafRule = Readonly<z.infer<typeof leafSchema>>;
export type PredicateRule = Extract<LeafRule, { readonly kind: 'predicate' }>;

/** The rules that one is put together from, in the order of the text. */
export function leavesOf(rule: BarrierRule): readonly LeafRule[] {
  return rule.kind === 'every' || rule.kind === 'any' ? rule.of.flatMap(leavesOf) : [rule];
}

/** The condition of each predicate of a rule, in the order of the text. */
export function conditionsOf(rule: BarrierRule): readonly PredicateRule['condition'][] {
  return leavesOf(rule).flatMap((leaf) => (leaf.kind === 'predicate' ? [leaf.condition] : []));
}
