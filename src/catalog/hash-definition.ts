import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/terms/canonical-json.js';

/**
 * The hash of a definition's content: lower-case hex SHA-256 of its canonical JSON.
 *
 * @throws DomainError `definition.invalid` for what JSON cannot say
 */
export function hashOfDefinition(definition: unknown): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}

/**
 * A rulebook's hash covers the catalogue that it names: a fact of another type or range makes other decisions, so a
 * cycle that is pinned to a rulebook is pinned to both.
 *
 * @param contentHash of the rulebook's own definition
 * @param catalogueHash empty where the catalogue is not there
 */
export function hashOfRulebook(contentHash: string, catalogueHash: string): string {
  return createHash('sha256').update(`${contentHash}\n${catalogueHash}`).digest('hex');
}
