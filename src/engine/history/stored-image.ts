import type { CycleImage } from '../../core/history/cycle-image.js';
import type { RowImage } from '../../core/history/row-change.js';
import { cycleImage, type CycleRow } from '../../store/cycle-store.js';
import { listFacts } from '../../store/fact-store.js';
import { listMilestones } from '../../store/milestone-store.js';
import { listCycleTasks, taskImage } from '../../store/task-store.js';
import { isJournaledTimer, listTimers, timerImage } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { listWaivers } from '../../store/waiver-store.js';

/** The state of a cycle as its rows say, in the form in which the journal rebuilds it. */
export async function storedImage(tx: Tx, cycle: CycleRow): Promise<CycleImage> {
  const { id } = cycle;
  const by = <Row>(rows: readonly Row[], key: (row: Row) => string, image: (row: Row) => RowImage) =>
    new Map(rows.map((row) => [key(row), image(row)]));
  return {
    cycles: new Map([[id, cycleImage(cycle)]]),
    tasks: by(await listCycleTasks(tx, id), (task) => task.id, taskImage),
    facts: by(
      await listFacts(tx, id),
      ({ fact }) => fact,
      (fact) => ({ ...fact }),
    ),
    milestones: by(
      await listMilestones(tx, id),
      ({ cycleNumber, milestone }) => `${cycleNumber}/${milestone}`,
      ({ cycleId, cycleNumber, milestone, reachedAt }) => ({ cycleId, cycleNumber, milestone, reachedAt }),
    ),
    waivers: by(
      await listWaivers(tx, id),
      (waiver) => waiver.id,
      ({ cycleNumber, rule, reason, grantedBy, secondedBy, endsOn, grantedAt, ...waiver }) => ({
        id: waiver.id,
        cycleId: id,
        cycleNumber,
        rule,
        reason,
        grantedBy,
        secondedBy,
        endsOn,
        grantedAt,
      }),
    ),
    timers: by((await listTimers(tx, id)).filter(isJournaledTimer), (timer) => timer.id, timerImage),
  };
}
