import { writeActivity, type ActivityChanges } from '../../store/activity-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { ActivityWork } from './activity-for-change.js';

/** What has changed of an activity, as its history keeps it; null on either side: it was not there. */
export interface ActivityChange {
  readonly change:
    | 'proposed'
    | 'changed'
    | 'rated'
    | 'region-asked'
    | 'region-confirmed'
    | 'region-left'
    | 'merged'
    | 'merged-into'
    | 'theme-locked';
  readonly before: unknown;
  readonly after: unknown;
  /** NUTS code; absent: it is about the activity as a whole. */
  readonly region?: string;
  /** Why; null: nobody said. */
  readonly note: string | null;
}

/** Writes a change of an activity's record and of its history, and raises its version. */
export async function noteChange(
  tx: Tx,
  { activity, picture, actor }: ActivityWork,
  entry: ActivityChange,
  changes: Omit<ActivityChanges, 'changedAt'> = {},
): Promise<void> {
  const { cycle, now } = picture;
  await writeActivity(tx, activity, { ...changes, changedAt: now });
  await appendLog(tx, cycle, {
    kind: 'activity',
    actor,
    at: now,
    details: { activity: activity.key, ...entry },
  });
}
