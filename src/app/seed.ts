import type { SchemeDefinition } from '../core/sync/scheme-definition.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { recordBaselines } from '../engine/history/record-baselines.js';
import { completeRegions } from '../engine/schemes/complete-regions.js';
import { openScheme } from '../engine/schemes/open-scheme.js';
import { seedRulebooks } from '../engine/rules/seed-rulebooks.js';
import { readSchemes } from '../engine/schemes/read-schemes.js';
import { keepTemplates } from '../engine/sync/keep-templates.js';

/**
 * Enters the rulebooks of the files as published versions, begins the journal of cycles from before, then opens the schemes of an empty database (see
 * `seedSchemes`).
 *
 * @throws DomainError `definition.hash-mismatch` when a file has another content than the version in force
 */
export async function seed(deps: EngineDeps, schemes: readonly SchemeDefinition[]): Promise<void> {
  await seedRulebooks(deps);
  await recordBaselines(deps);
  await seedSchemes(deps, schemes);
  await completeRegions(deps, schemes);
  await keepTemplates(deps, schemes);
}

/**
 * Opens the schemes of an empty database; one that is open is left as it is. Two processes that start at once
 * may both try: the second finds the scheme there.
 */
async function seedSchemes(
  deps: EngineDeps,
  schemes: readonly SchemeDefinition[],
): Promise<readonly string[]> {
  const open = new Set((await readSchemes(deps)).map(({ scheme }) => scheme.id));
  const opened: string[] = [];
  for (const scheme of schemes.filter(({ id }) => !open.has(id))) {
    try {
      await openScheme(deps, { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null, scheme });
      opened.push(scheme.id);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'scheme.exists') throw error;
    }
  }
  return opened;
}
