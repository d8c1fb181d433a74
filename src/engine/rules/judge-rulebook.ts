import { compileRulebook, type CompiledRulebook } from '../../core/gates/compile-rulebook.js';
import { findExcess } from '../../core/rulebooks/find-excess.js';
import { definitionRefSchema } from '../../core/terms/definition-ref.js';
import type { Problem } from '../../core/terms/problem.js';
import { hashOfDefinition, hashOfRulebook } from '../../catalog/hash-definition.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Judges the content of a rulebook as the door of the process judges a file: its limits before anything else, so
 * that a hostile document is refused in bounded time, then its shape, its conditions, its references.
 */
export function judgeRulebook(deps: EngineDeps, definition: unknown): CompiledRulebook {
  const excess = findExcess(definition);
  if (excess !== null) return { problems: [excess] };
  const ref = definitionRefSchema.safeParse(Object(definition).factCatalogue);
  const catalogue = deps.catalog.factCatalogues.find(
    ({ id, version }) => ref.success && id === ref.data.id && version === ref.data.version,
  );
  if (ref.success && catalogue === undefined) {
    const message = `There is no fact catalogue ${ref.data.id}/${ref.data.version}.`;
    const problem: Problem = { pointer: '/factCatalogue', code: 'definition.not-found', message };
    return { problems: [problem] };
  }
  const hash = hashOfRulebook(hashOfDefinition(definition), catalogue?.hash ?? '');
  return compileRulebook(definition, catalogue?.facts ?? new Map(), hash);
}
