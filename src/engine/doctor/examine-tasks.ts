import { makeFinding, type Finding } from '../../core/proof/finding.js';
import { hasCandidate, type LivingPeople } from '../../core/proof/living-people.js';
import { accountRoleFor } from '../../core/terms/role.js';
import type { TaskGroup } from '../../store/health-store.js';
import { findOrphanedTasks, ORPHANS_MAX } from '../../store/orphaned-task-store.js';
import type { Part, Round } from './examination.js';

/** Tasks that nobody living could take, by the account that is missing: of a region's authority, or of a role. */
export type UnattendedTasks = Map<string, readonly TaskGroup[]>;

/** Adds a group if nobody lives whom it is meant for. Parked tasks wait for their cycle, not for a person. */
export function noteUnattended(unattended: UnattendedTasks, people: LivingPeople, group: TaskGroup): void {
  if (group.assignee !== null || group.status === 'parked' || hasCandidate(people, group)) return;
  const roles = new Set(group.candidateRoles.map(accountRoleFor));
  // That there is no coordinator is a finding of its own.
  if (roles.size === 1 && roles.has('coordinator')) return;
  const key = roles.has('authority') ? `${group.actingRegion}/authority` : [...roles].join('+');
  unattended.set(key, [...(unattended.get(key) ?? []), group]);
}

/** One finding for each account that is missing, however many tasks wait. */
export function nobodyFindings(unattended: UnattendedTasks): readonly Finding[] {
  return [...unattended].map(([subject, groups]) => {
    const cycles = new Set(groups.map(({ cycleId }) => cycleId));
    const [first] = groups;
    return makeFinding('task.nobody', {
      subject,
      cycleId: cycles.size === 1 ? (first?.cycleId ?? null) : null,
      details: {
        region: subject.endsWith('/authority') ? first?.actingRegion : null,
        roles: [...new Set(groups.flatMap(({ candidateRoles }) => candidateRoles))].toSorted(),
        tasks: groups.reduce((sum, { tasks }) => sum + tasks, 0),
        first: first?.first,
      },
    });
  });
}

/** Tasks whose assignee is gone: nobody else can take them. */
export async function examineAssignees({ tx }: Round): Promise<Part> {
  const orphans = await findOrphanedTasks(tx);
  const findings = orphans.map(({ id, cycleId, region, reference, assignee }) =>
    makeFinding('task.assignee-gone', {
      subject: id,
      cycleId,
      details: { task: id, region, reference, assignee },
    }),
  );
  return { findings, checked: {}, cut: orphans.length < ORPHANS_MAX ? [] : ['task.assignee-gone'] };
}
