import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkFactEntries } from '../facts/check-fact-entries.js';
import { putEntries } from '../facts/put-entries.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { activityForChange } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';
import { noteChange } from './note-change.js';

/** The scores, each from 1 to 5; absent: it stays; null: it is taken back. */
export interface ActivityScores {
  readonly capacity?: number | null | undefined;
  readonly opportunity?: number | null | undefined;
  readonly relatedness?: number | null | undefined;
}

/**
 * Records the scores of an activity as facts of its cycle.
 *
 * @throws DomainError `activity.not-found`, `cycle.ended`, `version.stale`, `auth.role-forbidden`; `fact.wrong-type`
 *   or `fact.out-of-range` for a score that is none
 */
export async function scoreActivity(
  deps: EngineDeps,
  command: CommandContext & ActivityRef & { readonly scores: ActivityScores; readonly note: string | null },
): Promise<ActivityView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { actor, scores, note } = command;
    const work = await activityForChange(deps, tx, now, command);
    const { activity, picture } = work;
    const given = Object.entries(scores).filter(([, value]) => value !== undefined);
    const before = new Map(picture.known.map(({ fact, value }) => [fact, value]));
    const entries = checkFactEntries(
      given.map(([score, value]) => {
        return { fact: `activity.${score}`, value, precision: null, observedOn: null, evidence: null, note };
      }),
      { catalogue: picture.rulebook.catalogue, actor, today: picture.today, base: '' },
    );
    await noteChange(tx, work, {
      change: 'rated',
      before: Object.fromEntries(given.map(([score]) => [score, before.get(`activity.${score}`) ?? null])),
      after: Object.fromEntries(given),
      note,
    });
    await putEntries(deps, tx, actor, { picture, entries });
    return activityView(deps, tx, activity);
  });
}
