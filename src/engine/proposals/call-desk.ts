import { SYSTEM_ACTOR, type Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeCycle, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { listFacts } from '../../store/fact-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { callFacts } from './call-facts.js';
import type { CallRecord } from './call-record.js';
import { readDossier, type Dossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { findCallRecord, findCallRecordOf } from './find-call-record.js';

/** A call whose cycle this transaction has locked, with all that is known of its proposals. */
export interface CallDesk {
  readonly call: CallRecord;
  readonly cycle: CycleRow;
  /** Of the cycle, before the change. */
  readonly picture: CyclePicture;
  readonly dossier: Dossier;
  readonly actor: Actor;
  readonly now: Instant;
}

/** Who wants to change what of a call. */
export interface CallCommand extends CallRef {
  readonly actor: Actor;
  /** Of the call's cycle; null when any will do. */
  readonly expectedVersion: number | null;
}

/**
 * Opens a call for a change: the cycle is locked, so that nobody else changes its proposals meanwhile.
 *
 * @throws DomainError `call.not-found`, `version.stale`, `cycle.ended`; `event.not-possible` while it rests
 */
export async function openCallDesk(
  deps: EngineDeps,
  tx: Tx,
  command: CallCommand,
  now: Instant,
): Promise<CallDesk> {
  const found = await findCallRecord(deps, tx, command);
  const cycle = await lockCycle(tx, found.cycleId);
  if (cycle === null) throw new DomainError('call.not-found', { key: command.key });
  const { status, stage, version } = cycle;
  if (command.expectedVersion !== null && command.expectedVersion !== version) {
    throw new DomainError('version.stale', { expected: command.expectedVersion, current: version });
  }
  if (status === 'closed' || status === 'withdrawn') {
    throw new DomainError('cycle.ended', { cycle: cycle.id, status });
  }
  if (status !== 'active') throw new DomainError('event.not-possible', { stage, status, possible: [] });
  return deskOf(deps, tx, { cycle, actor: command.actor, now });
}

/** The desk of a call whose cycle this transaction has locked already, read anew. */
export async function deskOf(
  deps: EngineDeps,
  tx: Tx,
  { cycle, actor, now }: { readonly cycle: CycleRow; readonly actor: Actor; readonly now: Instant },
): Promise<CallDesk> {
  // Read under the lock: what it was before somebody else's commit does not count.
  const call = await findCallRecordOf(deps, tx, cycle.id);
  return {
    call,
    cycle,
    picture: await takePicture(deps, tx, cycle, now),
    dossier: await readDossier(tx, call),
    actor,
    now,
  };
}

/** @throws DomainError `call.not-possible` naming where the call would have to stand */
export function requireCallStage({ cycle }: CallDesk, stages: readonly string[]): void {
  if (!stages.includes(cycle.stage)) {
    throw new DomainError('call.not-possible', {
      stage: cycle.stage,
      stages,
      reason: `The call is ${cycle.stage}; this takes ${stages.join(' or ')}.`,
    });
  }
}

/** A change of what belongs to a call, as its history tells it; without what is private of a review. */
export interface CallChange {
  readonly change: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly [detail: string]: unknown;
}

/**
 * Leaves changes in the history of the call, derives again what its gates ask of the proposals, and raises the cycle's
 * version.
 */
export async function settleCall(
  deps: EngineDeps,
  tx: Tx,
  { cycle, actor, now }: CallDesk,
  changes: readonly CallChange[],
): Promise<void> {
  for (const details of changes) await appendLog(tx, cycle, { kind: 'call', actor, at: now, details });
  const { picture, call, dossier } = await deskOf(deps, tx, { cycle, actor, now });
  const before = new Map((await listFacts(tx, cycle.id)).map(({ fact, value }) => [fact, value]));
  const entries = Object.entries(callFacts(call, dossier))
    .filter(([fact, value]) => (before.get(fact) ?? null) !== value)
    .map(([fact, value]) => ({
      fact,
      value,
      precision: null,
      observedOn: null,
      evidence: null,
      note: null,
    }));
  if (entries.length === 0) await changeCycle(tx, cycle, { changedAt: now });
  else await putEntries(deps, tx, SYSTEM_ACTOR, { picture, entries });
}
