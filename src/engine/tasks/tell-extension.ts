import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Actor } from '../../core/terms/actor.js';
import { accountRoleFor } from '../../core/terms/role.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace } from './acting-place.js';

/** What has become of a wish for more time. */
export interface ExtensionNews {
  /** With the due day as it is now. */
  readonly task: TaskRow;
  readonly actor: Actor;
  readonly change: 'requested' | 'granted' | 'refused';
  readonly until: CalendarDate;
  readonly note: string | null;
}

/** Tells the coordinator of a wish; of the decision both sides, whoever has the task in hand among them. */
export async function tellExtension(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  news: ExtensionNews,
): Promise<void> {
  const { task, actor, change, until, note } = news;
  const owner = change === 'requested' ? null : accountRoleFor(task.owner);
  const people =
    change === 'requested' ? [] : [task.extension?.requestedBy, task.assignee].filter((id) => id != null);
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: task.scheme,
      region: task.actingRegion,
      cycleId: task.cycleId,
      audience: [...new Set(['coordinator' as const, ...(owner === null ? [] : [owner])])],
      ...(people.length === 0 ? {} : { people: [...new Set(people)] }),
      template: `task.extension-${change}`,
      params: {
        region: actingPlace(picture, task.actingRegion).region.name,
        task: task.labels,
        dueOn: { date: task.dueOn ?? until },
        until: { date: until },
        by: actor.name,
        note: note ?? '',
      },
    },
    picture.now,
  );
}
