import type { Instant } from '../../core/terms/instant.js';
import type { SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Has an activity or a call look at what has become of its sync point; of the scheme's own nobody has to. */
export async function recordScopeChange(
  deps: EngineDeps,
  tx: Tx,
  { scheme, id: syncPoint, scopeKind, scopeKey, template }: SyncPointRow,
  {
    change,
    regions,
    now,
  }: {
    readonly change: 'released' | 'dropped' | 'cancelled';
    readonly regions: readonly string[];
    readonly now: Instant;
  },
): Promise<void> {
  if (scopeKind === 'scheme' || (scopeKey ?? null) === null) return;
  await recordEffect(
    deps,
    tx,
    {
      type: 'scope-released',
      scheme,
      scope: { kind: scopeKind, key: scopeKey ?? '' },
      syncPoint,
      template: template ?? null,
      change,
      regions: [...regions],
    },
    now,
  );
}
