import type { StandingLapse } from '../../core/gates/standing-lapses.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { accountRoleFor, type StakeholderRole } from '../../core/terms/role.js';
import { changeTask, listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { endTask } from '../tasks/end-task.js';
import { openTask } from '../tasks/open-task.js';

const KIND = 'standing-rule';

/**
 * One task for each owner of a fact because of which a standing rule does not hold. One that is open is brought up to
 * date; one that was ended although the rule still does not hold is opened again.
 */
export async function openStandingTasks(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { rule, facts }: StandingLapse,
): Promise<void> {
  const ownerOf = (fact: string): StakeholderRole =>
    picture.rulebook.catalogue.get(fact)?.owner ?? 'coordinator';
  const open = await listOpenTasks(tx, picture.cycle.id);
  for (const [owner, owned] of Map.groupBy(facts, ownerOf)) {
    if (accountRoleFor(owner) === null) continue;
    const reference = `${rule.id}/${owner}`;
    const before = open.find((task) => task.kind === KIND && task.reference === reference);
    if (before !== undefined) {
      await changeTask(tx, before, { facts: owned });
      continue;
    }
    await openTask(deps, tx, picture, {
      kind: KIND,
      reference,
      stage: picture.cycle.stage,
      owner,
      labels: rule.labels,
      evidence: null,
      facts: owned,
      dueOn: null,
    });
  }
}

/** Ends the tasks of a standing rule that holds again or need not hold any more. */
export async function closeStandingTasks(tx: Tx, picture: CyclePicture, rule: string): Promise<void> {
  for (const task of await listOpenTasks(tx, picture.cycle.id)) {
    if (task.kind !== KIND || !task.reference.startsWith(`${rule}/`)) continue;
    await endTask(tx, {
      cycle: picture.cycle,
      task,
      actor: SYSTEM_ACTOR,
      at: picture.now,
      status: 'done',
      note: null,
    });
  }
}
