import {
  CALL_OWNER,
  constraintName,
  type Blackout,
  type DaysBound,
  type Leeway,
  type RegionConstraints,
} from './alignment-constraints.js';
import type { AlignmentFrame } from './alignment-frame.js';

/**
 * Where a constraint stands: moved by so many days (0, or not named: as it is), `free` to stand anywhere within its
 * leeway, or `dropped`.
 *
 * `free` allows at least what any one place allows: a free blackout forbids only the days that it forbids wherever it
 * stands.
 */
export type Position = number | 'free' | 'dropped';

/** By constraint name. */
export type Positions = ReadonlyMap<string, Position>;

/** What a region allows, by days of the frame (1: allowed), and how many days it asks for. */
export interface RegionDays {
  readonly deadline: Uint8Array;
  readonly decision: Uint8Array;
  readonly openDays: number;
  readonly leadLeast: number;
  readonly leadMost: number;
  readonly decisionDays: number;
}

/** What all together allow. */
export interface CallDays {
  readonly opening: Uint8Array;
  readonly deadline: Uint8Array;
  readonly ranking: Uint8Array;
  readonly start: Uint8Array;
  /** The day of the frame on which the text can be final. */
  readonly textFinal: number;
  /** The last day of the frame that counts. */
  readonly last: number;
  readonly noticeDays: number;
  readonly openDays: number;
  readonly evaluationDays: number;
  readonly startGapDays: number;
  /** In the order of the constraints. */
  readonly regions: readonly RegionDays[];
}

/** Reads the constraints of a call into tables of days, with each constraint at its position. */
export function callDays(frame: AlignmentFrame, positions: Positions): CallDays {
  const { call } = frame;
  const { rules, ruleLeeways, secretariat } = call;
  const own = (part: string, days: number, leeway: Leeway | null | undefined): number =>
    days - amountOf(positions, constraintName(CALL_OWNER, part), leeway ?? null);
  const common = stepTables(frame, { owner: CALL_OWNER, ...secretariat }, positions);
  const start = positions.has(constraintName(CALL_OWNER, 'start-day'))
    ? new Uint8Array(frame.length).fill(1)
    : frame.startDays.slice();
  const limits = {
    leadMost: -own('local-lead', -rules.localLeadDays, ruleLeeways.localLeadDays),
    decisionDays: -own('decision-days', -rules.decisionDays, ruleLeeways.decisionDays),
  };
  let noticeDays = own('notice-days', rules.noticeDays, ruleLeeways.noticeDays);
  const regions = call.regions.map((region) => {
    const name = (part: string): string => constraintName(region.region, part);
    const steps = stepTables(frame, { owner: region.region, ...region }, positions);
    intersect(common.opening, steps.opening);
    intersect(common.ranking, steps.ranking);
    restrictToBudget(start, frame, region, positions);
    restrictToMeetings(steps.decision, frame, region, positions);
    noticeDays = Math.max(noticeDays, fewer(positions, name('notice-days'), region.noticeDays));
    return {
      deadline: steps.deadline,
      decision: steps.decision,
      openDays: fewer(positions, name('open-days'), region.openDays),
      leadLeast: fewer(positions, name('local-lead/least'), region.localLead.least),
      leadMost: Math.min(limits.leadMost, more(positions, name('local-lead/most'), region.localLead.most)),
      decisionDays: Math.min(
        limits.decisionDays,
        region.decisionDays === null ? Infinity : more(positions, name('decision-days'), region.decisionDays),
      ),
    };
  });
  const evaluationDays = own('evaluation-days', call.evaluationDays.days, call.evaluationDays.leeway);
  return {
    opening: common.opening,
    deadline: common.deadline,
    ranking: common.ranking,
    start,
    textFinal: frame.earliest - amountOf(positions, 'call/earliest-day', call.earliestDay.leeway),
    last: frame.last + amountOf(positions, 'call/last-day', call.lastDay.leeway),
    noticeDays: Math.max(0, noticeDays),
    openDays: Math.max(0, own('open-days', rules.openDays, ruleLeeways.openDays)),
    evaluationDays: Math.max(0, evaluationDays),
    startGapDays: Math.max(0, own('start-gap', rules.startGapDays, ruleLeeways.startGapDays)),
    regions,
  };
}

/** By how many days a constraint that can move to one side only gives way. */
function amountOf(positions: Positions, name: string, leeway: Leeway | null): number {
  const position = positions.get(name) ?? 0;
  if (position === 'dropped') return Infinity;
  return position === 'free' ? (leeway?.daysMax ?? 0) : Math.abs(position);
}

function fewer(positions: Positions, name: string, { days, leeway }: DaysBound): number {
  return Math.max(0, days - amountOf(positions, name, leeway));
}

function more(positions: Positions, name: string, { days, leeway }: DaysBound): number {
  return days + amountOf(positions, name, leeway);
}

type Steps = Record<Blackout['forbids'][number], Uint8Array>;

/** The working days of an owner that no blackout forbids, per step. */
function stepTables(
  frame: AlignmentFrame,
  { owner, blackouts }: { readonly owner: string; readonly blackouts: readonly Blackout[] },
  positions: Positions,
): Steps {
  const working = positions.has(constraintName(owner, 'working-days')) ? undefined : frame.working.get(owner);
  const table = (): Uint8Array => working?.slice() ?? new Uint8Array(frame.length).fill(1);
  const steps: Steps = { opening: table(), deadline: table(), ranking: table(), decision: table() };
  for (const { name, from, to, forbids, leeway } of blackouts) {
    const position = positions.get(constraintName(owner, 'blackout', name)) ?? 0;
    if (position === 'dropped') continue;
    // Wherever a free one stands, it covers what its latest beginning and its earliest end enclose.
    const daysMax = leeway?.daysMax ?? 0;
    const [later, earlier] = position === 'free' ? [daysMax, -daysMax] : [position, position];
    const first = Math.max(0, frame.dayOf(from) + later);
    const end = Math.max(first, frame.dayOf(to) + earlier + 1);
    for (const step of forbids) steps[step].fill(0, first, end);
  }
  return steps;
}

function restrictToBudget(
  start: Uint8Array,
  frame: AlignmentFrame,
  { region, budgetYears }: RegionConstraints,
  positions: Positions,
): void {
  if (budgetYears === null || positions.has(constraintName(region, 'budget-years'))) return;
  const open = new Uint8Array(frame.length);
  for (const { name, from, to, leeway } of budgetYears) {
    const earlier = amountOf(positions, constraintName(region, 'budget-year', name, 'from'), leeway);
    const later = amountOf(positions, constraintName(region, 'budget-year', name, 'to'), leeway);
    mark(open, frame.dayOf(from) - earlier, frame.dayOf(to) + later);
  }
  intersect(start, open);
}

function restrictToMeetings(
  decision: Uint8Array,
  frame: AlignmentFrame,
  { region, meetings }: RegionConstraints,
  positions: Positions,
): void {
  if (meetings === null || positions.has(constraintName(region, 'meetings'))) return;
  const open = new Uint8Array(frame.length);
  for (const { on, leeway } of meetings) {
    const position = positions.get(constraintName(region, 'meeting', on)) ?? 0;
    const daysMax = leeway?.daysMax ?? 0;
    const shift = typeof position === 'number' ? position : 0;
    const reach = position === 'free' ? daysMax : 0;
    mark(open, frame.dayOf(on) + shift - reach, frame.dayOf(on) + shift + reach);
  }
  intersect(decision, open);
}

/** Marks the days from `first` to `last`, as far as they lie in the table: `fill` would count negative ones from the end. */
function mark(table: Uint8Array, first: number, last: number): void {
  if (last >= 0) table.fill(1, Math.max(0, first), last + 1);
}

function intersect(table: Uint8Array, other: Uint8Array): void {
  for (let day = 0; day < table.length; day += 1) table[day] = (table[day] ?? 0) & (other[day] ?? 0);
}
