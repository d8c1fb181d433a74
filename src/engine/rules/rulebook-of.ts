import type { DefinitionPin } from '../../catalog/catalog.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { RulebookDefinition } from '../../core/gates/rulebook-schema.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findVersion } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeRulebook } from './judge-rulebook.js';

/** Compiled rulebooks from the database that a process keeps: many times what is in use at once. */
const RULEBOOKS_KEPT_MAX = 64;

/** By hash, which covers the whole content and the catalogue: a hit can be of no other rulebook. */
const kept = new Map<string, Rulebook>();

/**
 * The rulebook that a cycle is pinned to: from the files, otherwise from the published versions in the database.
 *
 * @throws DomainError `definition.not-found`; `definition.hash-mismatch` when the version has another content than
 *   the pinned one, or than its own hash says; `definition.invalid` when this program cannot read it any more
 */
export async function rulebookOf(deps: EngineDeps, tx: Tx, pin: DefinitionPin): Promise<Rulebook> {
  const { id, version, hash } = pin;
  const file = deps.catalog.rulebooks.find((one) => one.id === id && one.version === version);
  if (file !== undefined && (hash === undefined || hash === file.hash)) return file;
  const known = hash === undefined ? undefined : kept.get(hash);
  if (known !== undefined && known.id === id && known.version === version) return known;

  const row = await findVersion(tx, id, version);
  // The catalog names what is wrong: there is no such version, or one with another content.
  if (row === null) return deps.catalog.rulebook(pin);
  if (hash !== undefined && hash !== row.hash) {
    throw new DomainError('definition.hash-mismatch', { id, version, pinned: hash, stored: row.hash });
  }
  return compileStored(deps, row);
}

/** What was saved, compiled once per hash. Errors: see `rulebookOf`. */
export function compileStored(
  deps: EngineDeps,
  stored: { readonly hash: string; readonly definition: RulebookDefinition },
): Rulebook {
  const known = kept.get(stored.hash);
  if (known !== undefined) return known;
  const compiled = judgeRulebook(deps, stored.definition);
  const { id, version } = stored.definition;
  if ('problems' in compiled) {
    throw new DomainError('definition.invalid', { id, version, problems: compiled.problems });
  }
  const { rulebook } = compiled;
  if (rulebook.hash !== stored.hash) {
    throw new DomainError('definition.hash-mismatch', {
      id,
      version,
      said: stored.hash,
      found: rulebook.hash,
    });
  }
  const [oldest] = kept.keys();
  if (kept.size >= RULEBOOKS_KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(rulebook.hash, rulebook);
  return rulebook;
}
