import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { MissingFact, VerdictWord } from '../../core/gates/verdict.js';
import type { CycleStatus } from '../../core/machines/cycle-snapshot.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import { findScheme, listRegions, type RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { calendarsAt, type CalendarLookup } from '../calendars/calendar-of.js';
import { drawPicture, pinOf } from '../cycles/cycle-picture.js';
import { findWay, type Way } from '../cycles/find-way.js';
import { notReadableHere, type UnreadableReason } from '../cycles/not-readable-here.js';
import type { EngineDeps } from '../engine-deps.js';
import { requirePast } from '../history/require-past.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import { pastRecords, presentRecords, type BoardRecords } from './board-records.js';

/** How the next gate of a region stands. */
export interface BoardGate {
  readonly gate: string;
  readonly to: string;
  readonly verdict: VerdictWord;
  readonly missing: readonly MissingFact[];
  /** Ids of the rules that are broken. */
  readonly failing: readonly string[];
}

/** One line of the board. */
export interface BoardRow {
  readonly region: string;
  readonly name: Labels;
  readonly cycle: { readonly id: string; readonly number: number; readonly version: number };
  readonly stage: string;
  readonly stageLabels: Labels | null;
  readonly status: CycleStatus;
  /** Null where no gate stands before the next step, or there is none, or the cycle is not readable here. */
  readonly gate: BoardGate | null;
  /** The waivers in force today. */
  readonly waivers: readonly { readonly rule: string; readonly endsOn: CalendarDate }[];
  readonly tasksOpen: number;
  readonly overdue: number;
  /** Why this program cannot say more of the cycle, though another one may (see `notReadableHere`). Null: it can. */
  readonly unreadable: UnreadableReason | null;
}

/**
 * Where every region of a scheme stands, in the scheme's order.
 *
 * @param at as it stood then, rebuilt from the journals; null: as it stands
 * @throws DomainError `scheme.not-found`, `date.in-the-future`
 */
export async function readBoard(
  deps: EngineDeps,
  schemeId: string,
  at: Instant | null = null,
): Promise<readonly BoardRow[]> {
  return deps.database.read(async (tx) => {
    if ((await findScheme(tx, schemeId)) === null)
      throw new DomainError('scheme.not-found', { scheme: schemeId });
    const regions = await listRegions(tx, schemeId);
    const now = await deps.clock.now(tx);
    if (at !== null) requirePast(at, now);
    const records = at === null ? await presentRecords(tx, regions, now) : await pastRecords(tx, regions, at);
    const calendars = await calendarsAt(deps, tx, at ?? now);
    const rows: BoardRow[] = [];
    for (const region of regions) {
      const found = records.get(region.nuts);
      if (found === undefined) continue;
      const { cycle, tasks } = found;
      rows.push({
        region: region.nuts,
        name: region.name,
        cycle: { id: cycle.id, number: cycle.number, version: cycle.version },
        stage: cycle.stage,
        status: cycle.status,
        ...(await judged(deps, tx, { regions, region, calendars, records: found }, at ?? now)),
        tasksOpen: tasks.open,
        overdue: tasks.overdue,
      });
    }
    return rows;
  });
}

/** What takes the workflow and the rulebook of the cycle: one that this program cannot read leaves the others be. */
async function judged(
  deps: EngineDeps,
  tx: Tx,
  about: {
    readonly regions: readonly RegionRow[];
    readonly region: RegionRow;
    readonly calendars: CalendarLookup;
    readonly records: BoardRecords;
  },
  now: Instant,
): Promise<Pick<BoardRow, 'stageLabels' | 'gate' | 'waivers' | 'unreadable'>> {
  const { regions, region, calendars, records } = about;
  const { cycle, facts } = records;
  const today = dateInZone(now, region.zone);
  const waivers = records.waivers
    .filter(({ cycleNumber, endsOn }) => cycleNumber === cycle.number && today <= endsOn)
    .map(({ rule, endsOn }) => ({ rule, endsOn }));
  try {
    const rulebook = await rulebookOf(deps, tx, pinOf(cycle));
    const drawn = { cycle, rulebook, regions, facts, waivers: records.waivers, calendars };
    const picture = drawPicture(deps, drawn, now);
    return {
      stageLabels: picture.workflow.states.get(cycle.stage)?.labels ?? null,
      gate: gateOf(findWay(picture, 'advance', null)),
      waivers,
      unreadable: null,
    };
  } catch (error) {
    const unreadable = notReadableHere(error);
    if (unreadable === null) throw error;
    return { stageLabels: null, gate: null, waivers, unreadable };
  }
}

function gateOf(way: Way | null): BoardGate | null {
  if (way === null || way.verdict === null) return null;
  const { gate, verdict, missing, failing } = way.verdict;
  return { gate, to: way.event.to, verdict, missing, failing };
}
