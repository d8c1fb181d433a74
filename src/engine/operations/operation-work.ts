import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { OperationVerb } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { OrderOf } from './operation-order.js';

/** A cycle or task to which the verb is done. */
export interface Subject {
  readonly kind: 'cycle' | 'task';
  readonly id: string;
  readonly region: string;
}

/** What the verb does to a subject, or has done. */
export interface ItemResult {
  /** `refused`: it may not be; `unchanged`: it is so already. */
  readonly result: 'done' | 'refused' | 'unchanged';
  /** An error code where it is refused; else a word for what happens. */
  readonly code: string;
  /** One English sentence; null where the code has one of its own. */
  readonly words: string | null;
  /** What belongs to the verb: stages and verdict, from whom to whom, what a migration changes. Plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** One subject of an order, at one instant. */
export interface WorkItem<Verb extends OperationVerb> {
  readonly order: OrderOf<Verb>;
  readonly subject: Subject;
  readonly now: Instant;
}

/** A verb that can be done to many subjects, one by one. */
export interface OperationWork<Verb extends OperationVerb> {
  /** The subjects of an order, at most `limit`, in the order in which they are to be done. */
  select(deps: EngineDeps, tx: Tx, order: OrderOf<Verb>, limit: number): Promise<readonly Subject[]>;
  /** What would happen to a subject now. Writes nothing. A DomainError stands for a refusal. */
  plan(deps: EngineDeps, tx: Tx, item: WorkItem<Verb>): Promise<ItemResult>;
  /** Does it, in this transaction, as the starter of the operation. A DomainError stands for a refusal. */
  run(
    deps: EngineDeps,
    tx: Tx,
    item: WorkItem<Verb> & {
      readonly actor: Actor;
      /** Id of the operation, for the entries in the log. */
      readonly operationId: string;
    },
  ): Promise<ItemResult>;
}
