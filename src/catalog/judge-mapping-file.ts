import type { Workflow } from '../core/machines/compile-workflow.js';
import { judgeMapping } from '../core/machines/judge-mapping.js';
import { mappingSchema } from '../core/machines/mapping-schema.js';
import { deepFreeze } from '../core/terms/deep-freeze.js';
import type { Problem } from '../core/terms/problem.js';
import { schemaProblems } from '../core/terms/schema-problems.js';
import type { WorkflowMapping } from './catalog.js';
import type { DefinitionFile, FilesRead } from './definition-files.js';
import { versionsOf } from './mapping-files.js';

/**
 * Judges one mapping file against the versions that its name names.
 *
 * @param workflows those that are in order
 * @param flows what was read of workflows: of one with a fault, or unreadable, nothing more is said here
 */
export function judgeMappingFile(
  { file, id, definition, hash }: DefinitionFile,
  workflows: readonly Workflow[],
  flows: FilesRead,
): WorkflowMapping | { readonly problems: readonly Problem[] } {
  const parsed = mappingSchema.safeParse(definition);
  if (!parsed.success) return { problems: schemaProblems(parsed.error, definition) };

  const mapping = parsed.data;
  const named = versionsOf(file) ?? { from: mapping.from.version, to: mapping.to.version };
  const problems: Problem[] = [];
  const workflowAt = (side: 'from' | 'to'): Workflow | undefined => {
    const version = named[side];
    const found = workflows.find((one) => one.id === id && one.version === version);
    if (found !== undefined) return found;
    const isThere = flows.files.some((one) => one.id === id && one.version === version);
    if (!isThere && flows.problems.length === 0) {
      const message = `there is no ${id}/${version}.json`;
      problems.push({ pointer: `/${side}`, code: 'definition.not-found', message });
    }
    return undefined;
  };
  const [from, to] = [workflowAt('from'), workflowAt('to')];
  if (from !== undefined && to !== undefined) problems.push(...judgeMapping(mapping, from, to));
  if (problems.length > 0 || from === undefined || to === undefined) return { problems };
  return deepFreeze({ ...mapping, hash });
}
