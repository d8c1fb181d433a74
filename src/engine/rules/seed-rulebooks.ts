import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { appendRulebookLog } from '../../store/rulebook-log-store.js';
import { addVersion, findVersion, lockRulebook } from '../../store/rulebook-version-store.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Enters the rulebooks of the files as published versions; what is entered already is left as it is, also if it has
 * been retired since. Gives `<id>/<version>` of those that are new.
 *
 * @throws DomainError `definition.hash-mismatch` when the database has another content under the same version: a
 *   file was changed after it had been in force, or it takes the number of a version that was published from a draft
 */
export async function seedRulebooks(deps: EngineDeps): Promise<readonly string[]> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const entered: string[] = [];
    for (const { id, version, hash, ...rulebook } of deps.catalog.rulebooks) {
      await lockRulebook(tx, id);
      const stored = await findVersion(tx, id, version);
      if (stored !== null) {
        if (stored.hash === hash) continue;
        const file = `rules/${id}/${version}.json`;
        const message = `it (or the fact catalogue that it names) is not what was published as version ${version}; undo the edit and give the change a new version`;
        const problem = { file, pointer: '', code: 'definition.hash-mismatch', message };
        throw new DomainError('definition.hash-mismatch', { file, problems: [problem] });
      }
      addVersion(tx, {
        id,
        version,
        hash,
        definition: rulebook.definition,
        catalogueId: rulebook.factCatalogue.id,
        catalogueVersion: rulebook.factCatalogue.version,
        effectiveFrom: rulebook.effectiveFrom,
        endsOn: null,
        origin: 'file',
        draftId: null,
        emergency: false,
        reason: `rules/${id}/${version}.json`,
        publishedBy: SYSTEM_ACTOR.id,
        publishedAt: now,
      });
      await appendRulebookLog(tx, {
        rulebook: id,
        version,
        draftId: null,
        kind: 'published',
        actor: SYSTEM_ACTOR,
        at: now,
        details: { hash, effectiveFrom: rulebook.effectiveFrom },
      });
      entered.push(`${id}/${version}`);
    }
    return entered;
  });
}
