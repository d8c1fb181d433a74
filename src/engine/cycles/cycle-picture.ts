import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { workingDaysBetween } from '../../core/calendar/working-days.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { FactScalar, FactValue } from '../../core/facts/fact-value.js';
import { contextOf } from '../../core/gates/decision-inputs.js';
import type { GateContext } from '../../core/gates/evaluate-gate.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { readSnapshot, type CycleSnapshot } from '../../core/machines/cycle-snapshot.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { listFacts } from '../../store/fact-store.js';
import { listRegions, type RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { listWaivers, type WaiverRow } from '../../store/waiver-store.js';
import { calendarsAt, type CalendarLookup } from '../calendars/calendar-of.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

/** Everything that a decision about one cycle looks at, at one instant. */
export interface CyclePicture {
  readonly cycle: CycleRow;
  readonly region: RegionRow;
  /** All of the scheme, the cycle's own among them. */
  readonly regions: readonly RegionRow[];
  readonly workflow: Workflow;
  readonly rulebook: Rulebook;
  readonly snapshot: CycleSnapshot;
  /** Everything that is known, in the order of recording; what of it counts is in `context`. */
  readonly known: readonly FactValue[];
  readonly context: GateContext;
  /** Every calendar as it is known at `now`, closures included. */
  readonly calendars: CalendarLookup;
  /** Those of this number of the cycle, the ended ones included. */
  readonly waivers: readonly WaiverRow[];
  /** The day in the region's zone. */
  readonly today: CalendarDate;
  readonly now: Instant;
}

/** What was read from the store about one cycle. */
export interface CycleRecords {
  readonly cycle: CycleRow;
  /** The one to decide by: that which the cycle is pinned to, unless another one is tried out. */
  readonly rulebook: Rulebook;
  readonly regions: readonly RegionRow[];
  readonly facts: readonly FactValue[];
  readonly waivers: readonly WaiverRow[];
  /** As they are known at the instant of the picture. */
  readonly calendars: CalendarLookup;
}

/** Reads what a decision about this cycle needs. */
export async function takePicture(
  deps: EngineDeps,
  tx: Tx,
  cycle: CycleRow,
  now: Instant,
): Promise<CyclePicture> {
  return drawPicture(
    deps,
    {
      cycle,
      rulebook: await rulebookOf(deps, tx, pinOf(cycle)),
      regions: await listRegions(tx, cycle.scheme),
      facts: await listFacts(tx, cycle.id),
      waivers: await listWaivers(tx, cycle.id),
      calendars: await calendarsAt(deps, tx, now),
    },
    now,
  );
}

/**
 * Puts records, pinned definitions and calendars together.
 *
 * @throws DomainError `definition.not-found` or `definition.hash-mismatch` when the versions that the cycle is
 *   pinned to are not those of this program
 */
export function drawPicture(
  deps: Pick<EngineDeps, 'catalog'>,
  records: CycleRecords,
  now: Instant,
): CyclePicture {
  const { cycle, rulebook, regions, calendars } = records;
  const region = regions.find(({ nuts }) => nuts === cycle.region);
  if (region === undefined) throw new DomainError('region.not-found', { region: cycle.region });

  const workflow = deps.catalog.workflow({
    id: cycle.workflowId,
    version: cycle.workflowVersion,
    hash: cycle.workflowHash,
  });
  const calendar = calendars(region.calendar);
  const today = dateInZone(now, region.zone);
  const known = [...givenFacts(cycle, region, calendar, now), ...records.facts];
  const waivers = records.waivers.filter(({ cycleNumber }) => cycleNumber === cycle.number);
  return {
    cycle,
    region,
    regions,
    workflow,
    rulebook,
    snapshot: readSnapshot(workflow, cycle.snapshot),
    known,
    context: contextOf(rulebook.catalogue, {
      facts: known,
      cycleNumber: cycle.number,
      today,
      waivers,
      calendar,
      neighbourCalendars: neighbourCalendars(region, regions).map(calendars),
    }),
    calendars,
    waivers,
    today,
    now,
  };
}

/** Ids of the calendars of a region's neighbours in the scheme. */
function neighbourCalendars(region: RegionRow, regions: readonly RegionRow[]): readonly string[] {
  return region.neighbours.flatMap((nuts) => regions.find((other) => other.nuts === nuts)?.calendar ?? []);
}

/** The version of the rulebook that a cycle goes by. */
export function pinOf(cycle: CycleRow): PinnedDefinition {
  return { id: cycle.rulebookId, version: cycle.rulebookVersion, hash: cycle.rulebookHash };
}

/** What Cordata knows of a region and its stage by itself; a recorded fact of the same name comes later and wins. */
function givenFacts(
  cycle: CycleRow,
  region: RegionRow,
  calendar: WorkingCalendar,
  now: Instant,
): FactValue[] {
  const enteredOn = dateInZone(cycle.stageEnteredAt, region.zone);
  const given: [string, FactScalar | null | undefined][] = [
    ['region.class', region.class],
    ['region.country', region.country],
    ['region.nuts', region.nuts],
    ['stage.entered_on', enteredOn],
    // A clock that was set back must not make a stage begin in the future.
    [
      'stage.working_days',
      Math.max(0, workingDaysBetween(calendar, enteredOn, dateInZone(now, region.zone))),
    ],
  ];
  return given.flatMap(([fact, value]) =>
    value === null || value === undefined
      ? []
      : [
          {
            fact,
            value,
            precision: fact === 'stage.entered_on' ? ('day' as const) : null,
            observedOn: null,
            evidence: null,
            note: null,
            recordedBy: 'system',
            recordedAt: now,
            cycleNumber: cycle.number,
          },
        ],
  );
}
