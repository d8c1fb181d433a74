import { readBoard, type BoardRow } from '../engine/schemes/read-board.js';
import type { DetailOf, RegionOutcome } from './rehearsal-event.js';
import { statesOf, type RehearsalRun } from './rehearsal-run.js';

/** Where everybody stands when the time is over, and how often what happened. */
export async function summarise(run: RehearsalRun): Promise<DetailOf<'finished'>> {
  const board = await readBoard(run.deps, run.scheme.id);
  return {
    type: 'finished',
    states: statesOf(run),
    outcomes: board.map((row) => outcomeOf(run, row)),
    counts: run.tally.counts(),
  };
}

function outcomeOf(run: RehearsalRun, row: BoardRow): RegionOutcome {
  return {
    region: row.region,
    name: row.name.en,
    stage: { id: row.stage, label: row.stageLabels?.en ?? row.stage },
    status: row.status,
    ...run.tally.entriesOf(row.region),
    held: heldBy(run, row),
  };
}

/** The last refusal tells more than the board, which looks at the way onwards only, not at closing. */
function heldBy(run: RehearsalRun, row: BoardRow): RegionOutcome['held'] {
  if (row.status === 'closed' || row.status === 'withdrawn') return null;
  const refused = run.refusals.get(row.region);
  if (refused !== undefined) {
    const { gate, verdict, failing, missing } = refused;
    return { gate: gate.label, verdict, failing: failing.map(({ rule }) => rule), missing };
  }
  if (row.gate === null || !['fail', 'unknown'].includes(row.gate.verdict)) return null;
  const { gate, verdict, failing, missing } = row.gate;
  return { gate: run.words.rulebook.gates.get(gate)?.labels.en ?? gate, verdict, failing, missing };
}
