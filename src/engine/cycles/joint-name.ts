import type { NoticeParam } from '../../core/terms/effect.js';
import { findActivityOfCycle } from '../../store/activity-store.js';
import { findCallOfCycle, listCallRegions } from '../../store/call-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';

/** What notices about a joint cycle may name besides: what it is the run of. Nothing for that of a region. */
export async function jointName(tx: Tx, cycle: CycleRow): Promise<Record<string, NoticeParam>> {
  if (cycle.subject === 'region') return {};
  if (cycle.subject === 'call') {
    const call = await findCallOfCycle(tx, cycle.id);
    return call === null ? {} : { name: call.title };
  }
  const activity = await findActivityOfCycle(tx, cycle.id);
  return activity === null ? {} : { name: activity.name };
}

/** NUTS codes of the regions whose authorities are told of a cycle: of a call all that take part, the one that leads first. */
export async function jointRegions(tx: Tx, cycle: CycleRow): Promise<readonly string[]> {
  const call = cycle.subject === 'call' ? await findCallOfCycle(tx, cycle.id) : null;
  if (call === null) return [cycle.region];
  const parts = (await listCallRegions(tx, call)).filter(({ state }) => state === 'in');
  const others = parts.map(({ region }) => region).filter((region) => region !== cycle.region);
  return parts.length > others.length ? [cycle.region, ...others] : [...others];
}
