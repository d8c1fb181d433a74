import type { Actor } from '../../core/terms/actor.js';

/** Where the cycles of a workflow are to go. */
export interface MigrationWish {
  /** Id of the workflow. */
  readonly workflow: string;
  readonly toVersion: number;
}

/** On whose behalf, and as part of which operation. */
export interface MigrationOrder {
  readonly actor: Actor;
  readonly reason: string;
  readonly operationId: string;
}
