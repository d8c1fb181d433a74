import type { JointScope } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** A region of an activity or a call, at an instant. */
export interface ScopeMove {
  readonly scheme: string;
  readonly scope: JointScope;
  /** NUTS code. */
  readonly region: string;
  readonly now: Instant;
}

/** A region has done what its activity or call waits for: it arrives at those sync points of it, by a job. */
export async function arriveAt(
  deps: EngineDeps,
  tx: Tx,
  { scheme, scope, region, milestone, now }: ScopeMove & { readonly milestone: string },
): Promise<void> {
  await recordEffect(
    deps,
    tx,
    { type: 'sync-milestone', scheme, region, milestone, reachedAt: now, scope: { ...scope } },
    now,
  );
}
