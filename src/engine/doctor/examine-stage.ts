import { standingRules } from '../../core/gates/standing-lapses.js';
import { makeFinding, type Finding } from '../../core/proof/finding.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { before, type Round } from './examination.js';
import type { Pins } from './pin-book.js';
import type { CycleBatch } from './read-batch.js';

const DAY_S = 86_400;
/** Timers that go on while a cycle rests and tell nobody that it does. */
const SILENT: ReadonlySet<string> = new Set(['standing-check', 'waiver-end', 'call-date']);

/** What should be set for a cycle where it stands, and is not. */
export function examineStage(
  round: Round,
  cycle: CycleRow,
  pins: Pins,
  batch: CycleBatch,
): readonly Finding[] {
  return [
    ...missingTimers(cycle, pins, batch),
    ...missingStandingCheck(cycle, pins, batch),
    ...restingTooLong(round, cycle, batch),
  ];
}

function missingTimers(cycle: CycleRow, { workflow, snapshot }: Pins, batch: CycleBatch): readonly Finding[] {
  if (workflow === null || snapshot === null) return [];
  const set = batch.stageTimersOf(cycle.id);
  return (workflow.timers.get(cycle.stage) ?? [])
    .filter(({ id }) => !set.has(id))
    .map(({ id }) =>
      makeFinding('timer.missing', {
        subject: `${cycle.id}/${id}`,
        cycleId: cycle.id,
        details: { region: cycle.region, stage: cycle.stage, timer: id },
      }),
    );
}

function missingStandingCheck(cycle: CycleRow, { rulebook }: Pins, batch: CycleBatch): readonly Finding[] {
  const rules = rulebook === null ? [] : standingRules(rulebook, cycle.stage);
  const isSet = batch.timersOf(cycle.id).some(({ type }) => type === 'standing-check');
  if (rules.length === 0 || isSet || batch.isStandingCheckUnderWay(cycle.id)) return [];
  const details = { region: cycle.region, stage: cycle.stage, rules: rules.map(({ id }) => id) };
  return [makeFinding('standing-check.missing', { subject: cycle.id, cycleId: cycle.id, details })];
}

function restingTooLong(round: Round, cycle: CycleRow, batch: CycleBatch): readonly Finding[] {
  const since = batch.suspendedSince(cycle.id);
  if (since === null || since > before(round, round.limits.suspendedDays * DAY_S)) return [];
  if (batch.timersOf(cycle.id).some(({ type, isHeld }) => !isHeld && !SILENT.has(type))) return [];
  const details = { region: cycle.region, stage: cycle.stage, since };
  return [makeFinding('cycle.suspended-too-long', { subject: cycle.id, cycleId: cycle.id, details })];
}
