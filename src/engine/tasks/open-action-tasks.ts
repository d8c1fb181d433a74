import { addMonths } from '../../core/calendar/calendar-months.js';
import type { Verdict } from '../../core/gates/verdict.js';
import { listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { openTask } from './open-task.js';

/** Opens the dated actions of a conditional pass; one that is still open from before is not doubled. */
export async function openActionTasks(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  verdict: Verdict,
): Promise<void> {
  if (verdict.actions.length === 0) return;
  const open = new Set(
    (await listOpenTasks(tx, picture.cycle.id))
      .filter(({ kind }) => kind === 'conditional-action')
      .map(({ reference }) => reference),
  );
  for (const action of verdict.actions) {
    const rule = picture.rulebook.rules.get(action.rule);
    if (open.has(action.rule) || rule === undefined || rule.action === null) continue;
    await openTask(deps, tx, picture, {
      kind: 'conditional-action',
      reference: action.rule,
      stage: picture.cycle.stage,
      owner: action.owner,
      labels: rule.action.labels,
      evidence: null,
      facts: [],
      dueOn: addMonths(picture.today, action.dueWithinMonths),
    });
  }
}
