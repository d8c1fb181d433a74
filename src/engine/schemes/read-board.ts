import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { MissingFact, VerdictWord } from '../../core/gates/verdict.js';
import type { CycleStatus } from '../../core/machines/cycle-snapshot.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Labels } from '../../core/terms/language.js';
import { listSchemeCycles, type CycleRow } from '../../store/cycle-store.js';
import { listFactsOf } from '../../store/fact-store.js';
import { findScheme, listRegions, type RegionRow } from '../../store/scheme-store.js';
import { countOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { listWaivers } from '../../store/waiver-store.js';
import { drawPicture, pinOf } from '../cycles/cycle-picture.js';
import { findWay } from '../cycles/find-way.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

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
  /** Null where no gate stands before the next step, or there is none. */
  readonly gate: BoardGate | null;
  /** The waivers in force today. */
  readonly waivers: readonly { readonly rule: string; readonly endsOn: CalendarDate }[];
  readonly tasksOpen: number;
  readonly overdue: number;
}

/** Where every region of a scheme stands, in the scheme's order. @throws DomainError `scheme.not-found` */
export async function readBoard(deps: EngineDeps, schemeId: string): Promise<readonly BoardRow[]> {
  return deps.database.read(async (tx) => {
    if ((await findScheme(tx, schemeId)) === null)
      throw new DomainError('scheme.not-found', { scheme: schemeId });
    const regions = await listRegions(tx, schemeId);
    // The latest cycle of a region is the one that counts; the list comes by the time of opening.
    const latest = new Map((await listSchemeCycles(tx, schemeId)).map((cycle) => [cycle.region, cycle]));
    return boardRows(deps, tx, regions, latest);
  });
}

async function boardRows(
  deps: EngineDeps,
  tx: Tx,
  regions: readonly RegionRow[],
  latest: ReadonlyMap<string, CycleRow>,
): Promise<readonly BoardRow[]> {
  const now = await deps.clock.now(tx);
  const facts = await listFactsOf(
    tx,
    [...latest.values()].map(({ id }) => id),
  );
  const [first] = regions;
  const counts =
    first === undefined ? new Map() : await countOpenTasks(tx, first.scheme, dateInZone(now, first.zone));
  const rows: BoardRow[] = [];
  for (const region of regions) {
    const cycle = latest.get(region.nuts);
    if (cycle === undefined) continue;
    const records = {
      cycle,
      rulebook: await rulebookOf(deps, tx, pinOf(cycle)),
      regions,
      facts: facts.get(cycle.id) ?? [],
      waivers: await listWaivers(tx, cycle.id),
    };
    const picture = drawPicture(deps, records, now);
    const way = findWay(picture, 'advance', null);
    const count = counts.get(cycle.id);
    rows.push({
      region: region.nuts,
      name: region.name,
      cycle: { id: cycle.id, number: cycle.number, version: cycle.version },
      stage: cycle.stage,
      stageLabels: picture.workflow.states.get(cycle.stage)?.labels ?? null,
      status: cycle.status,
      gate:
        way === null || way.verdict === null
          ? null
          : {
              gate: way.verdict.gate,
              to: way.event.to,
              verdict: way.verdict.verdict,
              missing: way.verdict.missing,
              failing: way.verdict.failing,
            },
      waivers: picture.waivers
        .filter(({ endsOn }) => picture.today <= endsOn)
        .map(({ rule, endsOn }) => ({ rule, endsOn })),
      tasksOpen: count?.open ?? 0,
      overdue: count?.overdue ?? 0,
    });
  }
  return rows;
}
