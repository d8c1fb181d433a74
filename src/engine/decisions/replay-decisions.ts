import { contextOf } from '../../core/gates/decision-inputs.js';
import { judgeInputs } from '../../core/gates/judge-inputs.js';
import type { VerdictWord } from '../../core/gates/verdict.js';
import type { Actor } from '../../core/terms/actor.js';
import { canonicalJson } from '../../core/terms/canonical-json.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  countDecisions,
  findSeals,
  listDecisions,
  listLostDecisions,
  type DecisionRow,
} from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';
import { getCycle } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { decisionRulebook } from './decision-rulebook.js';
import { readInBatches } from './read-in-batches.js';
import { sealDecision } from './seal-decision.js';
import { storedInputs } from './stored-inputs.js';

/** Differences that are told one by one; beyond them they are only counted. */
const DIFFERENCES_TOLD_MAX = 1_000;

const OPENING: ReadonlySet<VerdictWord> = new Set(['pass', 'conditional', 'waived']);

/**
 * What does not come out as it stands in the database. `verdict`: another word; `leaves`: another reason or anything
 * else in the verdict; `stale`: other facts count as too old; `columns`: the row does not say what its own verdict
 * says; `outcome`: moved although the gate was shut; `definition`: the rulebook or workflow is not installed as it
 * was; `seal`: the row is not the one that the log has sealed; `lost`: the log names a decision that is not there.
 */
export type ReplayDifferenceKind =
  'verdict' | 'leaves' | 'stale' | 'columns' | 'outcome' | 'definition' | 'seal' | 'lost';

export interface ReplayDifference {
  readonly decision: string;
  readonly cycleId: string;
  readonly sequence: number;
  readonly kind: ReplayDifferenceKind;
  readonly stored: string;
  readonly recomputed: string;
}

export interface ReplayReport {
  readonly decisions: number;
  readonly differing: number;
  /** At most 1,000. */
  readonly differences: readonly ReplayDifference[];
}

/**
 * Works out every stored decision again, from its stored inputs and with its stored versions, and compares. Reads
 * one unchanging picture of the database and writes nothing.
 *
 * @param query.cycleId one cycle; null: all
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`
 */
export async function replayDecisions(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string | null },
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReplayReport> {
  requireRole(query.actor, ['administrator', 'auditor', 'system']);
  const filter = query.cycleId === null ? {} : { cycleId: query.cycleId };
  return deps.database.read(async (tx) => {
    if (query.cycleId !== null) await getCycle(tx, query.actor, query.cycleId);
    const total = await countDecisions(tx, filter);
    const lost = (await listLostDecisions(tx, DIFFERENCES_TOLD_MAX)).filter(
      ({ cycleId }) => query.cycleId === null || query.cycleId === cycleId,
    );
    const differences: ReplayDifference[] = lost.map(({ id, cycleId, sequence }) => ({
      decision: id,
      cycleId,
      sequence,
      kind: 'lost',
      stored: 'named in the log',
      recomputed: 'no such decision',
    }));
    let differing = differences.length;
    let done = 0;
    for await (const batch of readInBatches((page) => listDecisions(tx, { ...filter, ...page }))) {
      const seals = await findSeals(
        tx,
        batch.map(({ id }) => id),
      );
      for (const decision of batch) {
        const difference = await replay(deps, tx, decision, seals.get(decision.id) ?? null);
        if (difference === null) continue;
        differing += 1;
        if (differences.length < DIFFERENCES_TOLD_MAX) differences.push(difference);
      }
      done += batch.length;
      onProgress(done, total);
    }
    return { decisions: done, differing, differences };
  });
}

/** The first difference of a decision; null: it comes out as it is stored. */
async function replay(
  deps: EngineDeps,
  tx: Tx,
  decision: DecisionRow,
  sealed: string | null,
): Promise<ReplayDifference | null> {
  const { id, cycleId, sequence, verdict } = decision;
  const differs = (kind: ReplayDifferenceKind, stored: string, recomputed: string): ReplayDifference => ({
    decision: id,
    cycleId,
    sequence,
    kind,
    stored,
    recomputed,
  });
  try {
    deps.catalog.workflow({
      id: decision.workflowId,
      version: decision.workflowVersion,
      hash: decision.workflowHash,
    });
    const rulebook = await decisionRulebook(deps, tx, decision);
    const inputs = storedInputs(deps, decision);
    const again = judgeInputs(rulebook, inputs);
    if (again?.verdict !== verdict.verdict) {
      return differs('verdict', verdict.verdict, again?.verdict ?? 'no such gate');
    }
    const [stored, recomputed] = [canonicalJson(verdict), canonicalJson(again)];
    if (stored !== recomputed) return differs('leaves', ...aroundDifference(stored, recomputed));

    const stale = [...contextOf(rulebook.catalogue, inputs).stale];
    if (stale.toSorted().join() !== decision.stale.toSorted().join()) {
      return differs('stale', decision.stale.join(), stale.join());
    }
    const said = `${decision.gate} ${decision.verdictWord}`;
    const says = `${verdict.gate} ${verdict.verdict}`;
    if (said !== says) return differs('columns', said, says);
    if (decision.outcome === 'moved' && !OPENING.has(verdict.verdict)) {
      return differs('outcome', 'moved', verdict.verdict);
    }
    const seal = await sealDecision(decision);
    return seal === sealed ? null : differs('seal', sealed ?? 'not in the log', seal);
  } catch (error) {
    // A version or calendar that is gone, or a row that is no decision any more: told like any other difference, so
    // that one of them does not hide the rest.
    if (error instanceof DomainError) return differs('definition', 'as pinned', error.code);
    if (error instanceof TypeError) return differs('columns', 'readable', error.message);
    throw error;
  }
}

const SHOWN_BEFORE = 60;
const SHOWN_AFTER = 120;

/** The part of two long texts in which they begin to differ. */
function aroundDifference(one: string, other: string): [string, string] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - SHOWN_BEFORE);
  return [one.slice(from, at + SHOWN_AFTER), other.slice(from, at + SHOWN_AFTER)];
}
