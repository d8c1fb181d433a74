import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { workingDaysBetween } from '../calendar/working-days.js';
import type { FactScalar, FactValue } from '../facts/fact-value.js';
import { assumedFact } from '../gates/rule-formula.js';
import { severityIn } from '../gates/regional-value.js';
import type { Rule, Rulebook } from '../gates/rulebook.js';
import type { Severity } from '../gates/rulebook-schema.js';
import type { Interval } from '../logic/interval.js';
import type { Workflow } from '../machines/compile-workflow.js';
import type { RegionDefinition } from '../sync/scheme-definition.js';
import type { SyncPointDefinition } from '../sync/sync-point.js';

/** Facts that Cordata gives by itself: the day on which the stage was entered, and the working days since then. */
export const ENTERED_ON = 'stage.entered_on';
export const WORKING_DAYS = 'stage.working_days';

/** Whether Cordata gives the fact by itself, and nobody records it. */
export function isGiven(fact: string): boolean {
  return fact === ENTERED_ON || fact === WORKING_DAYS;
}

/** A region of the scheme as far as rules can tell regions apart. */
export interface ModelRegion {
  readonly nuts: string;
  readonly country: string;
  /** Null: not assigned yet. An administrator can assign any, so nothing is impossible for want of it. */
  readonly class: string | null;
  readonly calendar: WorkingCalendar;
  readonly neighbourCalendars: readonly WorkingCalendar[];
}

/** What a release causes. `enable`: the fact can only be recorded, the milestone only be reached, from then on. */
export type ModelRelease =
  | SyncPointDefinition['releases'][number]
  | { readonly effect: 'enable'; readonly fact: string }
  | { readonly effect: 'enable'; readonly milestone: string };

/** A sync point of the scheme; a definition is one whose releases only tell people. */
export interface ModelSyncPoint extends Pick<
  SyncPointDefinition,
  'id' | 'milestone' | 'members' | 'rule' | 'deadline' | 'leaver'
> {
  readonly releases: readonly ModelRelease[];
}

/** Everything that is looked at together. */
export interface Model {
  readonly workflow: Workflow;
  /** Its catalogue is the one of all facts. */
  readonly rulebook: Rulebook;
  readonly syncPoints: readonly ModelSyncPoint[];
  readonly regions: readonly ModelRegion[];
  /** The first day on which a cycle of the scheme can begin. */
  readonly startsOn: CalendarDate;
}

/** The regions of a scheme with their calendars; one whose calendar is not there can't be judged and is left out. */
export function modelRegions(
  regions: readonly RegionDefinition[],
  calendars: ReadonlyMap<string, WorkingCalendar>,
): readonly ModelRegion[] {
  const calendarOf = (nuts: string) => {
    const found = calendars.get(regions.find((region) => region.nuts === nuts)?.calendar ?? '');
    return found === undefined ? [] : [found];
  };
  return regions.flatMap((region) =>
    calendarOf(region.nuts).map((calendar) => ({
      nuts: region.nuts,
      country: region.country,
      class: region.class,
      calendar,
      neighbourCalendars: region.neighbours.flatMap(calendarOf),
    })),
  );
}

/** The days on which a gate may be asked, as day numbers: from when the rulebook counts until the calendar ends. */
export function daysOfDecision({ startsOn, rulebook }: Model, { calendar }: ModelRegion): Interval {
  const first = [startsOn, rulebook.effectiveFrom].toSorted().at(-1) ?? startsOn;
  const lo = toDayNumber(first);
  return { lo, hi: Math.max(lo, toDayNumber(calendar.lastDay)) };
}

/** What is known of a region without anybody recording it. */
export function regionFacts(region: ModelRegion): ReadonlyMap<string, FactScalar> {
  const facts = new Map<string, FactScalar>([
    ['region.country', region.country],
    ['region.nuts', region.nuts],
  ]);
  if (region.class !== null) facts.set('region.class', region.class);
  return facts;
}

/** The severity of a rule in a region; null where it depends on a class that is not assigned. */
export function severityFor({ severity }: Rule, region: ModelRegion): Severity | null {
  if (typeof severity === 'string') return severity;
  const known = regionFacts(region);
  if (!known.has(severity.by)) return null;
  return severityIn(
    severity,
    new Map([...known].map(([fact, value]) => [fact, assumedFact(fact, value, null)])),
  );
}

/** The facts that Cordata gives on a day. */
export function givenFacts(
  region: ModelRegion,
  enteredOn: CalendarDate,
  today: CalendarDate,
): readonly FactValue[] {
  const { firstDay, lastDay } = region.calendar;
  const isCovered = enteredOn >= firstDay && today <= lastDay;
  return [
    ...[...regionFacts(region)].map(([fact, value]) => assumedFact(fact, value, null)),
    assumedFact(ENTERED_ON, enteredOn, 'day'),
    ...(isCovered
      ? [assumedFact(WORKING_DAYS, workingDaysBetween(region.calendar, enteredOn, today), null)]
      : []),
  ];
}

/** The facts that never get a value: only Cordata could fill them, and it neither derives, counts nor enables them. */
export function unrecordable({ rulebook, syncPoints }: Model): ReadonlySet<string> {
  const enabled = new Set(syncPoints.flatMap(({ releases }) => releases.flatMap(enabledFact)));
  return new Set(
    [...rulebook.catalogue.values()].flatMap(({ name, owner, meanOf, counted }) =>
      owner === 'engine' &&
      meanOf === undefined &&
      counted === undefined &&
      !isGiven(name) &&
      !enabled.has(name)
        ? [name]
        : [],
    ),
  );
}

/** The fact that a release enables, if it does. */
export function enabledFact(release: ModelRelease): readonly string[] {
  return 'fact' in release ? [release.fact] : [];
}

/** The milestone that a release enables, if it does. */
export function enabledMilestone(release: ModelRelease): readonly string[] {
  return 'milestone' in release ? [release.milestone] : [];
}
