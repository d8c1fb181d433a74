import { readdirSync, readFileSync } from 'node:fs';
import {
  makeWorkingCalendar,
  type WorkingCalendar,
  type WorkingCalendarData,
} from '../../../src/core/calendar/working-calendar.js';
import { factCatalogueSchema, type FactCatalogue } from '../../../src/core/facts/fact-catalogue.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { compileWorkflow } from '../../../src/core/machines/compile-workflow.js';
import { workflowSchema } from '../../../src/core/machines/workflow-schema.js';
import { modelRegions, type Model, type ModelSyncPoint } from '../../../src/core/proof/model-check-model.js';
import { schemeDefinitionSchema } from '../../../src/core/sync/scheme-definition.js';
import { day } from '../logic/logic-fixtures.js';

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

const calendars: ReadonlyMap<string, WorkingCalendar> = new Map(
  readdirSync(new URL('../../../config/calendars', import.meta.url)).map((file) => {
    const calendar = makeWorkingCalendar(read(`config/calendars/${file}`) as WorkingCalendarData);
    return [calendar.id, calendar];
  }),
);

const scheme = schemeDefinitionSchema.parse(read('config/schemes/s3-4alpclusters.json'));
const files = {
  workflow: read('workflows/region-cycle/1.json'),
  rulebook: read('rules/region-cycle/1.json'),
  facts: read('rules/facts/1.json'),
};

type Json = Record<string, unknown>;

/** The parts of a condition, as far as tests build and read them. */
export type ConditionFile = Json;

export interface RuleFile {
  id: string;
  severity: unknown;
  parameters: Record<string, { value?: unknown; by?: string; values?: Json; unit: string }>;
  conditions: ConditionFile;
  [more: string]: unknown;
}

export interface WayFile {
  to: string;
  gate?: string;
  [more: string]: unknown;
}

export interface FactFile {
  name: string;
  type: { kind: string; min?: number; max?: number; [more: string]: unknown };
  owner: string;
  [more: string]: unknown;
}

/** The definitions as JSON, to be edited, and what is built of them. */
export interface ModelFiles {
  workflow: { states: Record<string, { events?: Record<string, WayFile[]> }>; milestones: Json };
  rulebook: {
    rules: RuleFile[];
    gates: Record<string, { rules: string[]; labels: unknown }>;
    testCases: unknown[];
  };
  facts: { facts: FactFile[] };
  syncPoints: ModelSyncPoint[];
}

/** A new copy of what is shipped. */
export function shippedFiles(): ModelFiles {
  return structuredClone({ ...files, syncPoints: scheme.syncPoints }) as unknown as ModelFiles;
}

/** The eleven regions, or those that are named. */
function regionsOf(nuts: readonly string[] | null): Model['regions'] {
  const all = modelRegions(scheme.regions, calendars);
  return nuts === null ? all : all.filter((region) => nuts.includes(region.nuts));
}

/**
 * What the files say together; null if the rulebook is refused at the door.
 *
 * @param nuts the regions of the scheme; null: all eleven
 */
export function modelOf(parts: ModelFiles, nuts: readonly string[] | null = null): Model | null {
  const { facts } = factCatalogueSchema.parse(parts.facts);
  const catalogue: FactCatalogue = new Map(facts.map((fact) => [fact.name, fact]));
  const compiled = compileRulebook({ ...parts.rulebook, testCases: [] }, catalogue, 'a-hash');
  if ('problems' in compiled) return null;
  return {
    workflow: compileWorkflow(workflowSchema.parse(parts.workflow), 'a'.repeat(64)),
    rulebook: compiled.rulebook,
    syncPoints: nuts === null ? parts.syncPoints : parts.syncPoints.map((point) => among(nuts, point)),
    regions: regionsOf(nuts),
    startsOn: day(scheme.startsOn),
  };
}

/** A sync point of these members only; a quorum keeps its part of them. */
function among(nuts: readonly string[], point: ModelSyncPoint): ModelSyncPoint {
  const members = point.members.filter((member) => nuts.includes(member));
  const { rule } = point;
  if (rule.kind !== 'k-of-n') return { ...point, members };
  return {
    ...point,
    members,
    rule: { ...rule, k: Math.round((rule.k / point.members.length) * members.length) },
  };
}
