import type { JointScope } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import { listSyncTemplates } from '../../store/sync-template-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { placePoint } from './place-point.js';

/** An activity or a call that gets its sync points. */
export interface ScopePlacement {
  readonly scheme: string;
  readonly scope: JointScope['kind'];
  /** Of the activity or the call. */
  readonly key: string;
  /** NUTS codes. */
  readonly members: readonly string[];
  readonly now: Instant;
}

/**
 * Gives an activity or a call the sync points that the scheme's templates foresee, with its regions as members: the
 * template `S2` becomes the point `S2-<KEY>`. Gives their ids; none where there is no member or no template.
 *
 * @throws DomainError `sync-point.invalid` for a member that is not in the scheme
 */
export async function placeSyncPoints(
  deps: EngineDeps,
  tx: Tx,
  { scheme, scope, key, members, now }: ScopePlacement,
): Promise<readonly string[]> {
  if (members.length === 0) return [];
  const placed: string[] = [];
  for (const template of await listSyncTemplates(tx, scheme, scope)) {
    const { scope: _scope, source: _source, ...point } = template;
    const id = `${template.id}-${key}`;
    await placePoint(deps, tx, {
      scheme,
      definition: { ...point, id, members },
      scope: { kind: scope, key },
      template: template.id,
      now,
    });
    placed.push(id);
  }
  return placed;
}
