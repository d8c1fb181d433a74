import { DomainError } from '../../core/terms/domain-error.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { CycleEvent } from '../../core/machines/workflow-schema.js';
import { ALL_DAYS } from '../../core/logic/universe.js';
import { openingSets } from '../../core/gates/opening-sets.js';
import { toDayNumber } from '../../core/calendar/calendar-date.js';
import { lockCycle } from '../../store/cycle-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { decideMove } from '../cycles/decide-move.js';
import { findWay, isOpen } from '../cycles/find-way.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { recordFacts } from '../facts/record-facts.js';
import type { HypotheticalFact } from './fork-wish.js';

/** What came of an act. */
export interface Acted {
  readonly outcome: 'done' | 'refused';
  readonly code: string | null;
  /** Where an event led, or would have led. */
  readonly to: string | null;
  readonly facts: readonly string[];
}

const asSystem = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;

/** Kept with every fact that only a fork knows. */
export const HYPOTHETICAL_NOTE = 'What if.';

/** Records hypothetical facts of one cycle, as somebody would who may. */
export async function actFacts(
  deps: EngineDeps,
  cycleId: string,
  facts: readonly Pick<HypotheticalFact, 'fact' | 'value' | 'precision'>[],
): Promise<Acted> {
  const entries = facts.map(({ fact, value, precision }) => ({
    fact,
    value,
    precision,
    observedOn: null,
    evidence: null,
    note: HYPOTHETICAL_NOTE,
  }));
  return acting({ to: null, facts: facts.map(({ fact }) => fact) }, async () => {
    await recordFacts(deps, { ...asSystem, cycleId, facts: entries });
    return { outcome: 'done', code: null };
  });
}

/** Expresses a wish about one cycle. A refusal is a normal answer here too. */
export async function actEvent(
  deps: EngineDeps,
  cycleId: string,
  wish: { readonly type: CycleEvent; readonly to: string | null },
): Promise<Acted> {
  return acting({ to: wish.to, facts: [] }, async () => {
    const command = { ...asSystem, cycleId, note: HYPOTHETICAL_NOTE, decidedOn: null };
    const decision = await decideMove(deps, command, wish);
    if (decision.kind === 'moved') return { outcome: 'done', code: null, to: decision.transition.to };
    const to = decision.code === 'gate.refused' ? decision.to : wish.to;
    return { outcome: 'refused', code: decision.code, to };
  });
}

/**
 * Records the smallest set of facts that opens the next gate of a cycle, with the values nearest to what is recorded and
 * no day after today. Null: it is open already. Refused with `gate.refused`: no facts open it.
 */
export async function assumeFacts(deps: EngineDeps, cycleId: string): Promise<Acted | null> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const cycle = await lockCycle(tx, cycleId);
    if (cycle === null) return null;
    const picture = await takePicture(deps, tx, cycle, now);
    const way = findWay(picture, 'advance', null);
    if (way === null || way.verdict === null || isOpen(way)) return null;
    const { rulebook, context, waivers, today } = picture;
    const question = { rulebook, gate: way.verdict.gate, context, waivers };
    const days = { lo: ALL_DAYS.lo, hi: toDayNumber(today) };
    const [smallest] = openingSets({ ...question, bound: 1, days }).sets;
    if (smallest === undefined) {
      return { outcome: 'refused', code: 'gate.refused', to: way.event.to, facts: [] };
    }
    const entries = smallest.changes.map(({ fact, to, recorded }) => ({
      fact,
      value: to,
      precision: recorded.precision,
      observedOn: null,
      evidence: null,
      note: HYPOTHETICAL_NOTE,
    }));
    await putEntries(deps, tx, SYSTEM_ACTOR, { picture, entries });
    return { outcome: 'done', code: null, to: null, facts: entries.map(({ fact }) => fact) };
  });
}

async function acting(
  about: Pick<Acted, 'to' | 'facts'>,
  work: () => Promise<Pick<Acted, 'outcome' | 'code'> & Partial<Acted>>,
): Promise<Acted> {
  try {
    return { ...about, ...(await work()) };
  } catch (error) {
    // What cannot be done in the fork is told, and the play goes on: that it cannot is an answer too.
    if (!(error instanceof DomainError)) throw error;
    return { ...about, outcome: 'refused', code: error.code };
  }
}
