import type { MissingFact, Verdict } from '../../core/gates/verdict.js';
import { LANGUAGES, type Labels, type Language } from '../../core/terms/language.js';
import { accountRoleFor, type StakeholderRole } from '../../core/terms/role.js';
import { ROLE_LABELS } from '../../core/terms/role-labels.js';
import { changeTask, listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { openTask } from './open-task.js';

/**
 * A gate waits for facts: opens one task for each owner who can fill some of them, and tells them. A task that
 * is open for the same gate and owner is brought up to date instead, and its owner is not told again.
 */
export async function openFactTasks(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  verdict: Verdict,
): Promise<void> {
  const open = await listOpenTasks(tx, picture.cycle.id);
  for (const [owner, missing] of Map.groupBy(verdict.missing, (fact) => fact.owner)) {
    const role = accountRoleFor(owner);
    if (role === null) continue;
    const facts = missing.map(({ fact }) => fact);
    const labels = taskLabels(gateLabels(picture, verdict.gate), owner);
    const reference = `${verdict.gate}/${owner}`;
    const before = open.find((task) => task.kind === 'provide-facts' && task.reference === reference);
    if (before !== undefined) {
      await changeTask(tx, before, { facts });
      continue;
    }
    await openTask(deps, tx, picture, {
      kind: 'provide-facts',
      reference,
      stage: picture.cycle.stage,
      owner,
      labels,
      evidence: null,
      facts,
      dueOn: null,
    });
    await recordEffect(
      deps,
      tx,
      {
        type: 'notify',
        scheme: picture.cycle.scheme,
        region: picture.cycle.region,
        cycleId: picture.cycle.id,
        audience: [role],
        template: 'task.opened',
        params: {
          region: picture.region.name,
          task: labels,
          stage: picture.workflow.states.get(picture.cycle.stage)?.labels ?? picture.cycle.stage,
          count: facts.length,
          facts: factLabels(picture, missing),
        },
      },
      picture.now,
    );
  }
}

function gateLabels(picture: CyclePicture, gate: string): Labels {
  const labels = picture.rulebook.gates.get(gate)?.labels;
  if (labels !== undefined) return labels;
  return Object.fromEntries(LANGUAGES.map((language) => [language, gate])) as Record<Language, string>;
}

/** One gate may wait for several owners: their tasks are told apart by the role. */
function taskLabels(gate: Labels, owner: StakeholderRole): Labels {
  const entries = LANGUAGES.map((language) => [
    language,
    `${gate[language]} (${ROLE_LABELS[owner][language]})`,
  ]);
  return Object.fromEntries(entries) as Record<Language, string>;
}

function factLabels(picture: CyclePicture, missing: readonly MissingFact[]): (Labels | string)[] {
  return missing.map(({ fact }) => picture.rulebook.catalogue.get(fact)?.labels ?? fact);
}
