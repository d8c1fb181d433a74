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
}
