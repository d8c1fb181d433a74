import { basename } from 'node:path';
import type { WorkingCalendar } from '../core/calendar/working-calendar.js';
import { compileRulebook } from '../core/gates/compile-rulebook.js';
import { findInvisibleText } from '../core/gates/invisible-text.js';
import type { Rulebook } from '../core/gates/rulebook.js';
import { compileWorkflow, type Workflow } from '../core/machines/compile-workflow.js';
import { judgeWorkflow, type WorkflowSurroundings } from '../core/machines/judge-workflow.js';
import { workflowSchema } from '../core/machines/workflow-schema.js';
import { deepFreeze } from '../core/terms/deep-freeze.js';
import { definitionRefSchema } from '../core/terms/definition-ref.js';
import type { Problem } from '../core/terms/problem.js';
import { FACTS_ID, makeCatalog, type Catalog, type CatalogueVersion } from './catalog.js';
import {
  inFile,
  readFlatFiles,
  readVersionedFiles,
  refuseProblems,
  type DefinitionFile,
  type FileProblem,
} from './definition-files.js';
import { hashOfRulebook } from './hash-definition.js';
import { judgeFactCatalogue } from './judge-fact-catalogue.js';
import { judgeMappingFile } from './judge-mapping-file.js';
import { loadActivities } from './load-activities.js';
import { loadLadders } from './load-ladders.js';
import { readMappingFiles } from './mapping-files.js';
import { readCalendar } from './read-calendar.js';

/** Where definitions come from. */
export interface CatalogSources {
  /** Holds `facts/<n>.json` and `<rulebook>/<n>.json`. */
  readonly rulesDir: string;
  /** Holds `<workflow>/<n>.json` and `<workflow>/migrations/<from>-to-<to>.json`. */
  readonly workflowsDir: string;
  /** Holds `<calendar>.json`. */
  readonly calendarsDir: string;
  /** Holds `default.json`. */
  readonly laddersDir: string;
  /** Holds `default.json`. */
  readonly activitiesDir: string;
  /** Names of the notices that can be written; a workflow may cause no other. */
  readonly noticeTemplates: ReadonlySet<string>;
  /** Those of them that can be written from what a reminder brings. */
  readonly reminderTemplates: ReadonlySet<string>;
}

interface Faulty {
  readonly problems: readonly Problem[];
}

interface Judged<T> {
  readonly items: readonly T[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads, judges, hashes and freezes all definitions. Everything is looked at before anything is refused, so that
 * one start names every fault. What follows only from another file's fault is left out: one broken catalogue is
 * not reported again by each rule that uses it.
 *
 * @throws DomainError `definition.unreadable` or `definition.invalid`, as `refuseProblems` says
 */
export function loadCatalog(sources: CatalogSources): Catalog {
  const rules = readVersionedFiles(sources.rulesDir);
  const flows = readVersionedFiles(sources.workflowsDir);
  const ways = readMappingFiles(sources.workflowsDir);
  const days = readFlatFiles(sources.calendarsDir);

  const factFiles = rules.files.filter(({ id }) => id === FACTS_ID);
  const ruleFiles = rules.files.filter(({ id }) => id !== FACTS_ID);
  const catalogues = judgeEach(factFiles, judgeCatalogueFile);
  const hasAllCatalogues = factFiles.length > 0 && rules.problems.length + catalogues.problems.length === 0;
  const rulebooks = judgeEach(ruleFiles, (file) =>
    judgeRulebookFile(file, catalogues.items, hasAllCatalogues),
  );
  // What is not known now may stand in the file that could not be read.
  const isCertain = ({ code }: Problem): boolean =>
    !(code === 'fact.unknown' && !hasAllCatalogues) &&
    !(code === 'gate.unknown' && rules.problems.length > 0);
  const surroundings: WorkflowSurroundings = {
    gates: gatesOf(ruleFiles),
    facts: new Map(catalogues.items.flatMap(({ facts }) => [...facts])),
    templates: sources.noticeTemplates,
  };
  const workflows = judgeEach<Workflow>(flows.files, (file) => {
    const judged = judgeWorkflowFile(file, surroundings);
    return 'problems' in judged ? { problems: judged.problems.filter(isCertain) } : judged;
  });
  const mappings = judgeEach(ways.files, (file) => judgeMappingFile(file, workflows.items, flows));
  const calendars = judgeEach<WorkingCalendar>(days.files, ({ definition }) => readCalendar(definition));
  const hasAllWorkflows = flows.problems.length === 0 && workflows.items.length === flows.files.length;
  const { ladders, problems: faultyLadders } = loadLadders(sources.laddersDir, {
    templates: sources.reminderTemplates,
    references: hasAllWorkflows ? subStepsOf(workflows.items) : null,
  });

  const { activities, problems: faultyActivities } = loadActivities(sources.activitiesDir);

  refuseProblems([
    ...[rules, flows, ways, days, catalogues, rulebooks, workflows, mappings, calendars].flatMap(
      ({ problems }) => problems,
    ),
    // In rulebooks `compileRulebook` looks for it.
    ...[...factFiles, ...flows.files, ...ways.files, ...days.files].flatMap(({ file, definition }) => {
      return inFile(file, findInvisibleText(definition));
    }),
    ...faultyLadders,
    ...faultyActivities,
    ...missing(sources, { factFiles, ruleFiles, workflowFiles: flows.files, calendarFiles: days.files }),
  ]);
  return makeCatalog({
    workflows: workflows.items,
    rulebooks: rulebooks.items,
    factCatalogues: catalogues.items,
    calendars: new Map(calendars.items.map((calendar) => [calendar.id, calendar])),
    mappings: mappings.items,
    ...(ladders === null ? {} : { ladders }),
    activities,
  });
}

function judgeCatalogueFile({ definition, hash }: DefinitionFile): CatalogueVersion | Faulty {
  const judged = judgeFactCatalogue(definition);
  if ('problems' in judged) return judged;
  const { id, version, facts } = deepFreeze(judged);
  return Object.freeze({ id, version, hash, facts: new Map(facts.map((fact) => [fact.name, fact])) });
}

/** @param hasAll false: a catalogue that is not among `catalogues` may be the one that could not be read */
function judgeRulebookFile(
  { definition, hash }: DefinitionFile,
  catalogues: readonly CatalogueVersion[],
  hasAll: boolean,
): Rulebook | Faulty {
  const ref = definitionRefSchema.safeParse(partOf(definition, 'factCatalogue'));
  const catalogue = ref.success
    ? catalogues.find(({ id, version }) => id === ref.data.id && version === ref.data.version)
    : undefined;
  if (ref.success && catalogue === undefined) {
    const message = `there is no ${ref.data.id}/${ref.data.version}.json`;
    return { problems: hasAll ? [{ pointer: '/factCatalogue', code: 'definition.not-found', message }] : [] };
  }
  // Without a reference its shape is at fault, and of that alone `compileRulebook` speaks.
  const compiled = compileRulebook(
    definition,
    catalogue?.facts ?? new Map(),
    hashOfRulebook(hash, catalogue?.hash ?? ''),
  );
  return 'problems' in compiled ? compiled : compiled.rulebook;
}

function judgeWorkflowFile(file: DefinitionFile, surroundings: WorkflowSurroundings): Workflow | Faulty {
  const problems = judgeWorkflow(file.definition, surroundings);
  if (problems.length > 0) return { problems };
  return compileWorkflow(workflowSchema.parse(file.definition), file.hash);
}

/** Of every version: a task that was opened by an old one keeps its ladder. */
function subStepsOf(workflows: readonly Workflow[]): ReadonlySet<string> {
  return new Set(workflows.flatMap(({ tasks }) => [...tasks.values()].flat().map(({ id }) => id)));
}

/** Gates by their names alone: a rulebook with a fault elsewhere still has them. */
function gatesOf(ruleFiles: readonly DefinitionFile[]): ReadonlySet<string> {
  return new Set(ruleFiles.flatMap(({ definition }) => Object.keys(Object(partOf(definition, 'gates')))));
}

/** A folder without a single definition is a wrong path, not an installation without rules. */
function missing(
  { rulesDir, workflowsDir, calendarsDir }: CatalogSources,
  lists: Record<'factFiles' | 'ruleFiles' | 'workflowFiles' | 'calendarFiles', readonly DefinitionFile[]>,
): FileProblem[] {
  const expected = [
    { file: `${basename(rulesDir)}/${FACTS_ID}`, files: lists.factFiles },
    { file: basename(rulesDir), files: lists.ruleFiles },
    { file: basename(workflowsDir), files: lists.workflowFiles },
    { file: basename(calendarsDir), files: lists.calendarFiles },
  ];
  return expected
    .filter(({ files }) => files.length === 0)
    .map(({ file }) => ({ file, pointer: '', code: 'definition.none', message: 'holds no definition' }));
}

function judgeEach<T extends object>(
  files: readonly DefinitionFile[],
  judge: (file: DefinitionFile) => T | Faulty,
): Judged<T> {
  const items: T[] = [];
  const problems: FileProblem[] = [];
  for (const file of files) {
    const judged = judge(file);
    if ('problems' in judged) problems.push(...inFile(file.file, judged.problems));
    else items.push(judged);
  }
  return { items, problems };
}

function partOf(definition: unknown, key: string): unknown {
  if (typeof definition !== 'object' || definition === null || !Object.hasOwn(definition, key))
    return undefined;
  return (definition as Record<string, unknown>)[key];
}
