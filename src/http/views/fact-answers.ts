import type { z } from 'zod';
import type { FactDefinition } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { FactEntry } from '../../engine/facts/fact-entry.js';
import type { FactsView } from '../../engine/facts/facts-view.js';
import type { cataloguePageSchema, cycleFactsSchema, reportedFactSchema } from '../schemas/fact.js';

export function cycleFactsAnswer({ cycleId, version, facts }: FactsView): z.output<typeof cycleFactsSchema> {
  return {
    cycle: cycleId,
    version,
    facts: facts.map((one) => ({
      fact: one.fact,
      value: one.value,
      precision: one.precision,
      observedOn: one.observedOn,
      evidence: one.evidence,
      note: one.note,
      recordedBy: one.recordedBy,
      recordedAt: one.recordedAt,
      cycleNumber: one.cycleNumber,
    })),
  };
}

export function factDefinitionAnswer(
  definition: FactDefinition,
  language: Language,
): z.output<typeof cataloguePageSchema>['items'][number] {
  const { type } = definition;
  return {
    name: definition.name,
    type: type.kind,
    unit: 'unit' in type ? type.unit : null,
    min: 'min' in type ? type.min : null,
    max: 'max' in type ? type.max : null,
    values: 'values' in type ? [...type.values] : null,
    owner: definition.owner,
    scope: definition.scope,
    staleAfterMonths: definition.staleAfterMonths,
    meanOf: definition.meanOf === undefined ? null : [...definition.meanOf],
    label: definition.labels[language],
    labels: definition.labels,
  };
}

/** A reported fact as the engine takes it: what was left out is null there. */
export function factEntry(reported: z.output<typeof reportedFactSchema>): FactEntry {
  return {
    fact: reported.fact,
    value: reported.value,
    precision: reported.precision ?? null,
    observedOn: reported.observedOn ?? null,
    evidence: reported.evidence ?? null,
    note: reported.note ?? null,
  };
}
