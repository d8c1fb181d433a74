import type { Catalog } from '../catalog/catalog.js';
import type { Rulebook } from '../core/gates/rulebook.js';
import type { Instant } from '../core/terms/instant.js';
import type { Database } from '../store/database.js';
import type { Tx } from '../store/tx.js';
import type { Workshop } from './workshop.js';

/** The scheme's time. In development and in a rehearsal it can be moved, so it is asked for in a transaction. */
export interface Clock {
  now(tx: Tx): Promise<Instant>;
}

/** A rulebook that is only tried out: asked beside the one that decides, never obeyed. */
export interface ShadowedRulebook {
  readonly draftId: string;
  readonly rulebook: Rulebook;
}

/** A clock that shows what a play says, and never goes back. */
export interface ForkClock extends Clock {
  set(instant: Instant): void;
  shows(): Instant;
}

/** An engine on the rows of a fork. Nothing of what it does leaves the fork's own schema. */
export interface ForkStage {
  readonly deps: EngineDeps & { readonly clock: ForkClock };
  /** Fires the timers that are due and applies every effect that changes something, until nothing is left to do. */
  drain(): Promise<void>;
}

/** Where forks are played: handed in, because whoever carries effects out stands above the engine. */
export interface ForkTheatre {
  /** @param schema made by `branchOff` */
  open(schema: string, start: Instant): ForkStage;
}

/** What every verb of the engine works with. */
export interface EngineDeps {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** A new UUID; those made later sort later. */
  readonly newId: () => string;
  /** The rulebooks that are tried out beside the rulebook of this id; absent: none ever is. */
  readonly shadows?: (tx: Tx, rulebookId: string) => Promise<readonly ShadowedRulebook[]>;
  /** By what drafts of rulebooks are measured; absent: by the bare defaults (see `workshopOf`). */
  readonly workshop?: Workshop;
  /** Where forks of a scheme are played; absent: nowhere. */
  readonly forks?: ForkTheatre;
}
