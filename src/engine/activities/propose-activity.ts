import { themeLabels } from '../../core/activities/activity-parameters.js';
import type { TransformativeActivity } from '../../core/activities/transformative-activity.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Labels } from '../../core/terms/language.js';
import { addActivity, findActivity, lockActivities, type LinkedProject } from '../../store/activity-store.js';
import { findScheme, listRegions, type RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { countingRulebook } from '../cycles/counting-rulebook.js';
import { draftCycle, enterFirstStage } from '../cycles/draft-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { activityView, type ActivityView } from './activity-view.js';
import { askRegion } from './ask-region.js';
import { themedRegions } from './mass-regions.js';
import { noteChange } from './note-change.js';
import { putActivityFacts } from './put-activity-facts.js';

/** The machine of an activity, and the rules of its gates. */
export const ACTIVITY_WORKFLOW = 'transformative-activity';

/** A proposal, by hand or from a candidate. */
export interface ActivityProposal {
  readonly scheme: string;
  readonly key: string;
  readonly theme: string;
  /** Null: what the theme is called. */
  readonly name: Labels | null;
  /** NUTS codes; null: those that the candidate of this theme has. */
  readonly regions: readonly string[] | null;
  /** NUTS code; null: the first of them in the order of the scheme. */
  readonly lead: string | null;
  readonly linkedProjects: readonly LinkedProject[];
  readonly driver: TransformativeActivity['driver'];
  readonly note: string | null;
}

/**
 * Draws up an activity as a candidate, and asks its regions to take part. Where its interest comes from is read from
 * the strategies of its regions.
 *
 * @throws DomainError `auth.role-forbidden`, `scheme.not-found`, `activity.exists`; `region.not-found` for a region
 *   that the scheme does not have or that has withdrawn; `activity.invalid` for one without a region, or led or driven
 *   from outside of its regions
 */
export async function proposeActivity(
  deps: EngineDeps,
  command: CommandContext & ActivityProposal,
): Promise<ActivityView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { scheme, key, theme, actor } = command;
    if ((await findScheme(tx, scheme)) === null) throw new DomainError('scheme.not-found', { scheme });
    await lockActivities(tx, scheme);
    if ((await findActivity(tx, scheme, key)) !== null) throw new DomainError('activity.exists', { key });

    const { regions, lead, origins } = await partsOf(tx, command);
    const workflow = deps.catalog.latestWorkflow(ACTIVITY_WORKFLOW);
    const rulebook = await countingRulebook(deps, tx, workflow, { lead, now });
    const plan = { scheme, region: lead.nuts, workflow, rulebook, actor, now };
    const cycle = await draftCycle(deps, tx, plan);
    await tx.flush();
    const activity = addActivity(tx, {
      scheme,
      key,
      cycleId: cycle.id,
      name: command.name ?? themeLabels(deps.catalog.activityParameters(), theme),
      theme,
      linkedProjects: command.linkedProjects,
      driver: command.driver,
      origins,
      proposedAt: now,
      changedAt: now,
    });
    await tx.flush();
    const work = { activity, actor, picture: await takePicture(deps, tx, cycle, now) };
    const { linkedProjects, driver, note } = command;
    const after = { theme, regions, lead: lead.nuts, linkedProjects, driver };
    await noteChange(tx, work, { change: 'proposed', before: null, after, note });
    for (const region of regions) await askRegion(deps, tx, work, { region, before: null, note });
    await enterFirstStage(deps, tx, plan, cycle);
    await putActivityFacts(deps, tx, work.picture, activity);
    return activityView(deps, tx, activity);
  });
}

/** Who takes part, who leads, and where the interest of each comes from. */
async function partsOf(
  tx: Tx,
  { scheme, theme, regions: asked, lead, driver }: ActivityProposal,
): Promise<{
  readonly regions: readonly string[];
  readonly lead: RegionRow;
  readonly origins: TransformativeActivity['origins'];
}> {
  const themed = await themedRegions(tx, scheme);
  const carriers = themed.filter(({ origins }) => origins.some(({ themes }) => themes.includes(theme)));
  const named = asked ?? carriers.map(({ region }) => region);
  const unknown = named.find((nuts) => !themed.some(({ region }) => region === nuts));
  if (unknown !== undefined)
    throw new DomainError('region.not-found', { pointer: '/regions', region: unknown });
  // The order of the scheme, whatever order they were named in.
  const regions = themed.map(({ region }) => region).filter((nuts) => named.includes(nuts));
  const [first] = regions;
  if (first === undefined) {
    throw new DomainError('activity.invalid', {
      pointer: '/regions',
      reason: 'No region turns to this theme.',
    });
  }
  const leading = (await listRegions(tx, scheme)).find(({ nuts }) => nuts === (lead ?? first));
  if (leading === undefined || !regions.includes(leading.nuts)) {
    throw new DomainError('activity.invalid', {
      pointer: '/lead',
      reason: 'The region that leads takes part.',
    });
  }
  requireDriverWithin(driver, regions);
  const origins = themed
    .filter(({ region }) => regions.includes(region))
    .flatMap(({ region, origins: own }) =>
      own.filter(({ themes }) => themes.includes(theme)).map((origin) => ({ region, origin })),
    );
  return { regions, lead: leading, origins };
}

/** @throws DomainError `activity.invalid` */
export function requireDriverWithin(
  driver: TransformativeActivity['driver'],
  regions: readonly string[],
): void {
  if (driver === null || regions.includes(driver.region)) return;
  const reason = 'The driver cluster is of a region that takes part.';
  throw new DomainError('activity.invalid', { pointer: '/driver/region', reason });
}
