import { DomainError } from '../core/terms/domain-error.js';
import { findInvisibleText } from '../core/gates/invisible-text.js';
import { judgeScheme } from '../core/sync/judge-scheme.js';
import { schemeDefinitionSchema, type SchemeDefinition } from '../core/sync/scheme-definition.js';
import { deepFreeze } from '../core/terms/deep-freeze.js';
import type { Problem } from '../core/terms/problem.js';
import type { Catalog } from './catalog.js';
import { inFile, readFlatFiles, refuseProblems, type DefinitionFile } from './definition-files.js';
import { judgePairing } from './judge-pairing.js';

/**
 * Reads every `<dir>/<id>.json` as a scheme and judges it against the definitions that it names.
 *
 * @throws DomainError `definition.unreadable` or `definition.invalid` with all problems of all files
 */
export function loadSchemes(
  dir: string,
  catalog: Catalog,
  noticeTemplates: ReadonlySet<string>,
): readonly SchemeDefinition[] {
  const read = readFlatFiles(dir);
  refuseProblems([
    ...read.problems,
    ...read.files.flatMap((file) => inFile(file.file, judgeFile(file, catalog, noticeTemplates))),
  ]);
  return read.files.map(({ definition }) => deepFreeze(schemeDefinitionSchema.parse(definition)));
}

function judgeFile(
  { definition }: DefinitionFile,
  catalog: Catalog,
  templates: ReadonlySet<string>,
): Problem[] {
  const { calendars } = catalog;
  const parsed = schemeDefinitionSchema.safeParse(definition);
  // Its own faults first: what it names is only known when it can be read.
  if (!parsed.success) return judgeScheme(definition, { calendars, milestones: new Set(), templates });

  const workflow = findOr(() => catalog.workflow(parsed.data.workflow));
  const rulebook = findOr(() => catalog.rulebook(parsed.data.rulebook));
  if (workflow === null) return [notFound('/workflow')];
  const milestones = new Set(workflow.milestones.keys());
  return [
    ...judgeScheme(definition, {
      calendars,
      milestones,
      templates,
      ...(rulebook === null ? {} : { catalogue: rulebook.catalogue }),
    }),
    ...findInvisibleText(definition),
    ...(rulebook === null ? [notFound('/rulebook')] : []),
    ...(rulebook === null
      ? []
      : judgePairing(workflow, rulebook).map((one) => ({ ...one, pointer: '/rulebook' }))),
  ];
}

function findOr<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'definition.not-found') return null;
    throw error;
  }
}

function notFound(pointer: string): Problem {
  return { pointer, code: 'definition.not-found', message: 'this version is not installed' };
}
