import type { z } from 'zod';
import type { PossibleEvent } from '../../core/machines/possible-events.js';
import type { DefinitionRef } from '../../core/terms/definition-ref.js';
import type { Language } from '../../core/terms/language.js';
import type { CycleView } from '../../engine/cycles/cycle-view.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import type { cycleSchema, possibleEventSchema } from '../schemas/cycle.js';

export function cycleAnswer(
  cycle: CycleView,
  catalog: EngineDeps['catalog'],
  language: Language,
): z.output<typeof cycleSchema> {
  return {
    id: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    number: cycle.number,
    stage: cycle.stage,
    stageLabel: stageLabel(cycle.stage, cycle.workflow, catalog, language),
    status: cycle.status,
    version: cycle.version,
    workflow: { ...pinned(cycle.workflow) },
    rulebook: { ...pinned(cycle.rulebook) },
    stageEnteredAt: cycle.stageEnteredAt,
  };
}

export function possibleEventAnswer({ type, to, gate }: PossibleEvent): z.output<typeof possibleEventSchema> {
  return { type, to, gate };
}

function pinned({ id, version, hash }: CycleView['workflow']): CycleView['workflow'] {
  return { id, version, hash };
}

/** The stage's own name where the workflow is not installed any more: the list is still readable then. */
function stageLabel(
  stage: string,
  { id, version }: DefinitionRef,
  catalog: EngineDeps['catalog'],
  language: Language,
): string {
  const workflow = catalog.workflows.find((one) => one.id === id && one.version === version);
  return workflow?.states.get(stage)?.labels[language] ?? stage;
}
