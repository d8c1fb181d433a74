import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { SchemeDefinition } from '../../core/sync/scheme-definition.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { addScheme, findScheme, lockSchemes } from '../../store/scheme-store.js';
import { putSyncTemplates } from '../../store/sync-template-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { draftCycle, enterFirstStage } from '../cycles/draft-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import { placePoint } from '../sync/place-point.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { profileOf } from './region-profile.js';

/**
 * Opens a scheme with its regions and sync points, and each region's first cycle: drawn up as a draft and, as
 * the entry to agenda setting needs only the coordinator's decision, opened in the same transaction.
 *
 * @throws DomainError `scheme.exists`; `definition.not-found` for a workflow or rulebook that is not in the
 *   catalog; `sync-point.invalid` for a milestone that the workflow does not have; `auth.role-forbidden`
 */
export async function openScheme(
  deps: EngineDeps,
  command: CommandContext & { readonly scheme: SchemeDefinition },
): Promise<{
  readonly scheme: string;
  readonly cycles: readonly { readonly id: string; readonly region: string }[];
}> {
  requireRole(command.actor, ['administrator', 'system']);
  const { scheme, actor } = command;
  return runCommand(deps, command, async (tx, now) => {
    await lockSchemes(tx);
    if ((await findScheme(tx, scheme.id)) !== null)
      throw new DomainError('scheme.exists', { scheme: scheme.id });
    const workflow = deps.catalog.workflow(scheme.workflow);
    const rulebook = await rulebookOf(deps, tx, scheme.rulebook);
    storeScheme(tx, scheme, now);
    await tx.flush();
    await placeAll(deps, tx, { scheme, workflow, now });

    const cycles = [];
    for (const region of scheme.regions) {
      const plan = { scheme: scheme.id, region: region.nuts, workflow, rulebook, actor, now };
      const cycle = await draftCycle(deps, tx, plan);
      cycles.push({ id: cycle.id, region: region.nuts });
      await enterFirstStage(deps, tx, plan, cycle);
    }
    return { scheme: scheme.id, cycles };
  });
}

function storeScheme(tx: Tx, scheme: SchemeDefinition, now: Instant): void {
  addScheme(
    tx,
    {
      id: scheme.id,
      name: scheme.name,
      // The schema has judged both as days that exist.
      startsOn: scheme.startsOn as CalendarDate,
      endsOn: scheme.endsOn as CalendarDate,
      workflowId: scheme.workflow.id,
      workflowVersion: scheme.workflow.version,
      rulebookId: scheme.rulebook.id,
      rulebookVersion: scheme.rulebook.version,
      openedAt: now,
    },
    scheme.regions.map((region, position) => ({
      scheme: scheme.id,
      nuts: region.nuts,
      position,
      name: region.labels,
      country: region.country,
      language: region.language,
      zone: region.zone,
      calendar: region.calendar,
      class: region.class,
      neighbours: region.neighbours,
      profile: profileOf(region),
    })),
  );
}

/** The scheme's own sync points, and what every activity and call gets. */
async function placeAll(
  deps: EngineDeps,
  tx: Tx,
  {
    scheme,
    workflow,
    now,
  }: { readonly scheme: SchemeDefinition; readonly workflow: Workflow; readonly now: Instant },
): Promise<void> {
  await putSyncTemplates(tx, scheme.id, scheme.syncPointTemplates);
  for (const { source: _source, ...definition } of scheme.syncPoints) {
    if (!workflow.milestones.has(definition.milestone)) {
      const { id, milestone } = definition;
      const reason = `there is no milestone ${milestone}`;
      throw new DomainError('sync-point.invalid', { reason, syncPoint: id, milestone });
    }
    await placePoint(deps, tx, { scheme: scheme.id, definition, scope: null, template: null, now });
  }
}
