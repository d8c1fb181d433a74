import type { WorkingCalendar } from '../core/calendar/working-calendar.js';
import type { ActivityParameters } from '../core/activities/activity-parameters.js';
import type { FactCatalogue } from '../core/facts/fact-catalogue.js';
import type { Rulebook } from '../core/gates/rulebook.js';
import type { Workflow } from '../core/machines/compile-workflow.js';
import type { MappingDefinition } from '../core/machines/mapping-schema.js';
import type { DefinitionRef, PinnedDefinition } from '../core/terms/definition-ref.js';
import { DomainError } from '../core/terms/domain-error.js';
import { ladderOf, NO_LADDERS, type Ladders, type LadderStep } from '../core/terms/ladder.js';

/** The id of every fact catalogue, and the folder of `rules/` that holds them; every other one is a rulebook. */
export const FACTS_ID = 'facts';

/** Names a version; with a hash it must be the very content that was pinned. */
export type DefinitionPin = DefinitionRef & { readonly hash?: string | undefined };

/** One version of the fact catalogue. */
export interface CatalogueVersion extends PinnedDefinition {
  readonly facts: FactCatalogue;
}

/** What the cycles of one version of a workflow become in another. */
export interface WorkflowMapping extends MappingDefinition {
  /** Lower-case hex SHA-256 of the canonical JSON. */
  readonly hash: string;
}

/**
 * Every definition of the installation, judged and frozen when the process started. Looking up never reads a file.
 *
 * @throws DomainError (each look-up by version) `definition.not-found` for a version that is not installed,
 *   `definition.hash-mismatch` when it is, with another content than the pinned one
 */
export interface Catalog {
  workflow(pin: DefinitionPin): Workflow;
  /** The highest version; `definition.not-found` when there is none of this id. */
  latestWorkflow(id: string): Workflow;
  rulebook(pin: DefinitionPin): Rulebook;
  latestRulebook(id: string): Rulebook;
  factCatalogue(pin: DefinitionPin): FactCatalogue;
  /** The highest version: by it facts are recorded and shown. */
  latestFactCatalogue(): FactCatalogue;
  /** Null when no file says how; the way back is a file of its own. */
  mapping(from: DefinitionRef, to: DefinitionRef): WorkflowMapping | null;
  /** @throws DomainError `calendar.not-found` */
  calendar(id: string): WorkingCalendar;
  /** Who is told of a task with a due day, and when; empty: nobody. */
  ladder(kind: string, reference: string): readonly LadderStep[];
  /** By what candidates for activities are found and shown. @throws DomainError `definition.not-found` */
  activityParameters(): ActivityParameters;
  /** Lists are ordered by id, then version. */
  readonly workflows: readonly Workflow[];
  readonly rulebooks: readonly Rulebook[];
  readonly factCatalogues: readonly CatalogueVersion[];
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
  readonly ladders: Ladders;
  readonly mappings: readonly WorkflowMapping[];
}

/** What a catalog is made of; ids and versions are unique in each list. */
export interface CatalogParts {
  readonly workflows: readonly Workflow[];
  readonly rulebooks: readonly Rulebook[];
  readonly factCatalogues: readonly CatalogueVersion[];
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
  /** Absent: nobody is told of any task. */
  readonly ladders?: Ladders;
  /** Absent or null: there are none, and no activities are looked for. */
  readonly activities?: ActivityParameters | null;
  /** Absent: none. */
  readonly mappings?: readonly WorkflowMapping[];
}

/** Puts judged parts into a catalog. */
export function makeCatalog({
  ladders = NO_LADDERS,
  mappings = [],
  activities = null,
  ...parts
}: CatalogParts): Catalog {
  return Object.freeze({
    ...parts,
    mappings,
    ladders,
    workflow: (pin: DefinitionPin) => find('workflow', parts.workflows, pin),
    latestWorkflow: (id: string) => latest('workflow', parts.workflows, id),
    rulebook: (pin: DefinitionPin) => find('rulebook', parts.rulebooks, pin),
    latestRulebook: (id: string) => latest('rulebook', parts.rulebooks, id),
    factCatalogue: (pin: DefinitionPin) => find('facts', parts.factCatalogues, pin).facts,
    latestFactCatalogue: () => latest('facts', parts.factCatalogues, FACTS_ID).facts,
    mapping: (from: DefinitionRef, to: DefinitionRef) =>
      mappings.find((one) => isSame(one.from, from) && isSame(one.to, to)) ?? null,
    calendar: (id: string) => {
      const calendar = parts.calendars.get(id);
      if (calendar === undefined) throw new DomainError('calendar.not-found', { calendar: id });
      return calendar;
    },
    activityParameters: () => {
      if (activities === null) throw new DomainError('definition.not-found', { kind: 'activities' });
      return activities;
    },
    ladder: (kind: string, reference: string) => ladderOf(ladders, kind, reference),
  });
}

function isSame(one: DefinitionRef, other: DefinitionRef): boolean {
  return one.id === other.id && one.version === other.version;
}

function find<T extends PinnedDefinition>(kind: string, versions: readonly T[], pin: DefinitionPin): T {
  const { id, version, hash } = pin;
  const found = versions.find((one) => isSame(one, pin));
  if (found === undefined) throw new DomainError('definition.not-found', { kind, id, version });
  if (hash !== undefined && hash !== found.hash) {
    throw new DomainError('definition.hash-mismatch', {
      kind,
      id,
      version,
      pinned: hash,
      installed: found.hash,
    });
  }
  return found;
}

function latest<T extends PinnedDefinition>(kind: string, versions: readonly T[], id: string): T {
  const found = versions
    .filter((one) => one.id === id)
    .toSorted((one, other) => one.version - other.version)
    .at(-1);
  if (found === undefined) throw new DomainError('definition.not-found', { kind, id });
  return found;
}
