import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import type { CallRules } from '../../core/calls/call-rules.js';
import type { EffectPayload } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CallRow } from '../../store/call-store.js';
import { addTimer, changeTimer, listWaitingTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { setScopeDeadline } from '../sync/set-scope-deadline.js';
import { MORNING } from '../standing/set-standing-timer.js';

/** The template of the sync point at which the regions wait for each other's packages. */
export const PACKAGE_POINT = 'S3';

type CallDateEffect = Extract<EffectPayload, { type: 'call-date' }>;
export type CallDateKind = CallDateEffect['kind'];

/** When what happens to a call by its own dates; absent: no day is set for it. */
export type CallInstants = Partial<Readonly<Record<CallDateKind, Instant>>>;

/** The last day on which a region may complete its part of the package: so many days before the opening as R22 asks. */
export function packageDay(
  { opensOn }: Pick<CallRow, 'opensOn'>,
  { noticeDays }: Pick<CallRules, 'noticeDays'>,
): CalendarDate | null {
  const day = opensOn ?? null;
  return day === null ? null : fromDayNumber(toDayNumber(day) - noticeDays);
}

/** The instants at which a call opens and closes, and after which it waits for no late region. */
export function callInstants(call: CallRow, rules: Pick<CallRules, 'noticeDays'>): CallInstants {
  const last = packageDay(call, rules);
  const opensAt = call.opensAt ?? null;
  const closesAt = call.closesAt ?? null;
  return {
    ...(last === null
      ? {}
      : { 'drop-late': instantAt(fromDayNumber(toDayNumber(last) + 1), MORNING, call.zone) }),
    ...(opensAt === null ? {} : { open: opensAt }),
    ...(closesAt === null ? {} : { close: closesAt }),
  };
}

/** Sets the timers of a call by its dates, and cancels those that are not right any more. */
export async function setCallTimers(
  deps: EngineDeps,
  tx: Tx,
  call: CallRow,
  { rules, now }: { readonly rules: CallRules; readonly now: Instant },
): Promise<void> {
  const wanted = new Map(Object.entries(callInstants(call, rules)));
  for (const timer of await listWaitingTimers(tx, call.cycleId)) {
    const { effect } = timer;
    if (effect.type !== 'call-date') continue;
    if (wanted.get(effect.kind) === effect.at) wanted.delete(effect.kind);
    else await changeTimer(tx, timer, { cancelledAt: now });
  }
  for (const [kind, at] of wanted) {
    // What is past is not made up for: who sets a day that has gone by takes the step by hand.
    if (at <= now) continue;
    addTimer(tx, {
      id: deps.newId(),
      cycleId: call.cycleId,
      taskId: null,
      effect: { type: 'call-date', cycleId: call.cycleId, kind: kind as CallDateKind, at },
      dueAt: at,
    });
  }
  await setScopeDeadline(deps, tx, {
    scheme: call.scheme,
    scope: { kind: 'call', key: call.key },
    template: PACKAGE_POINT,
    on: packageDay(call, rules),
    now,
  });
}
