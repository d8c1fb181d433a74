import { EMPTY_CALL_FRAME } from '../../core/calls/call-frame.js';
import type { PotKind } from '../../core/calls/commitments.js';
import type { ScoringRules } from '../../core/calls/evaluation.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findActivity } from '../../store/activity-store.js';
import { addCall, findCall, lockCalls, type CallRow } from '../../store/call-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { findScheme, listRegions, type RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { withdrawnRegions } from '../activities/mass-regions.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { countingRulebook } from '../cycles/counting-rulebook.js';
import { draftCycle, enterFirstStage } from '../cycles/draft-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { placeSyncPoints } from '../sync/place-sync-points.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callView, type CallView } from './call-view.js';
import { checkZone, invalid } from './check-call.js';
import { enterPart } from './enter-part.js';
import { settlePackage } from './settle-package.js';

/** The machine of a call, and the rules of its gates. */
export const CALL_WORKFLOW = 'joint-call';

/** Three criteria that count alike, from 0 to 5, as in an ERA-NET Cofund; no threshold. */
export const SCORING_DEFAULT: ScoringRules = {
  scale: { least: 0, most: 5 },
  weights: { excellence: 1, impact: 1, implementation: 1 },
  thresholds: { criteria: null, total: null },
};

export interface CallProposal {
  readonly scheme: string;
  readonly key: string;
  readonly title: string;
  readonly theme: string;
  /** Keys of transformative activities of the scheme. */
  readonly activities: readonly string[];
  /** NUTS codes. */
  readonly regions: readonly string[];
  readonly pot: PotKind;
  /** NUTS code; null: the first of the regions in the order of the scheme. */
  readonly lead: string | null;
  /** IANA name; null: that of the region that leads. */
  readonly zone: string | null;
  readonly note: string | null;
}

/**
 * Proposes a call: its cycle begins, its regions get a part of their own to fill in, and its sync points wait for them.
 *
 * @throws DomainError `auth.role-forbidden`, `scheme.not-found`, `call.exists`; `region.not-found` for a region that the
 *   scheme does not have or that has withdrawn; `activity.not-found`; `call.invalid` for one without a region, led from
 *   outside of its regions, or a zone that does not exist
 */
export async function proposeCall(
  deps: EngineDeps,
  command: CommandContext & CallProposal,
): Promise<CallView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { scheme, key, actor } = command;
    if ((await findScheme(tx, scheme)) === null) throw new DomainError('scheme.not-found', { scheme });
    await lockCalls(tx, scheme);
    if ((await findCall(tx, scheme, key)) !== null) throw new DomainError('call.exists', { key });
    await checkActivities(tx, command);
    const { regions, lead } = await regionsFor(tx, command);
    const workflow = deps.catalog.latestWorkflow(CALL_WORKFLOW);
    const rulebook = await countingRulebook(deps, tx, workflow, { lead, now });
    const plan = { scheme, region: lead.nuts, workflow, rulebook, actor, now };
    const cycle = await draftCycle(deps, tx, plan);
    await tx.flush();
    const call = await storeCall(tx, command, { cycle, lead, now });

    const members = regions.map(({ nuts }) => nuts);
    await placeSyncPoints(deps, tx, { scheme, scope: 'call', key, members, now });
    const entered = await takePicture(deps, tx, cycle, now);
    const work = { call, actor, parts: [], picture: entered };
    const joined = [];
    for (const region of regions)
      joined.push(await enterPart(deps, tx, work, { region, note: command.note }));
    await enterFirstStage(deps, tx, plan, cycle);
    const { title, theme, activities, pot, note } = command;
    const after = { title, theme, activities, pot, regions: members, lead: lead.nuts };
    const picture = await takePicture(deps, tx, cycle, now);
    await settlePackage(deps, tx, { ...work, picture }, [
      { change: 'proposed', before: null, after, note },
      ...joined,
    ]);
    return callView(deps, tx, call);
  });
}

async function storeCall(
  tx: Tx,
  { scheme, key, title, theme, activities, pot, zone, actor }: CommandContext & CallProposal,
  { cycle, lead, now }: { readonly cycle: CycleRow; readonly lead: RegionRow; readonly now: Instant },
): Promise<CallRow> {
  if (zone !== null) checkZone(zone, '/zone');
  const call = addCall(tx, {
    scheme,
    key,
    cycleId: cycle.id,
    title,
    theme,
    activities: [...activities],
    lead: lead.nuts,
    pot,
    zone: zone ?? lead.zone,
    textFinalOn: null,
    opensOn: null,
    opensTime: null,
    opensAt: null,
    closesOn: null,
    closesTime: null,
    closesAt: null,
    rankingOn: null,
    startOn: null,
    scoring: SCORING_DEFAULT,
    funding: 'skip',
    eligibility: [],
    rates: [],
    frame: EMPTY_CALL_FRAME,
    proposedBy: actor.id,
    proposedAt: now,
    changedAt: now,
  });
  await tx.flush();
  return call;
}

async function checkActivities(tx: Tx, { scheme, activities }: CallProposal): Promise<void> {
  for (const [index, key] of activities.entries()) {
    if ((await findActivity(tx, scheme, key)) === null) {
      throw new DomainError('activity.not-found', { pointer: `/activities/${index}`, scheme, key });
    }
  }
}

/** Who takes part, in the order of the scheme, and who leads. */
async function regionsFor(
  tx: Tx,
  { scheme, regions: named, lead }: CallProposal,
): Promise<{ readonly regions: readonly RegionRow[]; readonly lead: RegionRow }> {
  const known = await listRegions(tx, scheme);
  const gone = await withdrawnRegions(tx, scheme);
  const unknown = named.findIndex((nuts) => gone.has(nuts) || !known.some((one) => one.nuts === nuts));
  if (unknown >= 0) {
    throw new DomainError('region.not-found', { pointer: `/regions/${unknown}`, region: named[unknown] });
  }
  const regions = known.filter(({ nuts }) => named.includes(nuts));
  const [first] = regions;
  if (first === undefined) throw invalid('/regions', 'A call has at least one region.');
  const leading = regions.find(({ nuts }) => nuts === (lead ?? first.nuts));
  if (leading === undefined) throw invalid('/lead', 'The region that leads takes part.');
  return { regions, lead: leading };
}
