import { toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { checkFactValue } from '../../core/facts/check-fact-value.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { listCycles, type CycleRow } from '../../store/cycle-store.js';
import { listSyncPoints } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { pinOf } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import {
  FORK_CYCLES_MAX,
  FORK_DAYS_MAX,
  FORK_HYPOTHESES_MAX,
  type ForkSubject,
  type ForkWish,
} from './fork-wish.js';
import type { Act } from './play-fork.js';

/** A fault of a wish, with a JSON pointer into it. */
interface WishFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What a wish is judged by. */
interface Judging {
  readonly deps: EngineDeps;
  readonly tx: Tx;
  readonly wish: ForkWish;
  /** The day of the moment. */
  readonly from: CalendarDate;
}

/**
 * Judges what is to be different in a fork, and puts it in the order of its days: facts before events.
 *
 * @throws DomainError `fork.invalid` with all `errors`: days before the moment or after the last one, subjects, facts,
 *   values, targets and sync points that do not exist; `fork.too-large` for too many days, hypotheses or cycles
 */
export async function judgeWish(
  deps: EngineDeps,
  tx: Tx,
  wish: ForkWish,
  from: CalendarDate,
): Promise<ReadonlyMap<CalendarDate, readonly Act[]>> {
  const judging: Judging = { deps, tx, wish, from };
  requireBounds(judging);
  const cycles = await listCycles(tx, { scheme: wish.scheme, limit: FORK_CYCLES_MAX + 1 });
  if (cycles.length > FORK_CYCLES_MAX) throw new DomainError('fork.too-large', { limit: FORK_CYCLES_MAX });

  const faults: WishFault[] = [];
  const acts: (readonly [CalendarDate, Act])[] = [];
  for (const [index, fact] of wish.facts.entries()) {
    const pointer = `/facts/${index}`;
    const cycle = subjectOf(cycles, fact.of, pointer, faults);
    faults.push(...dayFaults(judging, fact.on, pointer));
    if (cycle === null) continue;
    faults.push(...(await factFaults(judging, cycle, index)));
    acts.push([fact.on, { do: 'facts', cycle: cycle.id, facts: [fact] }]);
  }
  for (const [index, event] of wish.events.entries()) {
    const pointer = `/events/${index}`;
    const cycle = subjectOf(cycles, event.of, pointer, faults);
    faults.push(...dayFaults(judging, event.on, pointer));
    if (cycle === null) continue;
    const { states } = deps.catalog.workflow({ id: cycle.workflowId, version: cycle.workflowVersion });
    if (event.to !== null && !states.has(event.to)) {
      faults.push(fault(`${pointer}/to`, 'event.target-unknown', `no state is called ${event.to}`));
    }
    acts.push([event.on, { do: 'event', cycle: cycle.id, event }]);
  }
  faults.push(...(await deadlineFaults(judging)));
  if (faults.length > 0) throw new DomainError('fork.invalid', { errors: faults });
  return byDay(acts);
}

function requireBounds({ wish, from }: Judging): void {
  const { until, facts, events, deadlines } = wish;
  if (until < from) {
    const errors = [fault('/until', 'date.in-the-past', `the fork begins on ${from}`)];
    throw new DomainError('fork.invalid', { errors });
  }
  if (toDayNumber(until) - toDayNumber(from) > FORK_DAYS_MAX) {
    throw new DomainError('fork.too-large', { pointer: '/until', limit: `${FORK_DAYS_MAX} days` });
  }
  if (facts.length + events.length + deadlines.length > FORK_HYPOTHESES_MAX) {
    throw new DomainError('fork.too-large', { limit: `${FORK_HYPOTHESES_MAX} hypotheses` });
  }
}

/** The latest cycle of a region: the living one, where there is one. */
function subjectOf(
  cycles: readonly CycleRow[],
  of: ForkSubject,
  pointer: string,
  faults: WishFault[],
): CycleRow | null {
  const found =
    'cycle' in of
      ? cycles.find(({ id }) => id === of.cycle)
      : cycles
          .filter(({ region, subject }) => region === of.region && subject === 'region')
          .toSorted((one, other) => one.openedAt.localeCompare(other.openedAt))
          .at(-1);
  if (found !== undefined) return found;
  faults.push(
    'cycle' in of
      ? fault(`${pointer}/cycle`, 'cycle.not-found', `the scheme has no cycle ${of.cycle}`)
      : fault(`${pointer}/region`, 'region.not-found', `the scheme has no region ${of.region}`),
  );
  return null;
}

function dayFaults({ wish, from }: Judging, on: CalendarDate, pointer: string): readonly WishFault[] {
  if (on >= from && on <= wish.until) return [];
  return [fault(`${pointer}/on`, 'fork.out-of-time', `the fork is played from ${from} to ${wish.until}`)];
}

async function factFaults(
  { deps, tx, wish }: Judging,
  cycle: CycleRow,
  index: number,
): Promise<readonly WishFault[]> {
  const hypothesis = wish.facts[index];
  if (hypothesis === undefined) return [];
  const { fact, value, precision } = hypothesis;
  const pointer = `/facts/${index}`;
  const { catalogue } = await rulebookOf(deps, tx, pinOf(cycle));
  const definition = catalogue.get(fact);
  if (definition === undefined) {
    return [fault(`${pointer}/fact`, 'fact.unknown', `no fact is called ${fact}`)];
  }
  if (accountRoleFor(definition.owner) === null) {
    return [fault(`${pointer}/fact`, 'fact.not-recordable', `${fact} is derived`)];
  }
  if (value === null) return [];
  const checked = checkFactValue(definition, value, precision);
  return 'ok' in checked ? [] : [fault(`${pointer}/value`, checked.problem.code, checked.problem.message)];
}

async function deadlineFaults({ tx, wish }: Judging): Promise<readonly WishFault[]> {
  const points = new Set((await listSyncPoints(tx, wish.scheme)).map(({ id }) => id));
  return wish.deadlines.flatMap(({ syncPoint }, index) =>
    points.has(syncPoint)
      ? []
      : [fault(`/deadlines/${index}/syncPoint`, 'sync-point.not-found', `no sync point ${syncPoint}`)],
  );
}

/** The facts of one cycle on one day are recorded together, as somebody would. */
function byDay(acts: readonly (readonly [CalendarDate, Act])[]): ReadonlyMap<CalendarDate, readonly Act[]> {
  const days = Map.groupBy(acts, ([on]) => on);
  return new Map(
    [...days].map(([on, all]) => {
      const together: Act[] = [];
      for (const [, act] of all) {
        const before = together.findIndex(
          (one) => one.do === 'facts' && act.do === 'facts' && one.cycle === act.cycle,
        );
        const known = together[before];
        if (known?.do === 'facts' && act.do === 'facts') {
          together[before] = { ...known, facts: [...known.facts, ...act.facts] };
        } else together.push(act);
      }
      return [on, together];
    }),
  );
}

function fault(pointer: string, code: string, detail: string): WishFault {
  return { pointer, code, detail };
}
