import { differencesOf, startRebuild, type Rebuild } from '../../core/history/cycle-image.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { listChangePages, type CycleChangeRow } from '../../store/journal.js';
import { countLog, listLog, type LogRow } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { replaySteps } from './replay-steps.js';
import { sameValue } from './same-value.js';
import { storedImage } from './stored-image.js';

/** Pages and entries that are in memory at a time: a cycle may have some hundred thousand. */
const BATCH_PAGES_MAX = 500;

/**
 * What is wrong with the history of a cycle. `journal`: its pages do not add up; `row`: a row is not what they say;
 * `step`: the machine would have moved otherwise; `log`: an entry or a page is missing; `not-recorded`: the cycle has
 * no journal; `definition`: a version that it went by is not installed here, so its steps cannot be taken again.
 */
export interface HistoryFault {
  readonly cycleId: string;
  readonly kind: 'journal' | 'row' | 'step' | 'log' | 'not-recorded' | 'definition';
  /** Of the entry in the log; null for the state as a whole. */
  readonly sequence: number | null;
  readonly what: string;
}

/**
 * Rebuilds a cycle from its journal and compares the outcome with its rows, bit for bit, and takes every step of the
 * log again with the machine of its time. Writes nothing. Empty: everything is as it was recorded.
 */
export async function verifyCycle(
  deps: EngineDeps,
  tx: Tx,
  cycle: CycleRow,
): Promise<readonly HistoryFault[]> {
  const rebuild = startRebuild(sameValue);
  const faults: HistoryFault[] = [];
  const say = (kind: HistoryFault['kind'], sequence: number | null, what: string): void => {
    faults.push({ cycleId: cycle.id, kind, sequence, what });
  };
  let last = 0;
  for await (const pages of batches(tx, cycle.id)) {
    const entries = await entriesOf(tx, cycle.id, pages);
    for (const page of pages) {
      // A command that changed nothing (a refusal) leaves entries without a page; a page never shares an entry.
      if (page.firstSequence <= last) say('log', page.sequence, 'two pages hold the same entry');
      last = page.sequence;
      takePage(deps, rebuild, { page, entries, say });
    }
  }
  if (last === 0) say('not-recorded', null, 'the cycle has no journal');
  const { entries, lastSequence } = await countLog(tx, cycle.id);
  if (entries !== lastSequence) say('log', null, `${lastSequence - entries} entries are missing`);
  if (last > lastSequence) say('log', last, 'the entry of a page is missing');
  for (const what of differencesOf(rebuild.image, await storedImage(tx, cycle), sameValue)) {
    say('row', null, what);
  }
  return faults;
}

function takePage(
  deps: EngineDeps,
  rebuild: Rebuild,
  turn: {
    readonly page: CycleChangeRow;
    readonly entries: readonly LogRow[];
    readonly say: (kind: HistoryFault['kind'], sequence: number, what: string) => void;
  },
): void {
  const { page, say } = turn;
  const entries = turn.entries.filter(
    ({ sequence }) => sequence >= page.firstSequence && sequence <= page.sequence,
  );
  if (entries.length !== page.sequence - page.firstSequence + 1) {
    say('log', page.sequence, 'an entry of this page is missing');
  }
  const [before] = rebuild.image.cycles.values();
  for (const fault of rebuild.take(page)) {
    say('journal', fault.sequence, `${fault.table} ${fault.key}: ${fault.code}`);
  }
  const [after] = rebuild.image.cycles.values();
  for (const { kind, sequence, what } of replaySteps(deps, {
    before: before ?? null,
    after: after ?? null,
    entries,
  })) {
    say(kind, sequence, what);
  }
}

async function* batches(tx: Tx, cycleId: string): AsyncGenerator<readonly CycleChangeRow[], void> {
  for (let after = 0; ;) {
    const pages = await listChangePages(tx, cycleId, { after, limit: BATCH_PAGES_MAX });
    if (pages.length > 0) yield pages;
    if (pages.length < BATCH_PAGES_MAX) return;
    after = pages.at(-1)?.sequence ?? after;
  }
}

async function entriesOf(
  tx: Tx,
  cycleId: string,
  pages: readonly CycleChangeRow[],
): Promise<readonly LogRow[]> {
  const first = pages[0]?.firstSequence ?? 1;
  const last = pages.at(-1)?.sequence ?? 0;
  return listLog(tx, cycleId, { after: first - 1, limit: last - first + 1 });
}
