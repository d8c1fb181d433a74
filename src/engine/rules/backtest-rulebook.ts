import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { compileGate, type CompiledGate } from '../../core/gates/compile-gate.js';
import { contextOf } from '../../core/gates/decision-inputs.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { verdictChanges, type RuleChange } from '../../core/gates/verdict-changes.js';
import type { Verdict, VerdictWord } from '../../core/gates/verdict.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  countDecisions,
  findDecisions,
  listDecisionBases,
  type DecisionBasis,
  type DecisionFilter,
} from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';
import { readInBatches } from '../decisions/read-in-batches.js';
import { storedInputs } from '../decisions/stored-inputs.js';
import type { EngineDeps } from '../engine-deps.js';

/** A decision that would have come out otherwise. */
export interface Flip {
  readonly decision: string;
  readonly cycleId: string;
  readonly region: string;
  readonly gate: string;
  readonly at: Instant;
  readonly today: CalendarDate;
  readonly before: VerdictWord;
  /** Null: the rulebook has no such gate. */
  readonly after: VerdictWord | null;
  /** The rules that caused it: those that say otherwise, or that only one of the two asks. */
  readonly rules: readonly RuleChange[];
}

export interface BacktestReport {
  /** How many decisions were run. */
  readonly decisions: number;
  readonly flipped: number;
  /** Of those that flipped: shut then, open now; and the other way round. */
  readonly newlyAdmitted: number;
  readonly newlyRefused: number;
  /** In the order of the decisions, at most `limits.flipsMax`. */
  readonly flips: readonly Flip[];
  /** False: there are more decisions than were run, or more flips than are listed. */
  readonly isComplete: boolean;
}

export interface BacktestLimits {
  readonly decisionsMax: number;
  readonly flipsMax: number;
}

const UNLIMITED: BacktestLimits = { decisionsMax: Infinity, flipsMax: Infinity };
const OPENING: ReadonlySet<VerdictWord | null> = new Set<VerdictWord>(['pass', 'conditional', 'waived']);

/**
 * Runs a rulebook on every stored decision: what it would have said, had it been in force, on what was known then.
 * Of a decision that stands only the verdict is worked out; its reasons are of interest only where it flips.
 *
 * @param rulebook any: published, or compiled from a draft
 */
export async function backtestRulebook(
  deps: Pick<EngineDeps, 'catalog'>,
  tx: Tx,
  request: {
    readonly rulebook: Rulebook;
    readonly filter: DecisionFilter;
    readonly limits?: BacktestLimits;
  },
  onProgress: (done: number, total: number) => void = () => {},
): Promise<BacktestReport> {
  const { rulebook, limits = UNLIMITED } = request;
  const filter = { ...request.filter, rulebookId: rulebook.id };
  const total = await countDecisions(tx, filter);
  const gates = new Map([...rulebook.gates.keys()].map((id) => [id, compileGate(rulebook, id)]));
  const flips: Flip[] = [];
  let [done, flipped, newlyAdmitted, newlyRefused] = [0, 0, 0, 0];
  for await (const batch of readInBatches((page) => listDecisionBases(tx, { ...filter, ...page }))) {
    const wanted = batch.slice(0, limits.decisionsMax - done);
    const turned = wanted.flatMap((decision) => rerun(deps, rulebook, gates.get(decision.gate), decision));
    flipped += turned.length;
    newlyAdmitted += turned.filter(({ before, after }) => !isOpen(before) && isOpen(after)).length;
    newlyRefused += turned.filter(({ before, after }) => isOpen(before) && !isOpen(after)).length;
    flips.push(...(await explain(tx, turned.slice(0, limits.flipsMax - flips.length))));
    done += wanted.length;
    onProgress(done, total);
    if (done >= limits.decisionsMax) break;
  }
  const isComplete = done >= total && flips.length === flipped;
  return { decisions: done, flipped, newlyAdmitted, newlyRefused, flips, isComplete };
}

/** A flip, and how the verdict that the other rulebook gives is worked out in full. */
interface Turned extends Omit<Flip, 'rules'> {
  readonly verdict: () => Verdict | null;
}

/** Nothing where the decision stands. */
function rerun(
  deps: Pick<EngineDeps, 'catalog'>,
  rulebook: Rulebook,
  gate: CompiledGate | undefined,
  basis: DecisionBasis,
): readonly Turned[] {
  const { id, cycleId, region, at, today, waivers, verdictWord } = basis;
  const context = contextOf(rulebook.catalogue, storedInputs(deps, basis));
  const after = gate?.word(context, waivers) ?? null;
  if (after === verdictWord) return [];
  const verdict = () => gate?.verdict(context, waivers) ?? null;
  return [
    { decision: id, cycleId, region, gate: basis.gate, at, today, before: verdictWord, after, verdict },
  ];
}

/** What was decided is read for the flips alone: they are few. */
async function explain(tx: Tx, turned: readonly Turned[]): Promise<readonly Flip[]> {
  const ids = turned.map(({ decision }) => decision);
  const decided = new Map((await findDecisions(tx, ids)).map(({ id, verdict }) => [id, verdict]));
  return turned.flatMap(({ verdict, ...flip }): Flip[] => {
    const before = decided.get(flip.decision);
    return before === undefined ? [] : [{ ...flip, rules: verdictChanges(before, verdict()) }];
  });
}

function isOpen(word: VerdictWord | null): boolean {
  return OPENING.has(word);
}
