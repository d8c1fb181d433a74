import type { Catalog } from '../catalog/catalog.js';
import type { Instant } from '../core/terms/instant.js';
import type { Database } from '../store/database.js';
import type { Tx } from '../store/tx.js';
import type { Workshop } from './workshop.js';

/** The scheme's time. In development and in a rehearsal it can be moved, so it is asked for in a transaction. */
export interface Clock {
  now(tx: Tx): Promise<Instant>;
}

/** What every verb of the engine works with. */
export interface EngineDeps {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** A new UUID; those made later sort later. */
  readonly newId: () => string;
  /** By what drafts of rulebooks are measured; absent: by the bare defaults (see `workshopOf`). */
  readonly workshop?: Workshop;
}
