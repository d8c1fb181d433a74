import type { Actor } from '../../core/terms/actor.js';

/** Who ends a sync point by hand, and why. */
export interface SyncHand {
  readonly actor: Actor;
  readonly reason: string;
}
