import type { SchemeDefinition } from '../../core/sync/scheme-definition.js';
import { putSyncTemplates } from '../../store/sync-template-store.js';
import { findScheme } from '../../store/scheme-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Takes over what every activity and call of the open schemes gets from now on, as the files say now. */
export async function keepTemplates(deps: EngineDeps, schemes: readonly SchemeDefinition[]): Promise<void> {
  await deps.database.transact(async (tx) => {
    for (const { id, syncPointTemplates } of schemes) {
      if ((await findScheme(tx, id)) !== null) await putSyncTemplates(tx, id, syncPointTemplates);
    }
  });
}
