import { readFileSync } from 'node:fs';
import { makeCatalog, type Catalog } from '../../src/catalog/catalog.js';
import { compileWorkflow, type Workflow } from '../../src/core/machines/compile-workflow.js';
import { workflowSchema } from '../../src/core/machines/workflow-schema.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { openScheme } from '../../src/engine/schemes/open-scheme.js';
import { by, PATHS, shippedDefinitions, type TestEngine } from './engine.js';

/** No shipped version has this number. */
export const TIMED_VERSION = 90;

interface Json {
  version: number;
  states: Record<string, Record<string, unknown>>;
}

/** Version 1 of the shipped workflow with timers, by stage, as the files write them. */
export function timedWorkflow(timers: Readonly<Record<string, unknown>>): Workflow {
  const json = JSON.parse(readFileSync(`${PATHS.workflows}/region-cycle/1.json`, 'utf8')) as Json;
  json.version = TIMED_VERSION;
  for (const [stage, list] of Object.entries(timers))
    Object.assign(json.states[stage] ?? {}, { timers: list });
  return compileWorkflow(workflowSchema.parse(json), `timed-${JSON.stringify(timers).length}`);
}

/** The shipped catalog with one more workflow. */
export function catalogWithWorkflow(workflow: Workflow): Catalog {
  const { catalog } = shippedDefinitions();
  return makeCatalog({ ...catalog, workflows: [...catalog.workflows, workflow] });
}

/** Opens a scheme of one region that goes by the workflow; gives the id of its cycle. */
export async function openTimedScheme(engine: TestEngine, id: string, nuts: string): Promise<string> {
  const { cycles } = await openScheme(engine.deps, {
    ...by(SYSTEM_ACTOR),
    scheme: {
      ...engine.scheme,
      id,
      workflow: { id: engine.scheme.workflow.id, version: TIMED_VERSION },
      regions: engine.scheme.regions.filter((region) => region.nuts === nuts),
      syncPoints: [],
    },
  });
  const [cycle] = cycles;
  if (cycle === undefined) throw new Error(`no region ${nuts}`);
  return cycle.id;
}
