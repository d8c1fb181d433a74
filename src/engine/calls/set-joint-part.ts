import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { CallFrame } from '../../core/calls/call-frame.js';
import type { EligibilityRuleDefinition } from '../../core/calls/eligibility-rules.js';
import type { ScoringRules } from '../../core/calls/evaluation.js';
import type { FundingPolicy } from '../../core/calls/funding.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { changeCall, type CallChanges, type CallRow, type StoredRate } from '../../store/call-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callForChange, requireVersion, type CallWork } from './call-for-change.js';
import { momentIn } from './call-parts.js';
import { callView, type CallView } from './call-view.js';
import { checkEligibilityRules, checkRates, checkScoring, checkZone, invalid } from './check-call.js';
import type { CallRef } from './find-call.js';
import { settlePackage } from './settle-package.js';

/** A day and a time of the clock, `HH:mm`, as they are announced. */
export interface Moment {
  readonly on: CalendarDate;
  readonly time: string;
}

/** What of the joint part is to change; what is absent stays. */
export interface JointChanges {
  readonly title?: string | undefined;
  readonly theme?: string | undefined;
  /** IANA name; the announced times are read anew in it. */
  readonly zone?: string | undefined;
  /** Null: it is not final any more. */
  readonly textFinalOn?: CalendarDate | null | undefined;
  readonly opens?: Moment | null | undefined;
  readonly closes?: Moment | null | undefined;
  readonly rankingOn?: CalendarDate | null | undefined;
  readonly startOn?: CalendarDate | null | undefined;
  readonly scoring?: ScoringRules | undefined;
  readonly funding?: FundingPolicy | undefined;
  readonly eligibility?: readonly EligibilityRuleDefinition[] | undefined;
  readonly rates?: readonly StoredRate[] | undefined;
  readonly frame?: CallFrame | undefined;
}

/** What may still be planned once the call is open: everything else was announced. */
const PLANNED: readonly (keyof JointChanges)[] = ['rankingOn', 'startOn', 'frame'];

/**
 * Changes the joint part of a call: theme, calendar, criteria, ranking rule, common start. Opening and closing are one
 * instant each for all regions (S4), kept with the day, the time and the zone that were announced. What follows from it
 * is recorded with it: the facts of the gates, the timers, who is ready.
 *
 * @throws DomainError `auth.role-forbidden`, `call.not-found`, `version.stale`, `cycle.ended`; `call.not-possible` for
 *   what has been agreed or announced; `call.invalid`; `date.in-the-future` for a text that is not final yet
 */
export async function setJointPart(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly changes: JointChanges; readonly note: string | null },
): Promise<CallView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const work = await callForChange(deps, tx, now, command);
    const { call, picture } = work;
    requireVersion(command.expectedVersion, call.version);
    checkChanges(work, command.changes);
    const changes = columnsOf(call, command.changes);
    const before = pick(call, Object.keys(changes));
    await changeCall(tx, call, { ...changes, changedAt: picture.now });
    await settlePackage(deps, tx, work, [
      { change: 'joint-part', before, after: pick(call, Object.keys(changes)), note: command.note },
    ]);
    return callView(deps, tx, call);
  });
}

function checkChanges({ picture, call }: CallWork, changes: JointChanges): void {
  const { stage } = picture.cycle;
  const named = (Object.keys(changes) as (keyof JointChanges)[]).filter(
    (name) => changes[name] !== undefined,
  );
  if (!['proposed', 'agreed', 'packaged'].includes(stage)) {
    const announced = named.find((name) => !PLANNED.includes(name));
    if (announced !== undefined) {
      const reason = 'What was announced with the opening stays.';
      throw new DomainError('call.not-possible', { pointer: `/${announced}`, reason, stage });
    }
  }
  if (stage !== 'proposed' && changes.theme !== undefined && changes.theme !== call.theme) {
    throw new DomainError('call.not-possible', { pointer: '/theme', reason: 'The theme is agreed.', stage });
  }
  const { textFinalOn, scoring, eligibility, rates, zone } = changes;
  if (textFinalOn !== undefined && textFinalOn !== null && textFinalOn > picture.today) {
    throw new DomainError('date.in-the-future', {
      pointer: '/textFinalOn',
      date: textFinalOn,
      today: picture.today,
    });
  }
  if (zone !== undefined) checkZone(zone, '/zone');
  if (scoring !== undefined) checkScoring(scoring);
  if (eligibility !== undefined) checkEligibilityRules(eligibility, '/eligibility');
  if (rates !== undefined) checkRates(rates);
}

/** The columns that the changes come to. @throws DomainError `call.invalid` for a call that closes before it opens */
function columnsOf(call: CallRow, changes: JointChanges): CallChanges {
  const { opens, closes, zone = call.zone, ...plain } = changes;
  const opening = opens === undefined ? momentOf(call.opensOn, call.opensTime) : opens;
  const closing = closes === undefined ? momentOf(call.closesOn, call.closesTime) : closes;
  const [first, last] = [momentIn(opening, zone), momentIn(closing, zone)];
  if (first.at !== null && last.at !== null && last.at <= first.at) {
    throw invalid(closes === undefined ? '/opens' : '/closes', 'The call closes before it opens.');
  }
  const hasZone = changes.zone !== undefined;
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(hasZone ? { zone } : {}),
    ...(opens === undefined && !hasZone
      ? {}
      : { opensOn: first.on, opensTime: first.time, opensAt: first.at }),
    ...(closes === undefined && !hasZone
      ? {}
      : { closesOn: last.on, closesTime: last.time, closesAt: last.at }),
  };
}

function momentOf(on: CalendarDate | null | undefined, time: string | null | undefined): Moment | null {
  return on === null || on === undefined || time === null || time === undefined ? null : { on, time };
}

function pick(call: CallRow, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(call).filter(([name]) => names.includes(name)));
}
