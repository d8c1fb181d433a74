import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { IncidentRow } from '../../store/incident-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** An incident whose remedy somebody asks for, in a transaction that has locked its cycle, if it has one. */
export interface Remedying {
  readonly incident: IncidentRow;
  readonly actor: Actor;
  readonly now: Instant;
}

/** What a remedy has done. */
export interface RemedyOutcome {
  /** In a word or two, for the record. */
  readonly done: string;
  /** Whether the incident is over by it; one that is not stays open. */
  readonly settled: boolean;
}

export type Remedy = (deps: EngineDeps, tx: Tx, request: Remedying) => Promise<RemedyOutcome>;
